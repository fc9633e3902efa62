"""Documents by program: list them, send one as it is, take one home, take one away."""

from collections.abc import Callable
from typing import Any, Final, TypeVar
from uuid import UUID

from flask import Response, request

from casework.cases.api.blueprint import reason, who
from casework.cases.api.reading import CASE
from casework.charters.vocabulary import CompartmentClass
from casework.documents.schemas import DocumentsSchema, TitleSchema, title_of
from casework.documents.service import DocumentService
from casework.documents.values import MIMETYPES, MOST_BYTES, Document, Sent
from casework.errors import DocumentTooLarge
from casework.keys.values import Withheld
from casework.web.api import once
from casework.web.api.blueprint import ApiBlueprint, document_header
from casework.web.api.etags import silent
from casework.web.api.once import Creation, Made, creates
from casework.web.api.output import MadeSchema, withheld
from casework.web.bodies import takes
from casework.web.guard import needs, service
from casework.web.load import checked
from casework.web.permissions import Permission
from casework.web.saving import to_save

documents = ApiBlueprint("documents_api", __name__, url_prefix="/api/v1")
_DOCUMENTS: Final = f"{CASE}/documents"
_ADDED: Final = Creation(at="/api/v1/cases/{case_id}/documents/{id}", made="document")
_TITLE: Final = "Casework-Title"
_SEALED: Final = ("name", "kind", "size")
F = TypeVar("F", bound=Callable[..., Any])


def _titled(view: F) -> F:
    """Tell of the header that says what a document is called."""
    document_header(view, _TITLE, "Son intitulé, en UTF-8 et encodé en pourcents.")
    return view


@documents.get(_DOCUMENTS)
@needs(Permission.DOCUMENT_READ)
@documents.answers(200, DocumentsSchema)
def list_documents(case_id: UUID) -> dict[str, Any]:
    """List the documents of a case, the newest first."""
    listed = service(DocumentService).listed(who(), reason(), case_id)
    article = listed.file.article_of(CompartmentClass.ATTACHMENTS)
    items = [
        {**_shown(one, article), "removable": one.id in listed.removable}
        for one in listed.documents
    ]
    return {"items": items}


@documents.post(_DOCUMENTS)
@needs(Permission.DOCUMENT_ADD)
@takes(MOST_BYTES, DocumentTooLarge)
@documents.takes_file(MIMETYPES.values())
@documents.answers(201, MadeSchema)
@_titled
@creates(_ADDED)
def add_document(case_id: UUID) -> Made:
    """Add a document: the file is the body, its title stands in a header, percent-encoded."""
    title = checked(TitleSchema(), title_of(request.headers.get(_TITLE)))["title"]
    sent = Sent(title or "", "", request.get_data(cache=True))
    return Made(once.service(DocumentService).add(who(), reason(), case_id, sent))


@documents.get(f"{_DOCUMENTS}/<uuid:document_id>")
@needs(Permission.DOCUMENT_READ)
@documents.gives_file(MIMETYPES.values())
def read_document(case_id: UUID, document_id: UUID) -> Response:
    """Give a document, to be saved."""
    opened = service(DocumentService).read(who(), reason(), case_id, document_id)
    return to_save(opened.content, opened.filename, MIMETYPES[opened.kind])


@documents.delete(f"{_DOCUMENTS}/<uuid:document_id>")
@needs(Permission.DOCUMENT_REMOVE)
@documents.answers(204)
@silent
def remove_document(case_id: UUID, document_id: UUID) -> None:
    """Take a document away."""
    service(DocumentService).remove(who(), reason(), case_id, document_id)


def _shown(one: Document, article: str) -> dict[str, Any]:
    values = {name: getattr(one, name) for name in one.__slots__}
    shut = {name: withheld(article) for name in _SEALED if isinstance(values[name], Withheld)}
    return {**values, **shut}
