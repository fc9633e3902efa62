"""The documents of a case: a list, a form for one more, and each of them to save."""

from dataclasses import replace
from typing import Final
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from casework.cases.pages.rereading import reread
from casework.cases.pages.setbacks import HANDLED, NONE, Setback, setback
from casework.cases.pages.shut import behind_door
from casework.cases.pages.stating import asking_page
from casework.cases.pages.visitor import book_of, reason, who
from casework.documents.policy import name_of
from casework.documents.schemas import TitleSchema
from casework.documents.service import DocumentService
from casework.documents.values import MIMETYPES, MOST_BYTES, Sent
from casework.documents.views import documents_view
from casework.errors import DocumentTooLarge, InvalidInput, ReasonRequired, TextDoubted
from casework.i18n import gettext
from casework.partners.directory import Directory
from casework.web.bodies import AROUND, takes
from casework.web.guard import needs, service
from casework.web.load import load
from casework.web.permissions import Permission
from casework.web.problem_table import PROBLEMS
from casework.web.saving import to_save

pages = Blueprint("documents", __name__)
_DOCUMENTS: Final = "/situations/<uuid:case_id>/documents"


@pages.get(_DOCUMENTS)
@needs(Permission.DOCUMENT_READ)
@behind_door
def see_documents(case_id: UUID) -> ResponseReturnValue:
    """Show the documents of a case; or ask why when it is closed."""
    try:
        return _page(case_id, NONE)
    except ReasonRequired as asked:
        return asking_page(case_id, asked.reference), int(PROBLEMS[asked.code].status)


@pages.post(_DOCUMENTS)
@needs(Permission.DOCUMENT_ADD)
@takes(MOST_BYTES + AROUND, DocumentTooLarge)
def add_document(case_id: UUID) -> ResponseReturnValue:
    """Add a document to a case."""
    try:
        sent = _sent()
        reread({"title": name_of(sent.title, sent.filename)}, "title")
        service(DocumentService).add(who(), reason(), case_id, sent)
    except TextDoubted as error:
        again = _named(setback(error))
        return _page(case_id, again), again.status
    except HANDLED as error:
        again = setback(error)
        return _page(case_id, again), again.status
    flash(gettext("Document ajouté. Ce qui s’y cachait a été retiré : lieu, auteur, liens."))
    return _back(case_id)


@pages.get(f"{_DOCUMENTS}/<uuid:document_id>")
@needs(Permission.DOCUMENT_READ)
@behind_door
def save_document(case_id: UUID, document_id: UUID) -> ResponseReturnValue:
    """Give a document, to be saved."""
    opened = service(DocumentService).read(who(), reason(), case_id, document_id)
    return to_save(opened.content, opened.filename, MIMETYPES[opened.kind])


@pages.post(f"{_DOCUMENTS}/<uuid:document_id>/retrait")
@needs(Permission.DOCUMENT_REMOVE)
def remove_document(case_id: UUID, document_id: UUID) -> ResponseReturnValue:
    """Take a document away."""
    service(DocumentService).remove(who(), reason(), case_id, document_id)
    flash(gettext("Document retiré : il n’existe plus, pour personne."))
    return _back(case_id)


def _sent() -> Sent:
    title = load(TitleSchema)["title"] or ""
    files = request.files.getlist("file")
    if len(files) != 1 or not files[0].filename:
        raise InvalidInput({"file": [gettext("Choisissez un fichier.")]})
    return Sent(title, files[0].filename, files[0].read())


def _named(again: Setback) -> Setback:
    """Show the name of the file where its title was to stand: that is what is asked about."""
    called = name_of(request.form.get("title", ""), request.files["file"].filename or "")
    return replace(again, state=replace(again.state, values={"title": called}))


def _page(case_id: UUID, again: Setback) -> str:
    listed = service(DocumentService).listed(who(), reason(), case_id)
    labels = service(Directory).labels({one.author_id for one in listed.documents})
    view = documents_view(listed, book_of(listed.file.head.group_id), who().member_id, labels)
    return render_template("documents/list.html", case=view, again=again)


def _back(case_id: UUID) -> ResponseReturnValue:
    return redirect(url_for("documents.see_documents", case_id=case_id), 303)
