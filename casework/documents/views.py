"""The documents of a case as their page shows them to one reader."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from casework.cases.circles import GroupBook, ties_of
from casework.cases.pages.views.blocks import block_of, parts_by_class
from casework.cases.pages.views.case import reference_of
from casework.cases.pages.views.circles import Circles
from casework.cases.values import CaseFile
from casework.charters.vocabulary import CompartmentClass
from casework.documents.service import Listed
from casework.documents.values import MOST_OF_CASE, Document, DocumentKind, Text
from casework.i18n import gettext, language
from casework.i18n import lazy_gettext as _l
from casework.keys.values import Withheld
from casework.partners.values import MemberLabel
from casework.web.look import Circle

KINDS: Final[Mapping[str, Any]] = {
    DocumentKind.PDF: _l("PDF"),
    DocumentKind.JPEG: _l("image JPEG"),
    DocumentKind.PNG: _l("image PNG"),
}
_CLASS: Final = CompartmentClass.ATTACHMENTS
_POINT: Final = {"fr": ",", "en": "."}
_KILO: Final = 1000
_MEGA: Final = _KILO * _KILO


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A document in the list; without a title it stays shut."""

    id: UUID
    number: int
    title: str
    about: str
    by: str
    added_at: Any
    removable: bool


@dataclass(frozen=True, slots=True)
class DocumentsView:
    """The page: whose case, who can read what is here, and what may be done."""

    id: UUID
    reference: str
    above: str
    circle: Circle
    lines: tuple[DocumentLine, ...]
    sentence: str
    may_add: bool
    full: bool


def documents_view(
    listed: Listed, book: GroupBook, viewer_id: UUID | None, labels: Mapping[UUID, MemberLabel]
) -> DocumentsView:
    """Return the page of the documents of a case."""
    file = listed.file
    head = file.head
    circles = Circles(book, ties_of(head, file.namings, book, file.away), viewer_id)
    part = parts_by_class(file).get(_CLASS)
    block = block_of(part, circles) if part else None
    return DocumentsView(
        id=head.id,
        reference=reference_of(head),
        above=f"{reference_of(head)} · {book.group.name}",
        circle=block.circle if block else circles.of(_CLASS),
        lines=tuple(_line(one, listed, labels) for one in listed.documents),
        sentence=block.sentence if block else "",
        may_add=_adds(file),
        full=len(listed.documents) >= MOST_OF_CASE,
    )


def _adds(file: CaseFile) -> bool:
    return "attach" in file.may


def _line(one: Document, listed: Listed, labels: Mapping[UUID, MemberLabel]) -> DocumentLine:
    author = labels.get(one.author_id)
    kind, size = _text(one.kind), _text(one.size)
    return DocumentLine(
        id=one.id,
        number=one.number,
        title=_text(one.name),
        about=f"{KINDS[kind]}, {weight(int(size))}" if kind and size else "",
        by=f"{author.short}, {author.organisation}" if author else "",
        added_at=one.added_at,
        removable=one.id in listed.removable,
    )


def _text(opened: Text) -> str:
    return "" if isinstance(opened, Withheld) else opened


def weight(size: int) -> str:
    """Return how much a file weighs, as people read it."""
    if size < _MEGA:
        return gettext("%(size)d Ko", size=max(1, round(size / _KILO)))
    return gettext("%(size)s Mo", size=f"{size / _MEGA:.1f}".replace(".", _POINT[language()]))
