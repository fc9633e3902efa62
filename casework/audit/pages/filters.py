"""The filters of the register's page, as the service understands them."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

from casework.audit.lines import Asked
from casework.audit.pages.names import Names
from casework.audit.words import ACTS_OF
from casework.web.dates import PARIS

NOBODY: Final = UUID(int=0)


def asked_by(given: Mapping[str, Any], names: Names) -> Asked:
    """Return which lines are wanted; a reference nobody knows finds none."""
    reference = given["situation"].upper()
    case_id = (names.case_of(reference) or NOBODY) if reference else None
    return Asked(
        acts=ACTS_OF.get(given["famille"], frozenset()),
        case_id=case_id,
        member_id=given["personne"],
        organisation_id=given["organisme"],
        since=_midnight(given["depuis"]),
        until=_midnight(given["jusqu_au"], timedelta(days=1)),
        lines=given["entrees"],
    )


def _midnight(day: date | None, later: timedelta = timedelta(0)) -> datetime | None:
    """Return when a French day begins."""
    return None if day is None else datetime.combine(day + later, time(), PARIS)
