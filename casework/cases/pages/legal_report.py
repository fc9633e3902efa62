"""A report made elsewhere, without a victim's consent: the day, the way, the ground."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from casework.cases.circles import GroupBook
from casework.cases.pages.blueprint import pages
from casework.cases.pages.setbacks import HANDLED, NONE, Setback, setback
from casework.cases.pages.views.access import recent_days
from casework.cases.pages.views.labels.victim import VICTIM
from casework.cases.pages.views.victim_lists import networks
from casework.cases.pages.visitor import who
from casework.cases.procedures.victim import LEGAL_REPORT
from casework.cases.schemas import LegalReportSchema
from casework.cases.service.books import GroupBooks
from casework.cases.service.victims import LegalReport, VictimService
from casework.charters.vocabulary import ListName
from casework.i18n import gettext
from casework.web.dates import today
from casework.web.guard import needs, service
from casework.web.load import load
from casework.web.look import Tick
from casework.web.permissions import Permission

_REPORT = "/orientations-victimes/signalement"


@pages.get(_REPORT)
@needs(Permission.LEGAL_REPORT_NOTE)
def see_legal_report() -> str:
    """Ask what may be noted of a report."""
    return _report(NONE)


@pages.post(_REPORT)
@needs(Permission.LEGAL_REPORT_NOTE)
def note_legal_report() -> ResponseReturnValue:
    """Note that a report was made, about nobody."""
    try:
        said = load(LegalReportSchema)
        report = LegalReport(
            group_id=said["group_id"],
            on=said["report_on"],
            channel=said["report_channel"],
            ground=said["report_ground"],
        )
        service(VictimService).report(who(), report)
    except HANDLED as error:
        again = setback(error)
        return _report(again), again.status
    flash(gettext("Signalement noté : le jour, la voie et le fondement. Aucun nom."))
    return redirect(url_for("cases.see_victims"), 303)


def _report(again: Setback) -> str:
    books = networks(service(GroupBooks).mine(who()))
    labels = {one.name: VICTIM.fields[one.name] for one in LEGAL_REPORT}
    return render_template(
        "cases/victims/legal_report.html",
        books=books,
        groups=[Tick(str(one), book.group.name) for one, book in books.items()],
        labels={**labels, "group_id": gettext("Dans quel réseau ?")},
        channels=_channels(books),
        grounds=[
            Tick(code, str(VICTIM.choices["report_ground", code]))
            for code in LEGAL_REPORT[2].choices
        ],
        days=recent_days(today()),
        again=again,
    )


def _channels(books: dict[UUID, GroupBook]) -> list[Tick]:
    """Return the ways that the charters of one's networks name, each once."""
    named = {
        code: label
        for book in books.values()
        for code, label in book.charter.lists[ListName.REDIRECTIONS].items()
    }
    return [Tick(code, label) for code, label in named.items()]
