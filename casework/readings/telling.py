"""From opened lines of the register to what is told of them."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from uuid import UUID

from casework.audit.lines import Line
from casework.cases.relations import REPRESENTING
from casework.cases.values import TracedCase
from casework.clock import local_day
from casework.errors import InvalidInput
from casework.readings.policy import Masked
from casework.readings.values import ReportLine, Whom
from casework.sentences import N_


def tellable(lines: Iterable[Line], masked: Masked) -> tuple[Line, ...]:
    """Return the readings that tell nothing of who referred."""
    return tuple(one for one in lines if not masked.hides(one.member_id, day_of(one)))


def compartment_of(case: TracedCase, whom: Whom) -> UUID | None:
    """Return the part whose opening shows a person; None for the one whom the case is about.

    All of the case concerns that one; a representative, only their own identity. Raises
    `InvalidInput` where the case knows no such person.
    """
    if whom is Whom.SUBJECT:
        return None
    others = [one for one in case.persons if one.relation in REPRESENTING]
    place = (Whom.REPRESENTATIVE_1, Whom.REPRESENTATIVE_2).index(whom)
    if place >= len(others):
        raise InvalidInput({"whom": [N_("Cette situation ne connaît pas cette personne.")]})
    return others[place].compartment_id


def report_lines(
    lines: Iterable[Line], told: Callable[[Line], bool], *, names: bool
) -> tuple[ReportLine, ...]:
    """Return the readings told, one line for those of a day that are alike, oldest first.

    Bodies and days answer the person; hours would time the work of those who helped them.
    """
    counted = Counter(
        _alike(one, names=names) for one in lines if one.organisation_id and told(one)
    )
    ordered = sorted(counted.items(), key=lambda pair: tuple(map(str, pair[0])))
    return tuple(
        ReportLine(on, body, act, reason, count, member)
        for (on, body, member, act, reason), count in ordered
    )


def _alike(line: Line, *, names: bool) -> tuple[date, UUID, UUID | None, str, str]:
    member = line.member_id if names else None
    body = line.organisation_id
    if body is None:
        raise ValueError("a reading of nobody's")
    return (day_of(line), body, member, line.act, line.reason)


def day_of(line: Line) -> date:
    """Return the day of a reading, where the towns are."""
    return local_day(line.at)
