"""The mayor's register of reminders, and the opinions that wait for the prosecutor."""

from typing import Final
from uuid import UUID

from flask import render_template, request, url_for

from casework.cases.orders import PAGE, Asked
from casework.cases.pages.blueprint import pages
from casework.cases.pages.views.lists import Row, rows
from casework.cases.pages.views.reminders import ANSWERABLE, STAGES, by_urgency, stage_of
from casework.cases.pages.visitor import reason, who
from casework.cases.service.books import GroupBooks
from casework.cases.service.cases import CaseService
from casework.cases.values import CaseLine
from casework.charters.vocabulary import CaseKind
from casework.web.guard import needs, service
from casework.web.permissions import Permission

_KIND: Final = CaseKind.REMINDER


@pages.get("/rappels")
@needs(Permission.CASE_LIST)
def see_reminders() -> str:
    """Show the reminders one may see, a stage at a time."""
    kept = stage_of(request.args.get("etape", ""))
    asked = Asked(kept.states, request.args.get("suite", type=UUID), kind=_KIND)
    lines = service(CaseService).list_cases(who(), reason(), asked)
    full = len(lines) == PAGE
    after = url_for(".see_reminders", etape=kept.code, suite=lines[-1].head.id) if full else None
    return render_template(
        "cases/reminders.html",
        rows=_rows(lines),
        stages=[
            (one.words, url_for(".see_reminders", etape=one.code), one is kept) for one in STAGES
        ],
        kept=kept,
        after=after,
    )


@pages.get("/avis")
@needs(Permission.CASE_LIST)
def see_opinions() -> str:
    """Show the opinions that are awaited, the most urgent first."""
    asked = Asked(ANSWERABLE, kind=_KIND)
    lines = service(CaseService).list_cases(who(), reason(), asked)
    return render_template("cases/opinions.html", rows=_rows(by_urgency(lines)))


def _rows(lines: list[CaseLine]) -> list[Row]:
    books = {book.group.id: book for book in service(GroupBooks).mine(who())}
    return rows(lines, books)
