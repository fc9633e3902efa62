"""Which letters there are, in which procedure, and what becomes of one. Published values stay."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from casework.charters.vocabulary import CaseKind


class LetterKind(StrEnum):
    """What a letter is for."""

    INFORMATION_PERSON = "information_person"
    INFORMATION_REPRESENTATIVES = "information_representatives"
    INVITATION_FAMILY = "invitation_family"
    CERTIFICATE_SUPPORT = "certificate_support"
    SUMMONS_ADULT = "summons_adult"
    SUMMONS_MINOR = "summons_minor"
    SUMMONS_COPY_REPRESENTATIVES = "summons_copy_representatives"
    INCIVILITY_NOTICE = "incivility_notice"


class LetterFormat(StrEnum):
    """In what a letter is made; the value is the end of its file's name."""

    PDF = "pdf"
    DOCX = "docx"
    ODT = "odt"


class LetterState(StrEnum):
    """What became of a letter."""

    ISSUED = "issued"
    SENT = "sent"
    HANDED = "handed"
    RETURNED = "returned"
    CANCELLED = "cancelled"


K = LetterKind

KINDS_OF: Final[Mapping[CaseKind, tuple[LetterKind, ...]]] = MappingProxyType(
    {
        CaseKind.FOLLOWUP: (K.INFORMATION_PERSON, K.INFORMATION_REPRESENTATIVES),
        CaseKind.FAMILY_COUNCIL: (K.INVITATION_FAMILY, K.CERTIFICATE_SUPPORT),
        CaseKind.REMINDER: (
            K.SUMMONS_ADULT,
            K.SUMMONS_MINOR,
            K.SUMMONS_COPY_REPRESENTATIVES,
            K.INCIVILITY_NOTICE,
        ),
        CaseKind.VICTIM: (),
    }
)
"""The letters of each procedure. To victims none: their address is never printed (rule 19)."""

INFORMING: Final = frozenset(LetterKind) - {K.CERTIFICATE_SUPPORT, K.INCIVILITY_NOTICE}
"""Letters that inform the persons (law note 9.4, rule 16): the day they go may be recorded."""

TO_SUBJECT: Final = frozenset(
    {K.INFORMATION_PERSON, K.SUMMONS_ADULT, K.SUMMONS_MINOR, K.INCIVILITY_NOTICE}
)
"""Letters to the person concerned; the others go to those who represent them."""

EDITED: Final = (LetterFormat.DOCX, LetterFormat.ODT)
"""Formats of which a town brings its own template."""

TYPES: Final[Mapping[LetterFormat, str]] = MappingProxyType(
    {
        LetterFormat.PDF: "application/pdf",
        LetterFormat.DOCX: (
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        ),
        LetterFormat.ODT: "application/vnd.oasis.opendocument.text",
    }
)
"""Media types."""
