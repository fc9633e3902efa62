"""Invented words planted in a town, and a search for every shape in which they could leak."""

import json
import re
import unicodedata
from base64 import b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from html import escape
from urllib.parse import quote

from casework.cases.values import NewPerson

SHINGLE = 4
_MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août"),
    *("septembre", "octobre", "novembre", "décembre"),
)


@dataclass(frozen=True, slots=True)
class Planted:
    """What was told in confidence: each string that must be found in clear nowhere."""

    words: frozenset[str]
    traces: dict[str, frozenset[bytes]] = field(repr=False)

    @classmethod
    def of(cls, words: Iterable[str]) -> "Planted":
        kept = frozenset(word for word in words if word)
        return cls(kept, {word: frozenset(_shapes(word)) for word in kept})

    def found_in(self, content: bytes | str) -> list[str]:
        """Return the words of which some shape is in `content`, sorted."""
        raw = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
        return sorted(
            word for word, shapes in self.traces.items() if any(one in raw for one in shapes)
        )


def told_of(person: NewPerson) -> Iterator[str]:
    """Yield what identifies somebody."""
    yield from (person.family_name, person.given_name, person.address, person.phone, person.school)
    yield person.phone.replace(" ", "")
    if person.birth_date:
        yield from _days(person.birth_date)


def told_by(text: str) -> Iterator[str]:
    """Yield every run of four words of a text, so that no piece of it passes for another."""
    words = text.split()
    if len(words) <= SHINGLE:
        yield text
    for start in range(len(words) - SHINGLE + 1):
        yield " ".join(words[start : start + SHINGLE])


def folded(text: str) -> str:
    """Return a text in lower case without accents, as an index would hold it."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in apart if not unicodedata.combining(char))


def _days(day: date) -> Iterator[str]:
    yield day.isoformat()
    yield f"{day:%d/%m/%Y}"
    yield f"{day.day}/{day.month}/{day.year}"
    yield f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _shapes(word: str) -> Iterator[bytes]:
    for text in {word, word.upper(), word.lower(), folded(word), re.sub(r"\s", "", word)}:
        yield text.encode()
        yield text.encode("utf-16-le")
        yield text.encode("cp1252", "replace")
        yield json.dumps(text)[1:-1].encode()
        yield escape(text).encode()
        yield quote(text).encode()
        yield text.encode().hex().encode()
    yield from _in_base64(word.encode())


def _in_base64(raw: bytes) -> Iterator[bytes]:
    """Yield what base64 makes of the bytes at each of its three places, sure characters only."""
    for shift in range(3):
        sure = -((8 * shift) // -6)
        coded = b64encode(bytes(shift) + raw)[sure : (shift + len(raw)) * 8 // 6]
        if len(raw) > SHINGLE:
            yield coded
            yield coded.translate(bytes.maketrans(b"+/", b"-_"))
