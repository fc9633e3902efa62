"""What is wrong with a charter file, all at once and each at its line."""

from collections.abc import Sequence
from dataclasses import dataclass

from casework.charters.lines import Lines, Place
from casework.errors import Misconfigured


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """A French sentence about a line of the file, counted from 1."""

    line: int
    sentence: str

    def __str__(self) -> str:
        """Return the line and the sentence, as printed by `casework charter check`."""
        return f"ligne {self.line} : {self.sentence}"


class CharterFaults(Misconfigured):
    """The charter cannot be used; nothing of it was taken."""

    def __init__(self, listed: Sequence[Fault]) -> None:
        """Keep the faults in the order of the file."""
        super().__init__([str(fault) for fault in listed])
        self.listed = tuple(listed)


class Notebook:
    """Where the readers of one file write down its faults."""

    def __init__(self, lines: Lines) -> None:
        """Faults are noted at places, which `lines` finds in the text."""
        self._lines = lines
        self._faults: set[Fault] = set()

    def note(self, place: Place, sentence: str) -> None:
        """Note a fault at a place of the file."""
        self._faults.add(Fault(self._lines.of(place), sentence))

    @property
    def faults(self) -> list[Fault]:
        """Return the faults in the order of the file."""
        return sorted(self._faults)
