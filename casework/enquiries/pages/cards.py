"""The cards of the last days, and the newest enquiries under them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import render_template, url_for

from casework.audit.schemas import MOST_LINES
from casework.enquiries.cards import CardService, Counted, Period
from casework.enquiries.pages.blueprint import pages
from casework.enquiries.pages.query import query
from casework.enquiries.pages.views import listed
from casework.enquiries.schemas import PeriodSchema
from casework.enquiries.service import EnquiryService
from casework.enquiries.words import CARDS
from casework.i18n import gettext
from casework.web.guard import needs, principal, service
from casework.web.permissions import Permission

_NEWEST = 5


@dataclass(frozen=True, slots=True)
class Shown:
    """A card in words: how many lines, since when, and where they are seen and asked about."""

    title: Any
    rule: Any
    count: int
    since: date
    cut: bool
    most: int
    lines_url: str
    enquiry_url: str


@pages.get("/dpd/examen")
@needs(Permission.REGISTER_READ)
def see_cards() -> str:
    """Show what stands out; what does not is named in one line."""
    period = _period()
    cards = [_shown(one) for one in service(CardService).look(principal(), period)]
    newest = service(EnquiryService).page(principal(), count=_NEWEST)
    return render_template(
        "enquiries/cards.html",
        found=[one for one in cards if one.count],
        nothing=[one for one in cards if not one.count],
        periods=[
            (gettext("%(days)d derniers jours", days=one.value), _url(one), one is period)
            for one in Period
        ],
        enquiries=listed(newest.enquiries),
        more=newest.following is not None,
    )


def _period() -> Period:
    asked = query(PeriodSchema)["jours"]
    return Period.MONTH if asked == Period.MONTH else Period.WEEK


def _url(period: Period) -> str:
    return url_for("enquiries.see_cards", jours=period.value)


def _shown(one: Counted) -> Shown:
    lines = ",".join(map(str, one.lines[:MOST_LINES]))
    title, rule = CARDS[one.card]
    return Shown(
        title=title,
        rule=rule,
        count=len(one.lines),
        since=one.since,
        cut=one.cut,
        most=MOST_LINES,
        lines_url=url_for("register.read_register", entrees=lines, carte=one.card.value),
        enquiry_url=url_for("enquiries.new_enquiry", entrees=lines, carte=one.card.value),
    )
