"""What waits for the coordination: look into a referral, then accept, ask, redirect or refuse."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from marshmallow import Schema

from casework.cases.pages.blueprint import pages
from casework.cases.pages.rereading import reread
from casework.cases.pages.setbacks import HANDLED, NONE, Setback, setback
from casework.cases.pages.shut import behind_door
from casework.cases.pages.views.case import case_view
from casework.cases.pages.views.lists import referral_rows
from casework.cases.pages.views.searching import answer_view
from casework.cases.pages.views.triage import checks, redirections
from casework.cases.pages.visitor import asks_presence, book_of, reason, who
from casework.cases.procedures.steps import WAITING
from casework.cases.schemas import RedirectionSchema, VersionedWordsSchema, VersionSchema
from casework.cases.searches import Answer
from casework.cases.service.books import GroupBooks
from casework.cases.service.cases import CaseService
from casework.cases.service.home import HomeService
from casework.cases.service.referrals import ReferralService
from casework.cases.service.searching import SearchService
from casework.cases.values import CaseFile
from casework.charters.vocabulary import CharterAct
from casework.i18n import gettext
from casework.web.guard import needs, service
from casework.web.load import load
from casework.web.permissions import Permission

_CASE = "/a-traiter/<uuid:case_id>"


@pages.get("/a-traiter")
@needs(Permission.REFERRAL_TRIAGE)
def see_waiting() -> str:
    """Show the referrals that wait, the oldest first."""
    books = {book.group.id: book for book in service(GroupBooks).mine(who())}
    heads = service(HomeService).waiting(who(), reason())
    rows, asks = referral_rows(heads, books), asks_presence(books.values())
    return render_template("cases/waiting.html", rows=rows, asks_presence=asks)


@pages.get(_CASE)
@needs(Permission.REFERRAL_TRIAGE)
@behind_door
def see_triage(case_id: UUID) -> ResponseReturnValue:
    """Show a referral with what is to be checked."""
    return _triage(case_id, NONE)


@pages.post(f"{_CASE}/retenir")
@needs(Permission.REFERRAL_TRIAGE)
def accept(case_id: UUID) -> ResponseReturnValue:
    """Take a referral for the next meeting."""

    def act(said: dict[str, Any]) -> str:
        reference = service(ReferralService).accept(who(), reason(), case_id, said["version"])
        return gettext("Saisine retenue sous la référence %(ref)s.", ref=reference)

    return _done(case_id, VersionSchema, act, url_for("cases.see_access", case_id=case_id))


@pages.post(f"{_CASE}/question")
@needs(Permission.REFERRAL_TRIAGE)
def ask(case_id: UUID) -> ResponseReturnValue:
    """Ask the referrer something."""

    def act(said: dict[str, Any]) -> str:
        reread(said, "text")
        text = said["text"]
        service(ReferralService).ask(who(), reason(), case_id, said["version"], text)
        return gettext("Question transmise à la personne qui a saisi.")

    return _done(case_id, VersionedWordsSchema, act, url_for("cases.see_waiting"))


@pages.post(f"{_CASE}/reorientation")
@needs(Permission.REFERRAL_TRIAGE)
def redirect_referral(case_id: UUID) -> ResponseReturnValue:
    """Send a referral elsewhere and keep nothing but a count."""

    def act(said: dict[str, Any]) -> str:
        to = said["to"]
        service(ReferralService).redirect(who(), reason(), case_id, said["version"], to)
        return gettext("Saisine réorientée : l’identité est effacée, il reste un compte anonyme.")

    return _done(case_id, RedirectionSchema, act, url_for("cases.see_waiting"))


@pages.post(f"{_CASE}/refus")
@needs(Permission.REFERRAL_TRIAGE)
def refuse(case_id: UUID) -> ResponseReturnValue:
    """Keep nothing of a referral but a count."""

    def act(said: dict[str, Any]) -> str:
        service(ReferralService).refuse(who(), reason(), case_id, said["version"])
        return gettext("Saisine non retenue : l’identité est effacée, il reste un compte anonyme.")

    return _done(case_id, VersionSchema, act, url_for("cases.see_waiting"))


def _done(
    case_id: UUID, schema: type[Schema], act: Callable[[dict[str, Any]], str], after: str
) -> ResponseReturnValue:
    """Do it and go on, or show the same page with what happened."""
    try:
        words = act(load(schema))
    except HANDLED as error:
        again = setback(error)
        return _triage(case_id, again), again.status
    flash(words)
    return redirect(after, 303)


def _triage(case_id: UUID, again: Setback) -> str:
    file = service(CaseService).read(who(), reason(), case_id)
    book = book_of(file.head.group_id)
    view = case_view(file, book, who().member_id)
    alike = _resembling(file)
    return render_template(
        "cases/triage.html",
        case=view,
        referral=file.referral,
        state=file.head.state,
        checks=checks(file, book),
        alike=answer_view(alike, {book.group.id: book}),
        redirections=redirections(book),
        again=again,
    )


def _resembling(file: CaseFile) -> Answer:
    """Look for the person among the others of the group, while the referral waits."""
    if file.head.state not in WAITING or CharterAct.TRIAGE not in file.may:
        return Answer(())
    return service(SearchService).resembling(who(), reason(), file)
