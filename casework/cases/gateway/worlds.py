"""The cases and people of a group as sets of bits: what a change of its charter is counted on.

No id of a case leaves this module, and nothing sealed is looked at.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, or_, select, type_coerce
from sqlalchemy.orm import Session

from casework.cases.models import AdmissionRow, CaseRow, NamingRow
from casework.cases.procedures.steps import ARCHIVED, DECIDED, REACHABLE
from casework.charters.effects import Cases, LiveGroup, Seated
from casework.charters.facts import BIT, Fact, Standing
from casework.db import sight
from casework.db.engine import Database, Scope
from casework.db.types import Blob
from casework.identity import Role
from casework.partners import gateway as partners
from casework.partners.gateway.seats import seats_of
from casework.partners.values import Group, Organisation, Seat


@dataclass(frozen=True, slots=True)
class CaseWorlds:
    """Looks at whole groups, beyond what one organisation sees; gives back sets, for counting."""

    database: Database

    def under(self, council_id: UUID, charter_id: UUID, day: date) -> list[LiveGroup]:
        """Return every group under a text of a charter, as it is on a day."""
        with self.database.reading(Scope(council_id, whole=True)) as session:
            return [
                _group(session, council_id, one, day)
                for one in partners.groups(session, council_id)
                if one.charter_id == charter_id
            ]


def _group(session: Session, council_id: UUID, group: Group, day: date) -> LiveGroup:
    ask = session.connection().execute
    cases = ask(_cases(council_id, group.id)).all()
    place = {case.id: 1 << number for number, case in enumerate(cases)}
    territory = partners.territory(session, council_id, group.id)
    seats = seats_of(session, council_id, group, day)
    ties = (
        _by_id(_sets(ask(_namings(council_id, group.id, day)), place)),
        _by_id(_sets(((one.lead_id, one.id) for one in cases if one.lead_id), place)),
        _by_id(_sets(((one.referrer_id, one.id) for one in cases), place)),
    )
    communes = _sets(((one.commune, one.id) for one in cases), place)
    return LiveGroup(
        name=group.name,
        size=len(cases),
        alike=_sets(((_bits(one, territory), one.id) for one in cases), place),
        admitted=_by_id(_sets(ask(_admissions(council_id, group.id, day)), place)),
        own_commune=dict(_own_communes((one.organisation for one in seats), communes)),
        seated=tuple(_seated(one, ties) for one in seats),
    )


def _cases(council_id: UUID, group_id: UUID) -> Select[*tuple[Any, ...]]:
    row = CaseRow
    ids = (_stored(one) for one in (row.id, row.referrer_id, row.lead_id))
    return (
        select(
            *ids,
            row.state,
            row.commune,
            row.agenda_of.is_not(None).label("on_agenda"),
            row.in_meeting,
        )
        .where(row.council_id == council_id, row.group_id == group_id)
        .where(row.state.in_(sorted(REACHABLE)))
        .execution_options(**sight.CLEAR)
    )


def _admissions(council_id: UUID, group_id: UUID, day: date) -> Select[*tuple[Any, ...]]:
    row = AdmissionRow
    of_case = and_(CaseRow.council_id == row.council_id, CaseRow.id == row.case_id)
    return (
        select(_stored(row.organisation_id), _stored(row.case_id))
        .join(CaseRow, of_case)
        .where(row.council_id == council_id, CaseRow.group_id == group_id, _current(row, day))
        .execution_options(**sight.CLEAR)
    )


def _namings(council_id: UUID, group_id: UUID, day: date) -> Select[*tuple[Any, ...]]:
    row = NamingRow
    of_case = and_(CaseRow.council_id == row.council_id, CaseRow.id == row.case_id)
    return (
        select(_stored(row.member_id), _stored(row.case_id))
        .join(CaseRow, of_case)
        .where(row.council_id == council_id, CaseRow.group_id == group_id, _current(row, day))
        .execution_options(**sight.CLEAR)
    )


def _stored(column: Any) -> ColumnElement[Any]:
    """Read ids as the driver gives them: tens of thousands are only compared with one another."""
    return type_coerce(column, Blob()).label(column.key)


def _by_id(sets: Mapping[Any, Cases]) -> dict[UUID, Cases]:
    """Return sets by the ids of their keys, of which there are few."""
    return {one if isinstance(one, UUID) else UUID(bytes=one): cases for one, cases in sets.items()}


def _current(row: Any, day: date) -> ColumnElement[bool]:
    return and_(row.from_on <= day, or_(row.until_on.is_(None), row.until_on >= day))


def _bits(case: Any, territory: frozenset[str]) -> int:
    truths = {
        Fact.IN_TERRITORY: case.commune in territory,
        Fact.RESTRICTED: case.state in ARCHIVED,
        Fact.FOLLOWED: case.state in DECIDED,
        Fact.ON_AGENDA: case.on_agenda,
        Fact.IN_MEETING: case.in_meeting,
    }
    return sum(BIT[fact] for fact, true in truths.items() if true)


def _sets(pairs: Iterable[Any], place: Mapping[Any, Cases]) -> dict[Any, Cases]:
    """Return the cases of each key; those that are not there any more are left out."""
    found: defaultdict[Any, Cases] = defaultdict(int)
    for key, case_id in pairs:
        found[key] |= place.get(case_id, 0)
    return dict(found)


def _own_communes(
    bodies: Iterable[Organisation], communes: Mapping[str, Cases]
) -> Iterator[tuple[UUID, Cases]]:
    for body in bodies:
        if body.commune is not None:
            yield body.id, communes.get(body.commune, 0)


def _seated(seat: Seat, ties: tuple[Mapping[UUID, Cases], ...]) -> Seated:
    """Return somebody as engaged as they can be: the comparison is of texts, not of signatures."""
    named, lead, referrer = (one.get(seat.member_id, 0) for one in ties)
    standing = Standing(
        person=True,
        dpo=seat.holds(Role.DPO),
        archives_officer=seat.holds(Role.ARCHIVES),
        coordinator=seat.holds(Role.COORDINATOR),
        mandated=True,
        charter_signed=True,
        undertaking_signed=True,
        category=seat.organisation.category,
    )
    return Seated(seat.organisation.id, standing, named, lead, referrer)
