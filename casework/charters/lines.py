"""At which line of a TOML text a key stands: enough for the plain layout of charter files."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import TypeAlias

Place: TypeAlias = tuple[str | int, ...]
"""Where a value is: table names, the index in an array of tables, then the key."""

_HEADER = re.compile(r"\s*(\[\[?)\s*([\w.\-]+)\s*\]")
_KEY = re.compile(r"\s*([\w\-]+)\s*=")
_FENCE = re.compile(r'"""|\'\'\'')


class Lines:
    """The lines of the tables and keys of one text."""

    def __init__(self, text: str) -> None:
        """Read the text once; of a place said twice, the first line counts."""
        self._found: dict[Place, int] = {}
        for line, place in _places(text):
            self._found.setdefault(place, line)

    def of(self, place: Place) -> int:
        """Return the line of a place, else of what contains it, else 1."""
        while place and place not in self._found:
            place = place[:-1]
        return self._found.get(place, 1)


def _places(text: str) -> Iterator[tuple[int, Place]]:
    table: Place = ()
    seen: Counter[str] = Counter()
    inside = False
    for line, content in enumerate(text.split("\n"), start=1):
        if not inside and (header := _HEADER.match(content)):
            table = _table(header, seen)
            yield line, table
        elif not inside and (key := _KEY.match(content)):
            yield line, (*table, key[1])
        inside ^= len(_FENCE.findall(content)) % 2 == 1


def _table(header: re.Match[str], seen: Counter[str]) -> Place:
    names = tuple(header[2].split("."))
    if header[1] == "[":
        return names
    seen[header[2]] += 1
    return (*names, seen[header[2]] - 1)
