"""The words of a letter as a readable text: a subject, paragraphs, headings, points, and fields.

What the service prints itself, and what its own templates for word processors are made from.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final

from casework.letters.fields import LetterField
from casework.letters.kinds import LetterKind

SHIPPED: Final = Path(__file__).parents[2] / "config/letters"
"""Where the texts and the templates that come with the service are."""

PLACE: Final = re.compile(r"\{\{ ?([a-z_]+) ?\}\}")
_SUBJECT: Final = re.compile(r"Objet\s*:\s*")


class BlockKind(StrEnum):
    """What a block of a letter is."""

    HEADING = "heading"
    POINT = "point"
    PARAGRAPH = "paragraph"


_MARKS: Final = {"## ": BlockKind.HEADING, "- ": BlockKind.POINT}


@dataclass(frozen=True, slots=True)
class Block:
    """One heading, point or paragraph; a line break in it is one on paper."""

    kind: BlockKind
    text: str


@dataclass(frozen=True, slots=True)
class Wording:
    """A letter in words, its fields named or filled in."""

    subject: str
    blocks: tuple[Block, ...]

    def filled(self, values: Mapping[LetterField, str]) -> "Wording":
        """Return it with what the fields say; one that says nothing leaves nothing."""
        blocks = tuple(replace(one, text=_filled(one.text, values)) for one in self.blocks)
        return Wording(_filled(self.subject, values), blocks)


def read_wording(text: str) -> Wording:
    """Return a text as blocks: its first line is the subject, an empty line ends a paragraph."""
    subject, _, body = text.partition("\n")
    return Wording(_SUBJECT.sub("", subject), tuple(_blocks(body.splitlines())))


@cache
def shipped_wording(kind: LetterKind) -> Wording:
    """Return the words of a kind of letter, as the service comes with them."""
    return read_wording((SHIPPED / f"texts/{kind}.txt").read_text(encoding="utf-8"))


def _filled(text: str, values: Mapping[LetterField, str]) -> str:
    return PLACE.sub(lambda place: values.get(LetterField(place[1]), ""), text)


def _blocks(lines: Iterable[str]) -> Iterable[Block]:
    paragraph: list[str] = []
    for line in [*lines, ""]:
        mark = next((one for one in _MARKS if line.startswith(one)), None)
        if paragraph and (mark or not line.strip()):
            yield Block(BlockKind.PARAGRAPH, " ".join(paragraph))
            paragraph = []
        if mark:
            yield Block(_MARKS[mark], line.removeprefix(mark).strip())
        elif line.strip():
            paragraph.append(line.strip())
