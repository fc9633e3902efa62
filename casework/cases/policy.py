"""Rules of cases that are pure arithmetic of dates: ages, ceilings, reviews, deadlines."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from casework.charters.vocabulary import CaseKind
from casework.errors import StepRefused
from casework.months import months_after


def age_on(birth_date: date, day: date) -> int:
    """Return completed years on `day`."""
    before = (day.month, day.day) < (birth_date.month, birth_date.day)
    return day.year - birth_date.year - before


def check_age(birth_date: date | None, day: date, ages: tuple[int, int]) -> None:
    """Raise `StepRefused` unless the person is of the ages of the charter on `day`."""
    youngest, oldest = ages
    if birth_date is None:
        raise StepRefused("birth-date-missing", "CNIL 2014-262, art. 5")
    if not youngest <= age_on(birth_date, day) < oldest:
        raise StepRefused("age-outside", "CNIL 2014-262, art. 5")


def stale_on(referred_on: date, review_by: date | None, review_months: int) -> date:
    """Return the day from which a case waits too long for a decision (law note 9.4, rule 15)."""
    return review_by or months_after(referred_on, review_months)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadlines:
    """The clocks of one group, as days that a sweep of `today` compares with, both included.

    A case ends when its review was due by `reviewed_by`, or, never decided, when it was referred
    by `referred_by`; it is sealed at the latest when closed by `closed_by`. It is flagged after
    so many `meetings`. `kept` says whether anything is kept after closure; `alert_on` is when a
    list without a visa is worth an alarm.
    """

    group_id: UUID
    kind: CaseKind
    article: str
    today: date
    reviewed_by: date
    referred_by: date
    closed_by: date
    alert_on: date
    meetings: int
    kept: bool
