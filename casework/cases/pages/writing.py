"""What one writes on a case, for the group or for one's own service, and how it ends."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from casework.cases.pages.blueprint import pages
from casework.cases.pages.cases import case_page
from casework.cases.pages.rereading import reread
from casework.cases.pages.setbacks import HANDLED, NONE, Setback, setback
from casework.cases.pages.shut import behind_door
from casework.cases.pages.views.access import recent_days
from casework.cases.pages.views.case import case_view
from casework.cases.pages.views.procedure import conservation_if_closed
from casework.cases.pages.views.steps import closure_reasons
from casework.cases.pages.visitor import book_of, reason, who
from casework.cases.schemas import (
    ClosureSchema,
    InformationSchema,
    NoteSchema,
    SecretSchema,
    WordsSchema,
)
from casework.cases.service.cases import CaseService
from casework.i18n import gettext
from casework.web.guard import needs, service
from casework.web.load import load
from casework.web.permissions import Permission

_CASE = "/situations/<uuid:case_id>"


@pages.post(f"{_CASE}/contributions")
@needs(Permission.CONTRIBUTION_WRITE)
def contribute(case_id: UUID) -> ResponseReturnValue:
    """Write on the shared sheet."""
    try:
        said = load(WordsSchema)
        reread(said, "text")
        service(CaseService).contribute(who(), reason(), case_id, said["text"])
    except HANDLED as error:
        again = setback(error)
        return case_page(case_id, again, "sheet"), again.status
    flash(gettext("Texte ajouté à la fiche partagée."))
    return _back(case_id)


@pages.post(f"{_CASE}/notes")
@needs(Permission.CONTRIBUTION_WRITE)
def note(case_id: UUID) -> ResponseReturnValue:
    """Write for one's own service alone."""
    try:
        said = load(NoteSchema)
        reread(said, "note")
        service(CaseService).note(who(), reason(), case_id, said["note"])
    except HANDLED as error:
        again = setback(error, called={"text": "note"})
        return case_page(case_id, again, "note"), again.status
    flash(gettext("Note gardée par votre service."))
    return _back(case_id)


@pages.post(f"{_CASE}/secret-partage")
@needs(Permission.CONTRIBUTION_WRITE)
def share(case_id: UUID) -> ResponseReturnValue:
    """Write for the social workers named on the case."""
    try:
        said = load(SecretSchema)
        reread(said, "secret")
        service(CaseService).share(who(), reason(), case_id, said["secret"])
    except HANDLED as error:
        again = setback(error, called={"text": "secret"})
        return case_page(case_id, again, "secret"), again.status
    flash(gettext("Texte partagé entre travailleurs sociaux."))
    return _back(case_id)


@pages.get(f"{_CASE}/information")
@needs(Permission.CASE_INFORM)
@behind_door
def see_information(case_id: UUID) -> ResponseReturnValue:
    """Ask when the family was informed."""
    return _form("cases/information.html", case_id, NONE)


@pages.post(f"{_CASE}/information")
@needs(Permission.CASE_INFORM)
def inform(case_id: UUID) -> ResponseReturnValue:
    """Record that the persons were informed."""
    try:
        said = load(InformationSchema)
        day = said["informed_on"]
        service(CaseService).inform(who(), reason(), case_id, said["version"], day)
    except HANDLED as error:
        again = setback(error)
        return _form("cases/information.html", case_id, again), again.status
    flash(gettext("Information de la famille enregistrée."))
    return _back(case_id)


@pages.get(f"{_CASE}/cloture")
@needs(Permission.CASE_CLOSE)
@behind_door
def see_closure(case_id: UUID) -> ResponseReturnValue:
    """Ask why a follow-up ends, and say what follows."""
    return _form("cases/closure.html", case_id, NONE)


@pages.post(f"{_CASE}/cloture")
@needs(Permission.CASE_CLOSE)
def close(case_id: UUID) -> ResponseReturnValue:
    """End a follow-up."""
    try:
        said = load(ClosureSchema)
        service(CaseService).close(who(), reason(), case_id, said["version"], said["why"])
    except HANDLED as error:
        again = setback(error)
        return _form("cases/closure.html", case_id, again), again.status
    flash(gettext("La situation est close. La liste dit quand elle sera scellée."))
    return redirect(url_for("cases.see_cases", etat="closes"), 303)


def _form(template: str, case_id: UUID, again: Setback) -> str:
    file = service(CaseService).read(who(), reason(), case_id)
    book = book_of(file.head.group_id)
    return render_template(
        template,
        case=case_view(file, book, who().member_id),
        head=file.head,
        reasons=closure_reasons(file, book),
        days=recent_days(book.day),
        kept=conservation_if_closed(file.head, book),
        again=again,
    )


def _back(case_id: UUID) -> ResponseReturnValue:
    return redirect(url_for("cases.see_case", case_id=case_id), 303)
