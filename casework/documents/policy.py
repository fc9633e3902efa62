"""Rules of documents: who takes one away, how many a case has, how it is called outside."""

import re
from collections.abc import Sequence
from typing import Final
from uuid import UUID

from casework.documents.values import MOST_OF_CASE, MOST_OF_NAME, DocumentKind

_PLAIN: Final = re.compile(r"[^A-Za-z0-9]+")
_ENDING: Final = re.compile(r"\.[A-Za-z0-9]{1,5}\Z")
_ENDINGS: Final = {DocumentKind.PDF: "pdf", DocumentKind.JPEG: "jpg", DocumentKind.PNG: "png"}
_STARTS: Final = (
    (b"%PDF-", DocumentKind.PDF),
    (b"\xff\xd8\xff", DocumentKind.JPEG),
    (b"\x89PNG\r\n\x1a\n", DocumentKind.PNG),
)


def kind_of(content: bytes) -> DocumentKind | None:
    """Return what a file is by its first bytes, whatever it is called; None for all others."""
    return next((kind for start, kind in _STARTS if content.startswith(start)), None)


def may_remove(mine: UUID | None, author: UUID, *, coordinator: bool) -> bool:
    """Say whether somebody of a body takes away what another, or the same, has added."""
    return coordinator or mine == author


def number_after(numbers: Sequence[int]) -> int | None:
    """Return the number of a case's next document; None when it has as many as it may."""
    return None if len(numbers) >= MOST_OF_CASE else max(numbers, default=0) + 1


def filename(reference: str | None, number: int, kind: DocumentKind) -> str:
    """Return what a browser saves a document as: it tells no more than the case's reference."""
    plain = _PLAIN.sub("-", reference or "saisine").strip("-")
    return f"{plain}-piece-{number}.{_ENDINGS[kind]}"


def name_of(title: str, filename: str) -> str:
    """Return what a document is called: what somebody typed, else its file, without folders.

    A machine's underscores become spaces: the words between them are read as words are.
    """
    own = filename.replace("\\", "/").rpartition("/")[2].replace("_", " ")
    told = " ".join(title.split()) or _ENDING.sub("", " ".join(own.split()))
    return "".join(sign for sign in told if sign.isprintable())[:MOST_OF_NAME].strip()
