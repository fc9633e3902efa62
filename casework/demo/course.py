"""Lays a case along the calendar: referral, meetings, decisions, information, end."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from casework.demo.draw import Draw
from casework.demo.shapes import Decision, State

_RHYTHM: Final = 28
_FRIDAY: Final = 4
_NOTICE: Final = 10
_REVIEW_EVERY: Final = 112
_SIX_MONTHS: Final = 182
_PUT_OFF: Final = 8  # how often, in a hundred cases, a first meeting has no time left

# Twenty cases in the order of their states: every state appears in any twenty that follow.
_TURNS: Final = (
    State.FOLLOWED,
    State.REFERRED,
    State.FOLLOWED,
    State.ACCEPTED,
    State.FOLLOWED,
    State.CLOSED,
    State.FOLLOWED,
    State.QUESTIONED,
    State.FOLLOWED,
    State.RESTRICTED_DUE,
    State.REFERRED,
    State.FOLLOWED,
    State.ACCEPTED,
    State.FOLLOWED,
    State.REVIEW_DUE,
    State.FOLLOWED,
    State.NOT_KEPT,
    State.REFERRED,
    State.CLOSED,
    State.ELIMINATION_DUE,
)

# Days before the anchor: of the referral for living cases, of the end for closed ones.
_OPENED: Final = {
    State.REFERRED: (1, 18),
    State.QUESTIONED: (8, 35),
    State.ACCEPTED: (12, 40),
    State.FOLLOWED: (75, 300),
    State.REVIEW_DUE: (330, 420),
    State.NOT_KEPT: (60, 110),
}
_ENDED: Final = {
    State.CLOSED: (5, 50),
    State.RESTRICTED_DUE: (95, 200),
    State.ELIMINATION_DUE: (1110, 1300),
}
_CLOSURES: Final = (
    *["objectives_met"] * 4,
    *["taken_over"] * 2,
    "moved",
    "refused",
    "no_news",
)


@dataclass(frozen=True, slots=True)
class Course:
    """The dates and decisions of a case."""

    state: State
    opened_on: date
    decisions: tuple[Decision, ...] = field(default=())
    informed_on: date | None = None
    closed_on: date | None = None
    closure: str | None = None

    @property
    def kept_on(self) -> date | None:
        """Say when the group took the case, if it did."""
        return next((one.on for one in self.decisions if one.code == "kept"), None)

    def last_day(self, anchor: date) -> date:
        """Return the last day on which something may have been written."""
        return self.closed_on or anchor


def state_of(index: int) -> State:
    """Return the state of the case `index`."""
    return _TURNS[index % len(_TURNS)]


def working(day: date) -> date:
    """Return `day`, or the Friday before a weekend."""
    return day - timedelta(days=max(0, day.weekday() - _FRIDAY))


def course(state: State, anchor: date, meeting_on: date, draw: Draw) -> Course:
    """Return the course of a case in a group that next meets on `meeting_on`."""
    if state in _ENDED:
        return _ended(state, anchor, meeting_on, draw)
    opened = working(anchor - timedelta(days=draw.between(*_OPENED[state])))
    if state is State.NOT_KEPT:
        met = _meeting_from(opened + timedelta(days=_NOTICE), meeting_on)
        code = "redirected" if draw.chance(50) else "not_kept"
        return Course(state, opened, (Decision(met, code, None),), closed_on=met)
    if state not in {State.FOLLOWED, State.REVIEW_DUE}:
        return Course(state, opened)
    until = anchor if state is State.FOLLOWED else opened
    decisions = _followed(opened, until, meeting_on, draw)
    informed = _informed(decisions, anchor, draw)
    return Course(state, opened, decisions, informed)


def _ended(state: State, anchor: date, meeting_on: date, draw: Draw) -> Course:
    ended = _meeting_before(anchor - timedelta(days=draw.between(*_ENDED[state])), meeting_on)
    opened = working(ended - timedelta(days=draw.between(120, 420)))
    decisions = _followed(opened, ended - timedelta(days=1), meeting_on, draw)
    return Course(
        state=state,
        opened_on=opened,
        decisions=(*decisions, Decision(ended, "closed", None)),
        informed_on=_informed(decisions, ended, draw),
        closed_on=ended,
        closure="age_limit" if draw.chance(12) else draw.pick(_CLOSURES),
    )


def _followed(opened: date, until: date, meeting_on: date, draw: Draw) -> tuple[Decision, ...]:
    """Return the decision to follow and the reviews, none after `until` but the first."""
    met = _meeting_from(opened + timedelta(days=_NOTICE), meeting_on)
    decisions = []
    if draw.chance(_PUT_OFF) and met + timedelta(days=2 * _RHYTHM) <= until:
        decisions.append(Decision(met, "postponed", None))
        met += timedelta(days=_RHYTHM)
    decisions.append(Decision(met, "kept", met + timedelta(days=_SIX_MONTHS)))
    while (met := met + timedelta(days=_REVIEW_EVERY)) <= until:
        decisions.append(Decision(met, "continued", met + timedelta(days=_SIX_MONTHS)))
    return tuple(decisions)


def _informed(decisions: tuple[Decision, ...], until: date, draw: Draw) -> date | None:
    """Return when the person was told: always before a review, not always before the first."""
    kept_on = next(one.on for one in decisions if one.code == "kept")
    told = working(kept_on + timedelta(days=draw.between(4, 24)))
    waits = decisions[-1].on == kept_on and draw.chance(30)
    return None if waits or told > until else told


def _meeting_from(day: date, meeting_on: date) -> date:
    return meeting_on - timedelta(days=(meeting_on - day).days // _RHYTHM * _RHYTHM)


def _meeting_before(day: date, meeting_on: date) -> date:
    return meeting_on - timedelta(days=-((day - meeting_on).days // _RHYTHM) * _RHYTHM)
