"""The merged fields of letters: their names stand in templates, in French, and never change."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from casework.letters.kinds import LetterKind


class LetterField(StrEnum):
    """A field, by the name that a template gives it: `{{ destinataire }}`."""

    SENDER = "expediteur"
    PLACE = "ville"
    SIGNATORY = "signataire"
    CONTACT = "contact"
    OFFICER = "dpo"
    GROUP = "groupe"
    REFERENCE = "reference"
    DATE = "date"
    KEPT = "conservation"
    RECIPIENT = "destinataire"
    ADDRESS = "adresse"
    PERSON = "personne"
    DAY = "jour"
    HOUR = "heure"
    VENUE = "lieu"
    FACTS = "faits"
    FACTS_ON = "date_des_faits"
    PERIOD = "periode"
    COMMITMENTS = "engagements"


F = LetterField


@dataclass(frozen=True, slots=True)
class Shape:
    """How much a field holds, in characters, and whether over several lines."""

    most: int = 160
    lines: bool = False


_LINES: Final = Shape(400, lines=True)
SHAPES: Final[Mapping[LetterField, Shape]] = MappingProxyType(
    dict.fromkeys(LetterField, Shape())
    | {
        F.SENDER: _LINES,
        F.ADDRESS: _LINES,
        F.CONTACT: Shape(240),
        F.OFFICER: Shape(240),
        F.KEPT: Shape(400),
        F.FACTS: Shape(400),
        F.COMMITMENTS: Shape(1000, lines=True),
    }
)

LETTERHEAD: Final = (F.SENDER, F.PLACE, F.SIGNATORY, F.CONTACT, F.OFFICER)
"""What a group writes at the head and foot of all its letters, said once."""

COMPUTED: Final = (F.GROUP, F.REFERENCE, F.DATE, F.KEPT)
"""What nobody types: it comes from the group, its charter, the number given and the day."""

_TO: Final = (F.RECIPIENT, F.ADDRESS)
_HEARING: Final = (F.DAY, F.HOUR, F.VENUE)
_FACTS: Final = (F.FACTS, F.FACTS_ON)
ASKED: Final[Mapping[LetterKind, tuple[LetterField, ...]]] = MappingProxyType(
    {
        LetterKind.INFORMATION_PERSON: _TO,
        LetterKind.INFORMATION_REPRESENTATIVES: (*_TO, F.PERSON),
        LetterKind.INVITATION_FAMILY: (*_TO, F.PERSON, *_HEARING),
        LetterKind.CERTIFICATE_SUPPORT: (*_TO, F.PERSON, F.PERIOD, F.COMMITMENTS),
        LetterKind.SUMMONS_ADULT: (*_TO, *_HEARING, *_FACTS),
        LetterKind.SUMMONS_MINOR: (*_TO, *_HEARING, *_FACTS),
        LetterKind.SUMMONS_COPY_REPRESENTATIVES: (*_TO, F.PERSON, *_HEARING, *_FACTS),
        LetterKind.INCIVILITY_NOTICE: (*_TO, *_FACTS),
    }
)
"""What a letter of each kind says of its own, beside letterhead and computed fields."""

OPTIONAL: Final = frozenset({F.ADDRESS})
"""What may stay empty: a letter handed over in person needs no address."""


def typed_of(kind: LetterKind) -> tuple[LetterField, ...]:
    """Return the fields that somebody checks or completes before a letter is issued."""
    return (*ASKED[kind], *LETTERHEAD)


def known_of(kind: LetterKind) -> frozenset[LetterField]:
    """Return every field that a template of a kind may name."""
    return frozenset({*typed_of(kind), *COMPUTED})
