"""Situations: the list of those one may see, and the page of each."""

from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from casework.cases.orders import PAGE, Asked
from casework.cases.pages.blueprint import pages
from casework.cases.pages.setbacks import NONE, Setback
from casework.cases.pages.shut import behind_door
from casework.cases.pages.stating import asking_page
from casework.cases.pages.victims import victim_page
from casework.cases.pages.views.case import case_view
from casework.cases.pages.views.lists import FILTERS, filter_of, filter_words, rows
from casework.cases.pages.views.merging import merged_view
from casework.cases.pages.visitor import book_of, reason, who
from casework.cases.service.books import GroupBooks
from casework.cases.service.cases import CaseService
from casework.cases.service.merging import MergeService
from casework.charters.vocabulary import CaseKind
from casework.errors import ReasonRequired
from casework.web.guard import needs, service
from casework.web.permissions import Permission
from casework.web.problem_table import PROBLEMS


@pages.get("/situations")
@needs(Permission.CASE_LIST)
def see_cases() -> str:
    """Show a page of the cases one may see."""
    kept = filter_of(request.args.get("etat", ""))
    asked = Asked(kept.states, request.args.get("suite", type=UUID))
    lines = service(CaseService).list_cases(who(), reason(), asked)
    books = {book.group.id: book for book in service(GroupBooks).mine(who())}
    full = len(lines) == PAGE
    after = url_for(".see_cases", etat=kept.code, suite=lines[-1].head.id) if full else None
    return render_template(
        "cases/cases.html",
        rows=rows(lines, books),
        filters=[
            (filter_words(one.code), url_for(".see_cases", etat=one.code), one is kept)
            for one in FILTERS
        ],
        kept=kept,
        after=after,
    )


@pages.get("/situations/<uuid:case_id>")
@needs(Permission.CASE_READ)
@behind_door
def see_case(case_id: UUID) -> ResponseReturnValue:
    """Show a case; or its door when it opens with two people, or ask why when it is closed."""
    try:
        return case_page(case_id)
    except ReasonRequired as asked:
        return asking_page(case_id, asked.reference), int(PROBLEMS[asked.code].status)


def case_page(case_id: UUID, again: Setback = NONE, part: str = "") -> str:
    """Show a case; `part` is where an act did not go through."""
    file = service(CaseService).read(who(), reason(), case_id)
    if file.head.kind == CaseKind.VICTIM:
        return victim_page(file, again, part)
    book, viewer_id = book_of(file.head.group_id), who().member_id
    view = case_view(file, book, viewer_id)
    others = service(MergeService).beside(who(), reason(), file.head)
    merged = merged_view(file, others, book, viewer_id)
    return render_template("cases/case.html", case=view, merged=merged, again=again, wrong=part)
