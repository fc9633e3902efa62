"""What is asked of a charter and what it answers."""

from dataclasses import dataclass
from typing import NamedTuple

from casework.charters.refusals import SENTENCES
from casework.charters.vocabulary import CharterAct, CompartmentClass, Level, Obligation


class Wanted(NamedTuple):
    """An act, and the class of compartment it bears on when it bears on one."""

    act: CharterAct
    class_: CompartmentClass | None = None

    def __str__(self) -> str:
        """Return `act` or `act:class`, as written in the register."""
        return f"{self.act}:{self.class_}" if self.class_ else str(self.act)


@dataclass(frozen=True, slots=True)
class Decision:
    """An answer: `reason` is a code, `article` and `rule` say which line of the charter spoke."""

    allowed: bool
    level: Level
    article: str
    rule: str
    reason: str
    obligations: tuple[Obligation, ...] = ()

    @property
    def sentence(self) -> str:
        """Return the French sentence of the reason."""
        return SENTENCES[self.reason]
