"""The home page: what waits for this person, and nothing else."""

from flask import render_template
from flask.typing import ResponseReturnValue

from casework.audit.pages import alerts_shown
from casework.cases.pages.blueprint import pages
from casework.cases.pages.frame import coordinates, kinds, takes_part
from casework.cases.pages.views.lists import HomeView, home_view
from casework.cases.pages.visitor import reason, who
from casework.cases.service.books import GroupBooks
from casework.cases.service.home import HomeService
from casework.charters.vocabulary import CaseKind
from casework.identity import Role
from casework.web.dates import today
from casework.web.guard import needs, service
from casework.web.permissions import Permission


@pages.get("/")
@needs(Permission.HOME_SEE)
def see_home() -> ResponseReturnValue:
    """Show what waits; those who control the service are shown their doors."""
    if not takes_part(who()):
        officer = who().holds(Role.DPO, today())
        alerts = alerts_shown() if officer else []
        return render_template("cases/home_of_control.html", today=today(), alerts=alerts)
    seated = kinds(who())
    return render_template(
        "cases/home.html",
        home=_home(),
        coordinates=coordinates(who()),
        works=bool(seated - {CaseKind.VICTIM}),
        victims=CaseKind.VICTIM in seated,
        today=today(),
    )


def _home() -> HomeView:
    books = {book.group.id: book for book in service(GroupBooks).mine(who())}
    return home_view(service(HomeService).open(who(), reason()), books, who().member_id)
