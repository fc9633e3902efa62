"""What happens to a file between its sender and its seal: weighed, scanned, rewritten."""

from dataclasses import dataclass, field

from casework.documents.laundry import Laundry
from casework.documents.policy import kind_of
from casework.documents.scanning import Scanner
from casework.documents.values import MOST_BYTES, Clean, Refusal


@dataclass(frozen=True, slots=True)
class Reception:
    """Takes a file in, or says why not. Nothing of it is written anywhere."""

    scanner: Scanner = field(default_factory=Scanner)
    laundry: Laundry = field(default_factory=Laundry)

    def receive(self, content: bytes) -> Clean | Refusal:
        """Return a file rewritten, or why it is refused.

        Scanned as it came, before anything parses it. Raises `ScannerSilent`, `Unavailable`.
        """
        refused = _at_sight(content) or self.scanner.refusal(content)
        return refused or self.laundry.wash(content)


def _at_sight(content: bytes) -> Refusal | None:
    if not content:
        return Refusal.EMPTY
    if len(content) > MOST_BYTES:
        return Refusal.LARGE
    return Refusal.KIND if kind_of(content) is None else None
