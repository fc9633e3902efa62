"""Dates as people say them: near ones by their distance, the others plainly."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import cast

from babel.dates import format_date, get_timezone
from flask import Flask, current_app

from casework.clock import Clock
from casework.i18n import gettext, language, ngettext

PARIS: tzinfo = get_timezone("Europe/Paris")
_EXTENSION = "casework.clock"
_SOON = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Due:
    """How near a due date is: a kind for the eye (late, soon, neutral) and its words."""

    kind: str
    words: str


def install(app: Flask, clock: Clock) -> None:
    """Give templates these filters, by the names of the functions."""
    app.extensions[_EXTENSION] = clock
    for rule in (day, near_day, long_day, weekday, hour, wall_clock, moment, due):
        app.add_template_filter(rule, rule.__name__)


def now() -> datetime:
    """Return the moment of the installed clock (aware, UTC)."""
    return cast("Clock", current_app.extensions[_EXTENSION]).now()


def today() -> date:
    """Return the day it is in France."""
    return local(now()).date()


def later(seconds: int) -> datetime:
    """Return the moment some seconds from now."""
    return now() + timedelta(seconds=seconds)


def local(when: datetime) -> datetime:
    """Return a UTC moment on a French wall clock."""
    return when.astimezone(PARIS)


def day(value: date | datetime) -> str:
    """Return `5 nov.`, with the year when it is not this one."""
    one = _as_day(value)
    return _first(format_date(one, "d MMM" if one.year == today().year else "d MMM y", language()))


def near_day(value: date | datetime) -> str:
    """Return `aujourd’hui`, `hier`, `demain`, or the short date."""
    distance = (_as_day(value) - today()).days
    near = {-1: gettext("hier"), 0: gettext("aujourd’hui"), 1: gettext("demain")}
    return near.get(distance) or day(value)


def long_day(value: date | datetime) -> str:
    """Return `3 novembre 2026`."""
    return _first(format_date(_as_day(value), "d MMMM y", language()))


def weekday(value: date) -> str:
    """Return `samedi 28 novembre 2026`."""
    return f"{format_date(value, 'EEEE', language())} {long_day(value)}"


def hour(value: datetime) -> str:
    """Return `14 h 30` in French, `14:30` in English."""
    at = local(value)
    return f"{at.hour}\u00a0h\u00a0{at.minute:02}" if _french() else f"{at:%H:%M}"


def wall_clock(value: datetime) -> str:
    """Return `08:41:07`: a register counts seconds."""
    return f"{local(value):%H:%M:%S}"


def moment(value: datetime) -> str:
    """Return `aujourd’hui, 14 h 30` or `5 nov., 14 h 30`."""
    return f"{near_day(value)}, {hour(value)}"


def due(value: date) -> Due:
    """Return how a due date stands today, in words that need no colour."""
    distance = value - today()
    if distance.days < 0:
        late = -distance.days
        return Due("late", ngettext("En retard d’un jour", "En retard de %(num)d jours", late))
    if distance.days <= 1:
        return Due("soon", gettext("Demain") if distance.days else gettext("Aujourd’hui"))
    if distance < _SOON:
        return Due("soon", gettext("Dans %(days)d jours", days=distance.days))
    return Due("neutral", day(value))


def _as_day(value: date | datetime) -> date:
    return local(value).date() if isinstance(value, datetime) else value


def _french() -> bool:
    return language() == "fr"


def _first(words: str) -> str:
    """French says `1er novembre`, and Babel does not."""
    return f"1er{words[1:]}" if _french() and words.startswith("1 ") else words
