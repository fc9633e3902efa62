"""Documents as values: of which kind, how much of them, and why one is refused."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final, TypeAlias
from uuid import UUID

from casework.keys.values import Withheld

MOST_BYTES: Final = 20 * 1024 * 1024
"""What one file may weigh, as it comes and as it is kept."""

MOST_OF_CASE: Final = 40
"""How many documents a case may have."""

MOST_OF_NAME: Final = 120
"""How many characters a name may have."""

Text: TypeAlias = str | Withheld


class DocumentKind(StrEnum):
    """What a document is, by its content. Published values never change."""

    PDF = "pdf"
    JPEG = "jpeg"
    PNG = "png"


MIMETYPES: Final = {
    DocumentKind.PDF: "application/pdf",
    DocumentKind.JPEG: "image/jpeg",
    DocumentKind.PNG: "image/png",
}


class Refusal(StrEnum):
    """Why a file is not taken. Published values never change."""

    EMPTY = "empty"
    LARGE = "large"
    KIND = "kind"
    VIRUS = "virus"
    SCANNER = "scanner-silent"
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    PAGES = "pages"
    PIXELS = "pixels"
    EXPANDS = "expands"
    GROWN = "grown"
    FORM = "form"
    HIDDEN = "hidden"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as somebody sends it: what they call it, what their machine calls it, its bytes."""

    title: str
    filename: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Clean:
    """A file rewritten: nothing of what came in but what is seen of it."""

    kind: DocumentKind
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Document:
    """A document in a list, opened for one reader. `size` is in bytes."""

    id: UUID
    number: int
    author_id: UUID
    organisation_id: UUID
    added_at: datetime
    name: Text
    kind: Text
    size: Text


@dataclass(frozen=True, slots=True)
class Download:
    """A document whole, under the plain name it is saved by."""

    filename: str
    kind: DocumentKind
    content: bytes = field(repr=False)
