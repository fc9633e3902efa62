"""What axe has found nothing against, by how it is built.

All processes of one run know it: what one has judged, no other judges again.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final


@dataclass(slots=True)
class Judged:
    """Kept in a file to which each process adds whole lines; without one, nothing is known."""

    kept: Path | None = None

    def new_in(self, build: Iterable[str]) -> list[str]:
        """Return what of `build` was not judged."""
        text = self.kept.read_text("ascii") if self.kept and self.kept.exists() else ""
        known = set(text.split())
        return [one for one in build if _mark(one) not in known]

    def add(self, build: Iterable[str]) -> None:
        """Remember what was just judged."""
        if self.kept:
            with self.kept.open("a", encoding="ascii") as file:
                file.write("".join(f"{_mark(one)}\n" for one in build))


JUDGED: Final = Judged()
"""What this run has judged; its file is named once the run knows where it keeps things."""


def _mark(one: str) -> str:
    return sha256(one.encode()).hexdigest()
