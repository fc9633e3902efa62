"""Readings on screen and on paper: one's own, those of a case one leads, a report for a person."""

from uuid import UUID

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from casework.audit.lines import Slice
from casework.cases.pages.visitor import book_of, reason, who
from casework.cases.service.references import References
from casework.errors import InvalidInput
from casework.partners.directory import Directory
from casework.readings.report import ReportService
from casework.readings.schemas import ReportRequestSchema
from casework.readings.service import ReadingService
from casework.readings.values import NewReport
from casework.readings.views import WHOM, case_days, own_days, report_sheet
from casework.web.api.cursors import CursorQuery, next_url, place_asked
from casework.web.forms import FormState
from casework.web.guard import needs, service
from casework.web.load import load, load_query
from casework.web.look import Tick
from casework.web.permissions import Permission

pages = Blueprint("readings", __name__)


@pages.get("/mes-consultations")
@needs(Permission.TRAIL_READ)
def read_own_trail() -> str:
    """Show what one opened oneself, when and why."""
    found = service(ReadingService).own(who(), reason(), _part())
    return render_template(
        "readings/own.html", days=own_days(found), next_url=next_url(found.following)
    )


@pages.get("/situations/<uuid:case_id>/consultations")
@needs(Permission.TRAIL_READ)
def read_case_trail(case_id: UUID) -> str:
    """Show its lead who opened a case."""
    found = service(ReadingService).of_case(who(), reason(), case_id, _part())
    return render_template(
        "readings/case.html",
        case=found,
        days=case_days(found, book_of(found.group_id)),
        next_url=next_url(found.following),
    )


@pages.get("/dpd/releves")
@needs(Permission.REPORT_ISSUE)
def see_report_form() -> str:
    """Ask for which request a report is made."""
    return _form(FormState())


@pages.post("/dpd/releves")
@needs(Permission.REPORT_ISSUE)
def issue_report() -> ResponseReturnValue:
    """Make the sheet to print. The reference travels in the form, never in an address."""
    try:
        made = service(ReportService).issue(who(), NewReport(**load(ReportRequestSchema)))
    except InvalidInput as fault:
        return _form(FormState.refused(fault)), 422
    sheet = report_sheet(made, service(Directory), who())
    return render_template("readings/report.html", paper=sheet.paper, sheet=sheet)


def _part() -> Slice:
    """Return which page: its place is sealed, for a number would tell how much others did."""
    return Slice(before=place_asked(load_query(CursorQuery), int))


def _form(state: FormState) -> str:
    issued = service(ReportService).issued(who())
    return render_template(
        "readings/report_form.html",
        state=state,
        whom=[Tick(one.value, str(words)) for one, words in WHOM.items()],
        issued=issued,
        references=service(References).of({one.case_id for one in issued if one.case_id}),
    )
