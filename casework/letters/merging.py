"""What the fields of a letter say: from the opened case, the group, its charter and the day.

Letters are French, whatever the language of who makes them.
"""

from datetime import date
from typing import Final

from babel.dates import format_date

from casework.cases.values import CaseFile
from casework.charters.charter import Charter
from casework.charters.vocabulary import CaseKind
from casework.letters.fields import LetterField, typed_of
from casework.letters.kinds import LetterKind
from casework.letters.policy import opened, recipient_of
from casework.letters.values import Merged

F = LetterField
_LOCALE: Final = "fr_FR"


def merged(file: CaseFile, kind: LetterKind, known: Merged, commune: str) -> Merged:
    """Return what is known before anybody types: of the persons, and what is `known` beside them.

    `commune` is the name of the case's.

    Raises `StepRefused` where a part is shut.
    """
    to, about = recipient_of(file, kind), file.subject
    found: dict[LetterField, str] = dict(known)
    if to is not None:
        found[F.RECIPIENT] = _name(opened(to.given_name), opened(to.family_name))
        found[F.ADDRESS] = opened(to.address)
    if about is not None:
        found[F.PERSON] = _name(opened(about.given_name), opened(about.family_name))
        # A representative whose address nobody gave lives where the young person does.
        found[F.ADDRESS] = found.get(F.ADDRESS) or opened(about.address)
    if found.get(F.ADDRESS) and commune not in found[F.ADDRESS]:
        found[F.ADDRESS] = f"{found[F.ADDRESS]}\n{commune}"
    return {name: found.get(name, "") for name in typed_of(kind)}


def computed(group: str, charter: Charter, reference: str, issued_on: date) -> Merged:
    """Return what nobody types."""
    return {
        F.GROUP: group,
        F.REFERENCE: reference,
        F.DATE: long_day(issued_on),
        F.KEPT: kept(charter),
    }


def kept(charter: Charter) -> str:
    """Say how long the charter keeps what is written, for the person concerned."""
    months = charter.clocks.after_closure_months
    ceiling = ", et jamais au-delà des vingt-cinq ans de la personne concernée"
    youth = ceiling if charter.kind is CaseKind.FOLLOWUP else ""
    return (
        f"Ce qui est inscrit est scellé puis détruit {months}\u00a0mois après la fin"
        f" du suivi{youth}."
    )


def long_day(day: date) -> str:
    """Return `3 novembre 2026`."""
    return _first(format_date(day, "d MMMM y", _LOCALE))


def week_day(day: date) -> str:
    """Return `mardi 3 novembre 2026`."""
    return f"{format_date(day, 'EEEE', _LOCALE)} {long_day(day)}"


def lines_of(fields: Merged, subject: str) -> tuple[str, str, str]:
    """Return the lines that frame a letter: place and date, reference, subject."""
    return (
        f"{fields.get(F.PLACE, '')}, le {fields.get(F.DATE, '')}",
        f"Nos références\u00a0: {fields.get(F.REFERENCE, '')}",
        f"Objet\u00a0: {subject}",
    )


def _name(given: str, family: str) -> str:
    return f"{given} {family.upper()}".strip()


def _first(words: str) -> str:
    """French says `1er novembre`, and Babel does not."""
    return f"1er{words[1:]}" if words.startswith("1 ") else words
