"""A referral being written: four short pages, kept as one types, in any order."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from casework.cases.draft_pages import REVIEW, TypedPage, differing, filled
from casework.cases.forms.every import FORMS
from casework.cases.forms.form import Form
from casework.cases.pages.blueprint import pages
from casework.cases.pages.rereading import reread
from casework.cases.pages.views.draft import (
    DraftView,
    draft_view,
    page_state,
)
from casework.cases.pages.views.lacking import faults
from casework.cases.pages.visitor import asks_presence, book_of, draft_key, who
from casework.cases.procedures.catalogue import PROCEDURES
from casework.cases.schemas import StartSchema
from casework.cases.service.books import GroupBooks
from casework.cases.service.drafts import DraftService
from casework.cases.values import Draft
from casework.charters.vocabulary import BESIDE_VICTIMS, CaseKind
from casework.errors import Conflict, InvalidInput, TextDoubted
from casework.i18n import gettext
from casework.i18n import lazy_gettext as _l
from casework.web.dates import hour, now
from casework.web.forms import FormState
from casework.web.frame import Traced
from casework.web.guard import needs, service
from casework.web.load import load
from casework.web.look import Tick
from casework.web.permissions import Permission

# Whatever reason the session gives, drafts are kept and read for the referral.
TRACED = Traced(_l("la saisine"))
_HERE = PROCEDURES.keys() & BESIDE_VICTIMS
_PAGE = "/saisines/brouillons/<uuid:draft_id>/<int(min=1,max=3):step>"


@pages.get("/saisines/nouvelle")
@needs(Permission.REFERRAL_WRITE)
def see_new() -> str:
    """Show what a referral asks, who will read it, and the drafts one left."""
    mine = service(GroupBooks).mine(who())
    # A victim is never referred from here: her form begins with a question of its own.
    books = {book.group.id: book for book in mine if book.charter.kind in _HERE}
    drafts = [one for one in service(DraftService).mine(who()) if one.group_id in books]
    groups = [Tick(str(one), book.group.name, book.charter.group) for one, book in books.items()]
    return render_template(
        "cases/referral_new.html",
        books=books,
        drafts=drafts,
        groups=groups,
        traced=TRACED,
        asks_presence=asks_presence(books.values()),
    )


@pages.post("/saisines/brouillons")
@needs(Permission.DRAFT_SAVE)
def start() -> ResponseReturnValue:
    """Begin a draft and show its first page."""
    draft_id = service(DraftService).start(who(), load(StartSchema)["group_id"], draft_key())
    return _to(draft_id, 1)


@pages.get(_PAGE)
@needs(Permission.DRAFT_READ)
def see_page(draft_id: UUID, step: int) -> str:
    """Show one page of a draft as it was left."""
    return _page(read_draft(draft_id), step)


@pages.post(_PAGE)
@needs(Permission.DRAFT_SAVE)
def keep_page(draft_id: UUID, step: int) -> ResponseReturnValue:
    """Keep a page and go on; a page that says two things shows both."""
    if request.form.get("button") == "theirs":
        return _to(draft_id, step)
    try:
        typed = _typed(draft_id, step, leaving=True)
    except InvalidInput as fault:
        return _page(read_draft(draft_id), step, FormState.refused(fault)), 422
    if request.form.get("button") == "compare":
        return _compare(read_draft(draft_id), typed)
    try:
        kept = service(DraftService).keep(who(), typed, draft_key())
    except Conflict:
        return _both(read_draft(draft_id), typed), 409
    again = _wanting(kept, typed)
    return _to(draft_id, step + 1) if again is None else (_page(kept, step, again), 422)


def _wanting(kept: Draft, typed: TypedPage) -> FormState | None:
    """Return the page again where something lacks, or where a text asks its author a question."""
    book = book_of(kept.group_id)
    lacking = faults(kept, typed.step, book)
    if lacking:
        return FormState(_form().spread(filled(kept, typed.fields)), lacking)
    try:
        reread(typed.fields, *sorted(FORMS[book.charter.kind].texts))
    except TextDoubted as doubted:
        return FormState.refused(doubted)
    return None


@pages.post(f"{_PAGE}/enregistrement")
@needs(Permission.DRAFT_SAVE)
def keep_by_itself(draft_id: UUID, step: int) -> ResponseReturnValue:
    """Keep what is being typed, and say when: the page asks for it by itself."""
    try:
        kept = service(DraftService).keep(who(), _typed(draft_id, step), draft_key())
    except Conflict:
        return render_template("cases/draft_elsewhere.html"), 409
    except InvalidInput:
        return render_template("cases/draft_unreadable.html"), 422
    return render_template("cases/draft_saved.html", version=kept.version, at=now())


@pages.post("/saisines/brouillons/<uuid:draft_id>/abandon")
@needs(Permission.DRAFT_DISCARD)
def discard(draft_id: UUID) -> ResponseReturnValue:
    """Abandon a draft, on purpose."""
    view = view_of(read_draft(draft_id))
    service(DraftService).discard(who(), draft_id)
    flash(gettext("Brouillon abandonné : il n’en reste rien."))
    return redirect(view.list_url, 303)


def read_draft(draft_id: UUID) -> Draft:
    """Return one's own draft, or raise `AccessDenied`."""
    return service(DraftService).read(who(), draft_id, draft_key())


def view_of(draft: Draft) -> DraftView:
    """Return what every page of a draft shows around its fields."""
    return draft_view(draft, book_of(draft.group_id), who().member_id)


def _typed(draft_id: UUID, step: int, *, leaving: bool = False) -> TypedPage:
    form = _form()
    values = load(form.typing(step))
    fields = {name: _said(values[name]) for name in form.names(step)}
    return TypedPage(draft_id, step, fields, values["version"], values["opening"], leaving)


def _said(value: str | list[str] | None) -> str:
    return ",".join(value) if isinstance(value, list) else value or ""


def _form() -> Form:
    """Return the form that this request says it is of: it decides which fields are kept."""
    try:
        return FORMS[CaseKind(request.form.get("kind", ""))]
    except (KeyError, ValueError):
        raise InvalidInput({"_schema": [gettext("Cette page a changé : rechargez-la.")]}) from None


def _compare(stored: Draft, typed: TypedPage) -> str:
    """Show the page with one's own words in the fields and the other words beside them."""
    others = {name: stored.fields.get(name, "") for name in differing(stored, typed)}
    return _page(stored, typed.step, FormState(_form().spread(typed.fields)), others)


def _page(
    draft: Draft,
    step: int,
    state: FormState | None = None,
    others: Mapping[str, str] | None = None,
) -> str:
    view = view_of(draft)
    return render_template(
        f"cases/drafts/{view.kind}_{step}.html",
        view=view,
        step=step,
        titles=view.form.titles,
        labels=view.form.labels,
        state=state or page_state(draft, step, view.book),
        others=others or {},
        traced=TRACED,
        opening=f"{now().timestamp():.6f}",
        saved=_saved(draft),
    )


def _both(stored: Draft, typed: TypedPage) -> str:
    view = view_of(stored)
    rows = [
        (
            view.label(name),
            view.said(name, typed.fields[name]),
            view.said(name, stored.fields.get(name, "")),
        )
        for name in differing(stored, typed)
    ]
    fields: dict[str, Any] = {
        **typed.fields,
        "version": stored.version,
        "opening": typed.opening,
        "kind": view.kind,
    }
    return render_template(
        "cases/draft_both.html",
        view=view,
        step=typed.step,
        rows=rows,
        fields=fields,
        traced=TRACED,
    )


def _saved(draft: Draft) -> str:
    return gettext("Brouillon enregistré à %(hour)s", hour=hour(draft.saved_at))


def _to(draft_id: UUID, step: int) -> ResponseReturnValue:
    if step == REVIEW:
        return redirect(url_for("cases.see_review", draft_id=draft_id), 303)
    return redirect(url_for("cases.see_page", draft_id=draft_id, step=step), 303)
