"""Every version of the charters, and one of them whole: where it stands, what it changes."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from casework.audit.pages.names import known_names
from casework.charters.faults import CharterFaults
from casework.charters.lifecycle import VersionState, VersionStep, require_readable
from casework.charters.pages.blueprint import pages
from casework.charters.pages.views import (
    approvals_told,
    differences_told,
    next_of,
    rights_by_turn,
    steps_of,
)
from casework.charters.pages.words import FUNCTIONS, STATES
from casework.charters.policy import may_draft
from casework.charters.service import CharterService, VersionService
from casework.charters.service.values import VersionSheet
from casework.errors import InvalidInput
from casework.i18n import gettext
from casework.identity import Reason
from casework.web.dates import long_day, today
from casework.web.forms import FormState, told
from casework.web.guard import needs, principal, service
from casework.web.look import Tick
from casework.web.permissions import Permission
from casework.web.problem_table import PROBLEMS

REFUSED = int(PROBLEMS[InvalidInput.code].status)


@pages.get("/chartes")
@needs(Permission.CHARTER_READ)
def list_versions() -> str:
    """Show every text, the newest first."""
    return _list(FormState())


@pages.post("/chartes")
@needs(Permission.CHARTER_DRAFT)
def draft() -> ResponseReturnValue:
    """Bring in a file as a draft of the charter whose title it bears."""
    try:
        text = _text_sent()
        charter_id = service(CharterService).adopt(principal(), Reason.DUTY, text)
    except CharterFaults as faults:
        said = [f"{one.sentence} ({_line(one.line)})" for one in faults.listed]
        return _list(FormState(errors={"file": said})), REFUSED
    except InvalidInput as fault:
        return _list(FormState(errors=told(fault))), REFUSED
    flash(gettext("Projet déposé. Comparez-le maintenant au texte en vigueur."), "ok")
    return redirect(url_for("charters.read_version", charter_id=charter_id), 303)


@pages.get("/chartes/<uuid:charter_id>")
@needs(Permission.CHARTER_READ)
def read_version(charter_id: UUID) -> str:
    """Show a text, where it stands, who approved and signed it."""
    return version_page(charter_id, FormState())


def version_page(charter_id: UUID, state: FormState) -> str:
    """Return the page of a text, with a form that was refused."""
    sheet = service(VersionService).read(principal(), charter_id)
    return render_template(
        "charters/version.html",
        sheet=sheet,
        state=state,
        title=state_of(sheet),
        steps=steps_of(sheet) if _has_steps(sheet) else [],
        next=next_of(sheet, today()),
        approvals=approvals_told(sheet.approvals, known_names()),
        awaited=[one for one in sheet.signings if not one.binds(today())],
        bound=[one for one in sheet.signings if one.binds(today())],
        bodies=[Tick(str(one.body_id), one.name) for one in sheet.signings],
        turns=rights_by_turn(sheet.rights),
        beside=differences_told(sheet.differences),
        functions=FUNCTIONS,
        today=today(),
        steps_open=VersionStep,
    )


def state_of(sheet: VersionSheet) -> tuple[str, str]:
    """Return how a text stands, as its tag shows it."""
    kind, words = STATES[sheet.version.state]
    return kind, str(words)


def _has_steps(sheet: VersionSheet) -> bool:
    """Say whether a text goes, or went, the way of steps: the first one of a charter did not."""
    founding = sheet.version.replaces_id is None
    return not founding and sheet.version.state is not VersionState.WITHDRAWN


def _list(state: FormState) -> str:
    found = service(VersionService).every(principal())
    return render_template(
        "charters/versions.html",
        versions=found,
        states=STATES,
        state=state,
        may_draft=may_draft(principal(), today()),
        long_day=long_day,
    )


def _text_sent() -> str:
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        raise InvalidInput({"file": [gettext("Choisissez le fichier de la charte.")]})
    try:
        text: str = sent.read().decode("utf-8")
    except UnicodeDecodeError:
        raise InvalidInput({"file": [gettext("Ce fichier n’est pas un texte en UTF-8.")]}) from None
    require_readable(text)
    return text


def _line(number: int) -> str:
    return gettext("ligne %(number)d", number=number)
