"""The values behind the look: circles, readers, steps. Their drawing is in `macros/look.html`."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol


class CircleKind(StrEnum):
    """Who stands around a piece of data; each has a colour, and never a colour alone."""

    GROUP = "group"
    SERVICE = "service"
    SOCIAL = "social"
    COORDINATION = "coordination"
    WITHHELD = "withheld"


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who can open it: a body, and how many or which of its people."""

    name: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Circle:
    """Those who can open a block: its pill's words, and the answer to « Qui peut voir ceci ? ».

    `small` beside a field that its block's circle already surrounds: the ring alone, same answer.
    """

    kind: CircleKind
    words: str
    readers: tuple[Reader, ...] = ()
    article: str = ""
    small: bool = False

    @property
    def beside(self) -> "Circle":
        """The same circle, small, for a field inside its block."""
        return replace(self, small=True)

    def within(self, block: "Circle | None") -> "Circle":
        """Return it for a field inside a block: small where the readers are the same."""
        return self.beside if block and block.readers == self.readers else self


class StepState(StrEnum):
    """Where a step of a procedure stands."""

    DONE = "done"
    NOW = "now"
    BLOCKED = "blocked"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Step:
    """One step on the line of a procedure; `detail` says when, or what blocks."""

    state: StepState
    label: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Tick:
    """One choice of a field: what is sent and read, a line that explains it, a key to press."""

    value: str
    label: str
    hint: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of a timeline; a withheld one says only that it exists.

    `answers` are what was asked and what was said, where they are several.
    """

    on: date
    text: str
    title: str = ""
    by: str = ""
    withheld: bool = False
    answers: tuple[tuple[str, str], ...] = ()


class Stamp(Protocol):
    """A checkpoint of the register, as paper names it."""

    @property
    def code(self) -> str:
        """Ten letters and figures."""
        ...

    @property
    def size(self) -> int:
        """How many lines it covers."""
        ...

    @property
    def at(self) -> datetime:
        """When it was signed."""
        ...


@dataclass(frozen=True, slots=True)
class Paper:
    """What stands on every printed sheet: whose copy it is, which, and the register's code.

    A sheet that proves nothing, such as a code to keep, has no stamp.
    """

    title: str
    reference: str
    reader: str
    at: date | datetime
    copy: str
    stamp: Stamp | None = None
