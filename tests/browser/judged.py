"""Parts of pages in which axe has found what there is to find, by how they are built.

All processes of one run know them: what one has judged, no other judges again.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Judged:
    """Kept in a file to which each process adds whole lines."""

    kept: Path

    def covers(self, build: Iterable[str]) -> bool:
        """Say whether every part of a page is built like one that was judged."""
        known = set(self.kept.read_text("ascii").split()) if self.kept.exists() else set()
        return known.issuperset(map(_mark, build))

    def add(self, build: Iterable[str]) -> None:
        """Remember the parts of a page just judged."""
        with self.kept.open("a", encoding="ascii") as file:
            file.write("".join(f"{_mark(part)}\n" for part in build))


def _mark(part: str) -> str:
    return sha256(part.encode()).hexdigest()
