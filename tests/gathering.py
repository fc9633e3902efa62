"""The town around a table, and what time does to its cases: steps that tests take often."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import text

from casework.cases.agenda import MeetingDecision
from casework.clock import local_day
from casework.db import sight
from casework.db.engine import Scope
from casework.identity import Reason, service
from casework.retention.values import NewVisa, Overview, Preview
from tests.town import COUNCIL, Town

AROUND = ("school", "police", "street_work")
JOB = service(COUNCIL, "retention")


def today(town: Town) -> date:
    return local_day(town.clock.now())


def accepted(town: Town, **changed: Any) -> UUID:
    """Return a case that waits for its first meeting."""
    case_id = town.refer(**changed)
    town.follow(case_id)
    return case_id


def fact(town: Town, case_id: UUID, column: str) -> object:
    """Return a clear fact of a case as stored; None when there is no such case."""
    statement = text(f"SELECT {column} FROM cases WHERE id = :id").execution_options(**sight.SHUT)
    with town.runtime.stores.main.reading(Scope(COUNCIL, whole=True)) as session:
        return session.execute(statement, {"id": own_id(town, case_id)}).scalar()


def version(town: Town, case_id: UUID) -> int:
    found = fact(town, case_id, "version")
    assert isinstance(found, int)
    return found


def own_id(town: Town, value: UUID) -> object:
    """Return an id as the database of this test stores it."""
    return value if town.runtime.stores.main.on_postgresql else value.bytes


def rows(town: Town, table: str) -> int:
    """Return how many rows a table of the main database has."""
    with town.runtime.stores.main.reading(Scope(COUNCIL, whole=True)) as session:
        counted = text(f"SELECT count(*) FROM {table}").execution_options(**sight.SHUT)
        return int(session.execute(counted).scalar_one())


def open_meeting(town: Town, *cases: UUID, present: tuple[str, ...] = AROUND) -> UUID:
    """Prepare and open a meeting today on some cases, with members of some bodies."""
    coordinator, meetings = town.who("coordination"), town.runtime.meetings
    meeting_id = meetings.prepare(coordinator, town.group_id, today(town), list(cases))
    meetings.open(coordinator, meeting_id, version=1)
    for body in present:
        meetings.attend(coordinator, meeting_id, town.members[body], present=True)
    return meeting_id


def decide(town: Town, meeting_id: UUID, case_id: UUID, code: str, **more: Any) -> int | None:
    """Decide a case as the coordinator writes it down."""
    decision = MeetingDecision(
        case_id=case_id,
        version=version(town, case_id),
        code=code,
        **more,
    )
    return town.runtime.meetings.decide(town.who("coordination"), meeting_id, decision)


def keep(town: Town, case_id: UUID) -> UUID:
    """Hold a meeting that keeps a case, the street worker leading; return the meeting."""
    meeting_id = open_meeting(town, case_id)
    decide(town, meeting_id, case_id, "kept", lead_id=town.members["street_work"])
    town.runtime.meetings.close(town.who("coordination"), meeting_id, version=2)
    return meeting_id


def close(town: Town, case_id: UUID, why: str = "objectives_met") -> None:
    coordinator = town.who("coordination")
    town.runtime.cases.close(coordinator, Reason.DUTY, case_id, version(town, case_id), why)


def sweep(town: Town) -> Preview:
    return town.runtime.retention.sweep(JOB)


def wait(town: Town, *, until: object) -> None:
    """Move the clock to the morning of a day."""
    assert isinstance(until, str | date)
    day = date.fromisoformat(until) if isinstance(until, str) else until
    town.clock.advance(days=(day - today(town)) / timedelta(days=1))


def listed(town: Town, *cases: UUID) -> UUID:
    """Close cases, let their clock run out, and return the elimination list they are on."""
    for case_id in cases:
        close(town, case_id)
    wait(town, until=fact(town, cases[0], "due_on"))
    sweep(town)
    (found, *_) = town.runtime.retention.lists(town.who("archives"))
    return found.id


def visa(town: Town, list_id: UUID, count: int = 1, by: str = "archives") -> None:
    """Give the visa to a list that was seen with so many cases."""
    given = NewVisa("AD67-2027-042", count)
    town.runtime.retention.visa(town.who(by), list_id, given)


def overview(town: Town) -> Overview:
    """Return forgetting at a glance, as the officer sees it."""
    found = town.runtime.retention.watched(town.who("dpo"), whole=True).overview
    assert found is not None
    return found
