"""A world written into a council: what it tells is what is read, and the register holds."""

from dataclasses import replace
from uuid import UUID

import pytest

from casework.audit.verify import Extent, verify
from casework.cases.orders import Asked
from casework.cases.procedures.steps import LIVING, REACHABLE
from casework.cases.values import CaseFile, CaseHead
from casework.demo.cast import Cast, assemble
from casework.demo.check.page import CheckFailed
from casework.demo.check.searching import refuse, rows_of
from casework.demo.disclosure import secrets_of
from casework.demo.loading import live
from casework.demo.shapes import Case, State, World
from casework.demo.taking_over import take_over
from casework.demo.workshop import Workshop
from casework.demo.world import build
from casework.identity import Reason
from casework.keys.cipher import Sealer
from casework.runtime import Runtime
from tests.integration.demo.conftest import CHARTER, Write, Written

REACHED = {State.FOLLOWED, State.REVIEW_DUE, State.ACCEPTED, State.CLOSED, State.RESTRICTED_DUE}


def few(count: int = 6) -> World:
    """Return the first cases of the small world: followed, waiting, taken, closed."""
    world = build("small")
    return replace(world, cases=world.cases[:count])


def lived(workshop: Workshop, world: World) -> Cast:
    with workshop.ledger as ledger:
        cast = assemble(workshop, world, CHARTER.read_text("utf-8"))
        ledger.commit()
        live(cast, world)
        cast.undertake()
    return cast


def taken_over(workshop: Workshop, world: World) -> Cast:
    with workshop.ledger as ledger:
        cast = assemble(workshop, world, CHARTER.read_text("utf-8"))
        ledger.commit()
        take_over(cast, world)
        cast.undertake()
    return cast


def everyday(written: Written) -> Runtime:
    """Return the ordinary services, with receipts, over what was written."""
    workshop = written.workshop
    return Runtime(workshop.stores, workshop.edges, workshop.council_id)


def heads(written: Written) -> list[CaseHead]:
    """Return what the coordinator's list shows, oldest first."""
    reader = written.cast.coordinator("secteur-nord")
    lines = everyday(written).cases.list_cases(reader, Reason.DUTY, Asked())
    return sorted((line.head for line in lines), key=lambda head: head.id)


def read(written: Written, case: Case) -> CaseFile:
    services, reader = everyday(written), written.cast.coordinator(case.group)
    for head in heads(written):
        if head.state in REACHABLE - LIVING:
            services.safeguards.stating.state(reader, Reason.DUTY, head.id, "Une raison inventée")
        file = services.cases.read(reader, Reason.DUTY, head.id)
        if file.subject is not None and file.subject.family_name == case.subject.family:
            return file
    raise LookupError(case.key)


def sound(written: Written) -> bool:
    workshop = written.workshop
    keys = workshop.register_keys.of(workshop.council_id)
    extent = Extent(rows=True)
    return verify(workshop.stores.main, keys, workshop.council_id, extent).clean


@pytest.mark.parametrize("tell", [lived, taken_over])
def test_a_case_reads_as_the_world_tells_it(write: Write, tell: object) -> None:
    written = write(few(), lived if tell is lived else taken_over)
    told = next(one for one in written.world.cases if one.actions and one.contributions)
    file = read(written, told)
    shared = {one.text for one in told.contributions if one.audience == "shared"}
    assert file.referral is not None
    assert (file.referral.fact, file.referral.words) == (told.fact, told.reporter_words)
    assert {one.text for one in file.shared} == shared
    assert {one.detail for one in file.actions} == {one.detail for one in told.actions}
    assert {one.due_on for one in file.actions} == {one.due_on for one in told.actions}
    assert {one.member_id for one in file.namings} == {
        written.cast.members[key] for key in told.named
    }


def test_a_case_lived_and_a_case_taken_over_come_to_the_same(write: Write) -> None:
    one, other = write(few(), lived), write(few(), taken_over)
    assert list(map(clear, heads(one))) == list(map(clear, heads(other)))


def test_the_same_world_is_written_the_same_way_twice(write: Write) -> None:
    one, other = write(few(3), lived), write(few(3), lived)
    assert list(map(clear, heads(one))) == list(map(clear, heads(other)))


def test_what_happened_is_dated_when_it_happened(write: Write) -> None:
    written = write(few(), lived)
    reached = [case for case in written.world.cases if case.state in REACHED]
    for case in reached:
        head = read(written, case).head
        assert (head.referred_on, head.closed_on) == (case.opened_on, case.closed_on)
        assert (head.informed_on, head.closure_reason) == (case.informed_on, case.closure)


@pytest.mark.parametrize("tell", [lived, taken_over])
def test_the_register_of_an_invented_past_verifies_with_every_sealed_value(
    write: Write, tell: object
) -> None:
    assert sound(write(few(), lived if tell is lived else taken_over))


@pytest.mark.parametrize("tell", [lived, taken_over])
def test_nothing_the_world_keeps_secret_stands_in_clear_in_a_row(
    write: Write, tell: object
) -> None:
    search(write(few(), lived if tell is lived else taken_over))


def test_the_search_finds_a_value_that_was_not_sealed(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    def in_clear(_self: Sealer, _cell: tuple[str, str, UUID], text: str, _step: int) -> bytes:
        return text.encode()

    monkeypatch.setattr(Sealer, "_seal", in_clear)
    with pytest.raises(CheckFailed):
        search(write(few(2), lived))


def search(written: Written) -> None:
    needles = [one.encode() for one in secrets_of(written.world)]
    stores = written.workshop.stores
    for database in (stores.main, stores.keystore_database):
        for name, values in rows_of(database):
            refuse(needles, values, name)


def clear(head: CaseHead) -> tuple[object, ...]:
    """Return what two writings of one world must agree on: everything but ids and versions."""
    return (
        head.state,
        head.reference,
        head.commune,
        head.referred_on,
        head.followed_on,
        head.review_by,
        head.informed_on,
        head.delay_reason,
        head.closed_on,
        head.closure_reason,
        head.due_on,
        head.ceiling_on,
        head.agenda_of,
    )
