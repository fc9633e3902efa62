"""What the law lets be kept at most: no charter, setting or clock goes beyond."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from casework.charters.vocabulary import CaseKind
from casework.months import months_after


@dataclass(frozen=True, slots=True)
class Ceiling:
    """What no charter can exceed: months after closure, and for youths the 25th birthday."""

    months: int
    birthday: bool
    source: str


CEILINGS: Final[Mapping[CaseKind, Ceiling]] = MappingProxyType(
    {
        CaseKind.FOLLOWUP: Ceiling(36, birthday=True, source="CNIL 2014-262, art. 5"),
        CaseKind.FAMILY_COUNCIL: Ceiling(36, birthday=True, source="CNIL 2014-262, art. 1 et 5"),
        CaseKind.REMINDER: Ceiling(36, birthday=True, source="CNIL 2014-262, art. 5"),
        CaseKind.VICTIM: Ceiling(24, birthday=False, source="CNIL, référentiel du secteur social"),
    }
)
"""Limits of law note 9.1, in code: configuration cannot move them (CP art. 226-20)."""


def sealing_day(kind: CaseKind, closed_on: date, kept_months: int, ceiling_on: date) -> date:
    """Return when a closed case is sealed: charter, law or birthday, whichever comes first."""
    ceiling = CEILINGS[kind]
    ends = [months_after(closed_on, min(kept_months, ceiling.months))]
    return min([*ends, ceiling_on] if ceiling.birthday else ends)
