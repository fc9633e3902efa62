"""One's own referrals: where each stands, the coordination's question, one's answer."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from casework.cases.pages.blueprint import pages
from casework.cases.pages.rereading import reread
from casework.cases.pages.setbacks import HANDLED, NONE, Setback, setback
from casework.cases.pages.shut import behind_door
from casework.cases.pages.views.case import case_view
from casework.cases.pages.views.lists import referral_rows
from casework.cases.pages.visitor import book_of, reason, who
from casework.cases.schemas import VersionedWordsSchema
from casework.cases.service.books import GroupBooks
from casework.cases.service.cases import CaseService
from casework.cases.service.home import HomeService
from casework.cases.service.referrals import ReferralService
from casework.i18n import gettext
from casework.web.guard import needs, service
from casework.web.load import load
from casework.web.permissions import Permission


@pages.get("/saisines")
@needs(Permission.REFERRAL_LIST)
def see_referrals() -> str:
    """Show one's own referrals by date and state: never a name."""
    books = {book.group.id: book for book in service(GroupBooks).mine(who())}
    heads = service(HomeService).referrals(who(), reason())
    return render_template("cases/referrals.html", rows=referral_rows(heads, books))


@pages.get("/saisines/<uuid:case_id>")
@needs(Permission.REFERRAL_READ)
@behind_door
def see_referral(case_id: UUID) -> ResponseReturnValue:
    """Show one's own referral, and the question it may have met."""
    return _referral(case_id, NONE)


@pages.post("/saisines/<uuid:case_id>/reponse")
@needs(Permission.REFERRAL_ANSWER)
def answer(case_id: UUID) -> ResponseReturnValue:
    """Answer the coordination's question."""
    try:
        said = load(VersionedWordsSchema)
        reread(said, "text")
        service(ReferralService).answer(who(), reason(), case_id, said["version"], said["text"])
    except HANDLED as error:
        again = setback(error)
        return _referral(case_id, again), again.status
    flash(gettext("Réponse transmise à la coordination."))
    return redirect(url_for("cases.see_referral", case_id=case_id), 303)


def _referral(case_id: UUID, again: Setback) -> str:
    file = service(CaseService).read(who(), reason(), case_id)
    view = case_view(file, book_of(file.head.group_id), who().member_id)
    return render_template(
        "cases/referral.html", case=view, referral=file.referral, head=file.head, again=again
    )
