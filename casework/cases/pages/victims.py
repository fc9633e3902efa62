"""Victims: the list of their referrals, the question before a new one, the page of each."""

from typing import Final
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from casework.cases.orders import PAGE
from casework.cases.pages.blueprint import pages
from casework.cases.pages.setbacks import NONE, Setback
from casework.cases.pages.shut import behind_door
from casework.cases.pages.views.victim_lists import networks, parts
from casework.cases.pages.views.victims import victim_view
from casework.cases.pages.visitor import book_of, draft_key, reason, who
from casework.cases.schemas import DangerSchema
from casework.cases.service.books import GroupBooks
from casework.cases.service.cases import CaseService
from casework.cases.service.drafts import DraftService
from casework.cases.service.victims import VictimService
from casework.cases.values import CaseFile
from casework.charters.vocabulary import CaseKind
from casework.errors import AccessDenied, InvalidInput
from casework.i18n import gettext
from casework.web.forms import FormState
from casework.web.guard import needs, service
from casework.web.load import load
from casework.web.look import Tick
from casework.web.permissions import Permission

_LIST: Final = "/orientations-victimes"
CASE: Final = f"{_LIST}/<uuid:case_id>"


@pages.get(_LIST)
@needs(Permission.VICTIM_LIST)
def see_victims() -> str:
    """Show the referrals that one made, received or coordinates: never a name."""
    before = request.args.get("suite", type=UUID)
    lines = service(VictimService).list_referrals(who(), reason(), before)
    books = {book.group.id: book for book in service(GroupBooks).mine(who())}
    full = len(lines) == PAGE
    return render_template(
        "cases/victims/list.html",
        parts=parts(lines, books),
        any_row=bool(lines),
        after=url_for(".see_victims", suite=lines[-1].head.id) if full else None,
    )


@pages.get(f"{_LIST}/nouvelle")
@needs(Permission.VICTIM_REFER)
def see_new_victim() -> str:
    """Ask first whether somebody is in danger now, and say whom to call."""
    return _new(FormState())


@pages.post(f"{_LIST}/nouvelle")
@needs(Permission.VICTIM_REFER)
def begin_victim() -> ResponseReturnValue:
    """Begin a draft; in danger, stop there: the service is no way to call for help.

    What was answered is kept nowhere.
    """
    try:
        said = load(DangerSchema)
    except InvalidInput as fault:
        return _new(FormState.refused(fault)), 422
    if said["danger"]:
        return render_template("cases/victims/emergency.html")
    draft_id = service(DraftService).start(who(), said["group_id"], draft_key())
    return redirect(url_for("cases.see_page", draft_id=draft_id, step=1), 303)


@pages.get(CASE)
@needs(Permission.VICTIM_READ)
@behind_door
def see_victim(case_id: UUID) -> ResponseReturnValue:
    """Show the referral of a victim; a case of another kind is none."""
    return victim_page(service(CaseService).read(who(), reason(), case_id))


def victim_page(file: CaseFile, again: Setback = NONE, part: str = "") -> str:
    """Show a case that was opened; `part` is where an act did not go through."""
    if file.head.kind != CaseKind.VICTIM:
        raise AccessDenied("read", "no-such-case", subject=str(file.head.id))
    view = victim_view(file, book_of(file.head.group_id), who().member_id)
    return render_template("cases/victims/case.html", case=view, again=again, wrong=part)


def _new(state: FormState) -> str:
    books = networks(service(GroupBooks).mine(who()))
    drafts = [one for one in service(DraftService).mine(who()) if one.group_id in books]
    return render_template(
        "cases/victims/new.html",
        books=books,
        drafts=drafts,
        groups=[Tick(str(one), book.group.name) for one, book in books.items()],
        danger=(Tick("yes", gettext("Oui")), Tick("no", gettext("Non"))),
        state=state,
    )
