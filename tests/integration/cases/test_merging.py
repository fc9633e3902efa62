"""Two cases of one person: merged, read apart, ended together, and parted as they were."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import or_, select

from casework.audit.actions import Act
from casework.audit.lines import Asked
from casework.cases import orders
from casework.cases.searches import Search
from casework.charters.vocabulary import CharterAct
from casework.db import sight
from casework.db.engine import Scope
from casework.db.model import Model
from casework.errors import AccessDenied, Conflict, InvalidInput, StepRefused
from casework.identity import Reason, Role
from tests.gathering import (
    accepted,
    close,
    decide,
    fact,
    keep,
    open_meeting,
    sweep,
    today,
    version,
)
from tests.holders import colleague
from tests.scenery import MAILYS
from tests.staff import employ
from tests.town import COUNCIL, Town

COORDINATOR, WORKER = "coordination", "street_work"
LATER = replace(MAILYS, birth_date=date(2010, 9, 17))


@pytest.fixture
def pair(town: Town) -> tuple[UUID, UUID]:
    """A case followed with a school, and another of the same person, that a police named."""
    kept, other = accepted(town), accepted(town, persons=(LATER,))
    keep(town, kept)
    town.name(kept, "school")
    town.name(other, "police")
    return kept, other


def merge(town: Town, kept: UUID, other: UUID, by: str = COORDINATOR) -> None:
    who = town.who(by)
    town.runtime.lookups.merging.merge(who, Reason.DUTY, kept, version(town, kept), other)


def unmerge(town: Town, other: UUID, by: str = COORDINATOR) -> None:
    town.runtime.lookups.merging.unmerge(town.who(by), Reason.DUTY, other)


def dump(town: Town, *cases: UUID) -> list[str]:
    """Return every row of some cases, in every table, as text in one order."""
    with town.runtime.stores.main.reading(Scope(COUNCIL, whole=True)) as session:
        return sorted(_lines(session.connection(), cases))


def _lines(connection: Any, cases: tuple[UUID, ...]) -> Iterator[str]:
    for table in Model.metadata.sorted_tables:
        keys = [table.c[one] for one in ("case_id",) if one in table.c]
        keys += [table.c.id] if table.name == "cases" else []
        if keys:
            chosen = select(table).where(or_(*(one.in_(cases) for one in keys)))
            for row in connection.execute(chosen.execution_options(**sight.SHUT)):
                yield f"{table.name} {tuple(row)!r}"


def reads(town: Town, body: str, case_id: UUID) -> bool:
    try:
        return bool(town.runtime.cases.read(town.who(body), Reason.DUTY, case_id).persons)
    except AccessDenied:
        return False


def beside(town: Town, body: str, case_id: UUID) -> list[UUID]:
    who = town.who(body)
    head = town.runtime.cases.read(who, Reason.DUTY, case_id).head
    return [one.id for one in town.runtime.lookups.merging.beside(who, Reason.DUTY, head)]


def test_parted_again_both_are_byte_for_byte_what_they_were(
    town: Town, pair: tuple[UUID, UUID]
) -> None:
    before = dump(town, *pair)
    merge(town, *pair)
    merged = dump(town, *pair)
    changed = set(merged) - set(before)
    assert len(merged) == len(before)
    assert {one.split()[0] for one in changed} == {"cases"}
    for body in (COORDINATOR, "school", "police"):
        for case_id in pair:
            reads(town, body, case_id)
    unmerge(town, pair[1])
    assert dump(town, *pair) == before


def test_nobody_reads_through_a_merge_what_they_were_not_named_on(
    town: Town, pair: tuple[UUID, UUID]
) -> None:
    kept, other = pair
    bodies = (COORDINATOR, WORKER, "school", "police", "landlord")
    before = {(body, one): reads(town, body, one) for body in bodies for one in pair}
    assert (before["school", other], before["police", kept]) == (False, False)
    merge(town, kept, other)
    assert {(body, one): reads(town, body, one) for body in bodies for one in pair} == before
    assert beside(town, COORDINATOR, kept) == [other]
    assert beside(town, COORDINATOR, other) == [kept]
    assert beside(town, "school", kept) == beside(town, "police", other) == []


def test_the_second_is_read_and_written_on_no_more(town: Town, pair: tuple[UUID, UUID]) -> None:
    kept, other = pair
    merge(town, kept, other)
    cases, police = town.runtime.cases, town.who("police")
    coordinator = town.who(COORDINATOR)
    action = orders.NewAction(
        "school_contact", "", town.members["police"], town.bodies["police"], today(town)
    )
    for act in (
        lambda: cases.contribute(police, Reason.DUTY, other, "Un mot inventé."),
        lambda: cases.note(police, Reason.DUTY, other, "Un mot inventé."),
        lambda: town.runtime.actions.open(coordinator, Reason.DUTY, other, action),
        lambda: cases.inform(coordinator, Reason.DUTY, other, version(town, other), today(town)),
        lambda: cases.close(
            coordinator, Reason.DUTY, other, version(town, other), "objectives_met"
        ),
        lambda: town.runtime.referrals.refuse(
            coordinator, Reason.DUTY, other, version(town, other)
        ),
    ):
        with pytest.raises(StepRefused, match="merged"):
            act()
    may = cases.read(coordinator, Reason.DUTY, other).may
    assert may.isdisjoint({CharterAct.CONTRIBUTE, CharterAct.CLOSE, CharterAct.TRIAGE})
    cases.unname(coordinator, Reason.DUTY, other, town.members["police"])
    assert not reads(town, "police", other)
    cases.contribute(coordinator, Reason.DUTY, kept, "La suite inventée.")


def test_the_second_comes_to_no_meeting(town: Town, pair: tuple[UUID, UUID]) -> None:
    merge(town, *pair)
    with pytest.raises(InvalidInput):
        open_meeting(town, pair[1])
    open_meeting(town, pair[0])
    assert [bool(fact(town, one, "in_meeting")) for one in pair] == [True, False]


def test_only_the_coordination_merges_and_only_what_it_finds(
    town: Town, pair: tuple[UUID, UUID]
) -> None:
    for body in (WORKER, "school", "police", "landlord"):
        with pytest.raises(AccessDenied):
            merge(town, *pair, by=body)
    merge(town, *pair)
    for body in (WORKER, "school", "police", "landlord"):
        with pytest.raises(AccessDenied):
            unmerge(town, pair[1], by=body)


def test_what_may_not_be_merged_is_refused_with_its_reason(
    town: Town, pair: tuple[UUID, UUID]
) -> None:
    kept, other = pair
    referred, third = town.refer(), accepted(town)
    closed = accepted(town)
    close(town, closed)
    for case_id, code in ((kept, "other-group"), (referred, "under-way")):
        with pytest.raises(StepRefused, match=code):
            merge(town, kept, case_id)
    with pytest.raises(AccessDenied):
        merge(town, kept, closed)
    with pytest.raises(Conflict):
        town.runtime.lookups.merging.merge(town.who(COORDINATOR), Reason.DUTY, kept, 99, other)
    merge(town, kept, other)
    for first, second in ((kept, other), (other, third), (third, kept)):
        with pytest.raises(StepRefused, match="already"):
            merge(town, first, second)
    with pytest.raises(StepRefused, match="none"):
        unmerge(town, third)
    town.runtime.safeguards.protection.protect(town.who(COORDINATOR), Reason.DUTY, third)
    with pytest.raises(StepRefused, match="protected"):
        merge(town, kept, third)


def test_open_actions_and_an_agenda_come_first(town: Town, pair: tuple[UUID, UUID]) -> None:
    kept, other = pair
    coordinator = town.who(COORDINATOR)
    lead = town.members["police"], town.bodies["police"]
    action = orders.NewAction("school_contact", "", *lead, today(town))
    town.runtime.actions.open(coordinator, Reason.DUTY, other, action)
    with pytest.raises(StepRefused, match="busy"):
        merge(town, kept, other)
    third = accepted(town)
    open_meeting(town, third)
    with pytest.raises(StepRefused, match="busy"):
        merge(town, kept, third)


def test_a_link_keeps_its_case_from_who_coordinates_and_so_from_merging(
    town: Town, pair: tuple[UUID, UUID]
) -> None:
    colleague(employ(town), COORDINATOR, "second", Role.COORDINATOR)
    links = town.runtime.safeguards.links
    links.declare(town.who("second"), Reason.DUTY, pair[1])
    with pytest.raises(AccessDenied):
        merge(town, *pair, by="second")


def test_both_end_on_the_earlier_day_and_get_their_own_back(
    town: Town, pair: tuple[UUID, UUID]
) -> None:
    kept, other = pair
    days = [fact(town, one, "ceiling_on") for one in pair]
    assert days[0] < days[1]  # type: ignore[operator]
    third = accepted(town, persons=(replace(MAILYS, birth_date=date(2009, 2, 1)),))
    earliest = fact(town, third, "ceiling_on")
    merge(town, kept, other)
    merge(town, kept, third)
    assert {fact(town, one, "ceiling_on") for one in (kept, other, third)} == {earliest}
    unmerge(town, third)
    assert {fact(town, one, "ceiling_on") for one in pair} == {days[0]}
    unmerge(town, other)
    assert [fact(town, one, "ceiling_on") for one in pair] == days
    assert fact(town, third, "ceiling_on") == earliest


def test_the_second_is_over_with_the_first_and_not_before(
    town: Town, pair: tuple[UUID, UUID]
) -> None:
    kept, other = pair
    merge(town, kept, other)
    town.clock.advance(days=150)
    meeting_id = open_meeting(town, kept)
    town.runtime.cases.inform(
        town.who(COORDINATOR), Reason.DUTY, kept, version(town, kept), today(town)
    )
    decide(town, meeting_id, kept, "continued")
    town.clock.advance(days=60)
    sweep(town)
    assert fact(town, other, "state") == "accepted"
    close(town, kept)
    assert [fact(town, one, "state") for one in pair] == ["closed", "closed"]
    assert fact(town, kept, "due_on") == fact(town, other, "due_on")
    with pytest.raises(AccessDenied):
        unmerge(town, other)


def test_what_is_not_kept_takes_the_second_with_it(town: Town) -> None:
    kept, other = accepted(town), accepted(town)
    merge(town, kept, other)
    meeting_id = open_meeting(town, kept)
    decide(town, meeting_id, kept, "not_kept", why="out_of_scope")
    assert [fact(town, one, "state") for one in (kept, other)] == ["refused", "refused"]
    assert not [one for one in dump(town, kept, other) if one.startswith("persons")]


def test_a_merge_is_in_the_register_by_both_cases(town: Town, pair: tuple[UUID, UUID]) -> None:
    merge(town, *pair)
    unmerge(town, pair[1])
    acts = frozenset({Act.CASES_MERGED, Act.CASES_UNMERGED})
    for case_id in pair:
        asked = Asked(acts=acts, case_id=case_id)
        lines = town.runtime.register.read(town.who("dpo"), asked).lines
        assert [one.act for one in lines] == ["cases:unmerged", "cases:merged"]
        assert {one.detail["kept"] for one in lines} == {str(pair[0])}


def test_a_search_finds_both_and_tells_each_by_its_own_number(
    town: Town, pair: tuple[UUID, UUID]
) -> None:
    merge(town, *pair)
    asked = Search(town.group_id, "Zéphirinquois")
    answer = town.runtime.lookups.searches.search(town.who(COORDINATOR), Reason.DUTY, asked)
    assert {one.head.id: one.head.merged_into for one in answer.cases} == {
        pair[0]: None,
        pair[1]: pair[0],
    }
