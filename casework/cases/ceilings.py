"""What the law lets be kept at most: no charter, setting or clock goes beyond."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from casework.charters.vocabulary import CaseKind
from casework.errors import StepRefused
from casework.months import months_after

_AGE: Final = 25
_MAJORITY: Final = 18
_QUARTER: Final = 3
_MONTHS_IN_YEAR: Final = 12


@dataclass(frozen=True, slots=True)
class Ceiling:
    """What no charter can exceed: months after closure, and for youths the 25th `birthday`.

    Without it, and for those who may be `adults`, no case outlives those months after it began.
    """

    months: int
    birthday: bool
    source: str
    adults: bool = False


CEILINGS: Final[Mapping[CaseKind, Ceiling]] = MappingProxyType(
    {
        CaseKind.FOLLOWUP: Ceiling(36, birthday=True, source="CNIL 2014-262, art. 5"),
        CaseKind.FAMILY_COUNCIL: Ceiling(36, birthday=True, source="CNIL 2014-262, art. 1 et 5"),
        CaseKind.REMINDER: Ceiling(36, birthday=True, source="CNIL 2014-262, art. 5", adults=True),
        CaseKind.VICTIM: Ceiling(24, birthday=False, source="CNIL, référentiel du secteur social"),
    }
)
"""Limits of law note 9.1, in code: configuration cannot move them (CP art. 226-20)."""


def sealing_day(kind: CaseKind, closed_on: date, kept_months: int, ceiling_on: date) -> date:
    """Return when a closed case is sealed: charter, law or birthday, whichever comes first."""
    longest = min(kept_months, CEILINGS[kind].months)
    return min(months_after(closed_on, longest), ceiling_on)


def ceiling(kind: CaseKind, births: tuple[date | None, ...], referred_on: date) -> date:
    """Return the day after which nothing of a case is kept, whatever happens.

    For youths the first day of the quarter of the 25th birthday (AU-038 art. 5), the earliest of
    several: the day itself, in clear, would be the date of birth; the quarter errs towards
    forgetting. For adults, and persons whose birth nobody knows, the longest time of the law
    counted from the referral. Raises `StepRefused` for a youth followed without a birth date.
    """
    law = CEILINGS[kind]
    if not law.birthday:
        return months_after(referred_on, law.months)
    ends = [_quarter(one, _AGE) for one in births if one is not None]
    youths = [end for end in ends if end > referred_on] if law.adults else ends
    if youths:
        return min(youths)
    if law.adults:
        return months_after(referred_on, law.months)
    raise StepRefused("birth-date-missing", law.source)


def may_be_minor(ceiling_on: date, today: date) -> bool:
    """Say whether a person of that ceiling may be under 18: until the end of the quarter, yes."""
    majority = months_after(ceiling_on, -_MONTHS_IN_YEAR * (_AGE - _MAJORITY))
    return today < months_after(majority, _QUARTER)


def may_be_adult(ceiling_on: date, today: date) -> bool:
    """Say whether a person of that ceiling may be 18: from the first day of the quarter, yes."""
    return today >= months_after(ceiling_on, -_MONTHS_IN_YEAR * (_AGE - _MAJORITY))


def _quarter(birth_date: date, age: int) -> date:
    month = (birth_date.month - 1) // _QUARTER * _QUARTER + 1
    return date(birth_date.year + age, month, 1)
