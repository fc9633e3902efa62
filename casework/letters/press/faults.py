"""What is wrong with a template: a code, the field meant, and where it stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

_MOST: Final = 10
_LONGEST: Final = 80


class FaultCode(StrEnum):
    """Why a template is refused."""

    NOT_A_DOCUMENT = "not-a-document"
    TOO_MUCH = "too-much"
    ENCRYPTED = "encrypted"
    FOREIGN_PART = "foreign-part"
    MACRO = "macro"
    EXTERNAL = "external"
    ENTITIES = "entities"
    ACTIVE = "active"
    INSTRUCTION = "instruction"
    UNREADABLE_FIELD = "unreadable-field"
    UNKNOWN_FIELD = "unknown-field"
    LIBRARY_MISSING = "library-missing"


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault; `what` is a field or a part by its name, `where` the words around it."""

    code: FaultCode
    what: str = ""
    where: str = ""

    def told(self) -> dict[str, str]:
        """Return it for the answer, no longer than a line."""
        short = (one[:_LONGEST] for one in (self.what, self.where))
        return dict(zip(("code", "what", "where"), (self.code.value, *short), strict=True))


class Faults(Exception):
    """Everything wrong with a template, said at once."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        """Keep as many as somebody mends in one sitting."""
        super().__init__("a template is refused")
        self.faults = tuple(faults)[:_MOST]
