"""Invented documents, drawn by code: the same words, the same bytes."""

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from struct import pack
from typing import Final

from casework.demo.shapes import World
from casework.demo.words import lists, typeset
from casework.documents.values import DocumentKind

SIZES: Final = frozenset({"small"})
"""Worlds that have documents: each is rewritten by a child process, which takes its time."""

_WIDE, _HIGH, _STEP = 240, 160, 16
_INK, _PAPER = 0x40, 0xF0
_PAGE: Final = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R/Resources<</Font<<"
_FONT: Final = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"


@dataclass(frozen=True, slots=True)
class Paper:
    """A document of the case that is followed since the `case`-th longest time."""

    case: int
    title: str
    kind: DocumentKind
    lines: tuple[str, ...]

    @property
    def content(self) -> bytes:
        """Its file."""
        if self.kind is DocumentKind.PNG:
            return drawing()
        return page((self.title, *self.lines))


def papers_of(world: World) -> tuple[Paper, ...]:
    """Return the documents of a world; of a mere outline, none."""
    if world.size not in SIZES or not world.cases:
        return ()
    return tuple(
        Paper(
            case=told["case"],
            title=told["title"],
            kind=DocumentKind(told["kind"]),
            lines=tuple(map(typeset, told["lines"])),
        )
        for told in lists("papers")["papers"]
    )


def paper_secrets(world: World) -> Iterator[str]:
    """Yield what no store may hold in clear of documents."""
    for paper in papers_of(world):
        yield from (paper.title, *paper.lines)


def page(lines: Sequence[str]) -> bytes:
    """Return a PDF of one page with lines of text."""
    shown = b"".join(b"(%b)Tj T*\n" % _escaped(line) for line in lines)
    drawn = b"BT /F1 11 Tf 16 TL 72 770 Td\n" + shown + b"ET"
    return _pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        _PAGE + b"/F1 4 0 R>>>>>>",
        _FONT,
        b"<</Length %d>>stream\n%b\nendstream" % (len(drawn), drawn),
    )


def drawing() -> bytes:
    """Return a PNG of a grid, in grey."""
    rows = b"".join(
        b"\0" + bytes(_PAPER if x % _STEP and y % _STEP else _INK for x in range(_WIDE))
        for y in range(_HIGH)
    )
    head = pack(">IIBBBBB", _WIDE, _HIGH, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, content) for name, content in chunks)


def _pdf(*objects: bytes) -> bytes:
    whole, places = b"%PDF-1.4\n", []
    for number, said in enumerate(objects, start=1):
        places.append(len(whole))
        whole += b"%d 0 obj\n%b\nendobj\n" % (number, said)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count, start = len(objects) + 1, len(whole)
    return (
        whole
        + b"xref\n0 %d\n0000000000 65535 f \n%btrailer\n<</Size %d/Root 1 0 R>>\n"
        % (
            count,
            table,
            count,
        )
        + b"startxref\n%d\n%%%%EOF\n" % start
    )


def _escaped(line: str) -> bytes:
    told = line.encode("cp1252")
    for sign in (b"\\", b"(", b")"):
        told = told.replace(sign, b"\\" + sign)
    return told


def _chunk(name: bytes, content: bytes) -> bytes:
    return pack(">I", len(content)) + name + content + pack(">I", zlib.crc32(name + content))
