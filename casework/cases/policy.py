"""Rules of cases that are pure arithmetic of dates: ages, ceilings, reviews, deadlines."""

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from casework.charters.vocabulary import CaseKind
from casework.errors import StepRefused
from casework.months import months_after

_CEILING_AGE: Final = 25

PLAYED: Final = frozenset({CaseKind.FOLLOWUP})
"""The procedures that `procedures/` plays: under the charters of others no case begins yet."""


def age_on(birth_date: date, day: date) -> int:
    """Return completed years on `day`."""
    before = (day.month, day.day) < (birth_date.month, birth_date.day)
    return day.year - birth_date.year - before


def ceiling(birth_date: date | None) -> date:
    """Return the first day of the quarter of the 25th birthday (AU-038 art. 5).

    The day itself, in clear, would be the date of birth; the quarter errs towards forgetting.
    """
    if birth_date is None:
        raise StepRefused("birth-date-missing", "CNIL 2014-262, art. 5")
    quarter = (birth_date.month - 1) // 3 * 3 + 1
    return date(birth_date.year + _CEILING_AGE, quarter, 1)


def check_age(birth_date: date | None, day: date, ages: tuple[int, int]) -> None:
    """Raise `StepRefused` unless the person is of the ages of the charter on `day`."""
    youngest, oldest = ages
    if birth_date is None:
        raise StepRefused("birth-date-missing", "CNIL 2014-262, art. 5")
    if not youngest <= age_on(birth_date, day) < oldest:
        raise StepRefused("age-outside", "CNIL 2014-262, art. 5")


def check_played(kind: CaseKind) -> None:
    """Raise `StepRefused` for a procedure whose steps the service does not know yet."""
    if kind not in PLAYED:
        raise StepRefused("procedure-absent")


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
