"""After somebody left: new epochs, everything sealed anew, old peppers gone, nothing lost."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from uuid import UUID

import pytest
from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from casework.audit.actions import Act
from casework.audit.entry import Entry
from casework.audit.verify import Extent, verify
from casework.cases.gateway.resealing import CaseContents
from casework.db import sight
from casework.db.types import Blob, Id
from casework.errors import Conflict
from casework.identity import Principal, Reason, service
from casework.keys.delivery import acting_organisation
from casework.keys.gateway import holding
from casework.keys.resealing import Cell
from casework.tables import MAIN
from tests.leaving import (
    LATER,
    WORDS,
    as_job,
    epochs,
    followed,
    keys_of,
    leave,
    opens,
    peppers,
    read,
    rekey,
    told,
    unname,
    waits,
)
from tests.postgres import broken_into
from tests.power import Power
from tests.queueing import PATIENCE, insist, let_queue
from tests.raw import raw
from tests.rewinding import another_process, cut_everywhere, rewinding
from tests.town import COUNCIL, Town

_SHARED = 2


def _verified(town: Town) -> bool:
    keys = town.runtime.register_keys.of(COUNCIL)
    return verify(town.runtime.stores.main, keys, COUNCIL, Extent(rows=True)).clean


def test_the_job_seals_everything_anew_and_everything_opens(town: Town) -> None:
    case_id = followed(town, "school")
    before = told(read(town, case_id))
    unname(town, case_id, "school")
    assert waits(town) == (_SHARED, 0)
    rekey(town)
    assert waits(town) == (0, 0)
    assert town.runtime.key_status.of(COUNCIL).epochs == {1: 1, 2: _SHARED}
    assert told(read(town, case_id)) == before
    assert opens(read(town, case_id, "street_work"))
    assert _verified(town)


def test_what_was_not_due_keeps_its_epoch(town: Town) -> None:
    case_id = followed(town, "school")
    unname(town, case_id, "school")
    rekey(town)
    # The origin's part was never the school's.
    assert epochs(town) == {1, 2}


def test_old_peppers_are_destroyed_by_the_next_pass(town: Town) -> None:
    case_id = followed(town, "school")
    unname(town, case_id, "school")
    rekey(town)
    assert sorted(epoch for _, epoch in peppers(town)) == [1, 1, 1, 2, 2]
    rekey(town)
    assert sorted(epoch for _, epoch in peppers(town)) == [1, 2, 2]
    assert opens(read(town, case_id))
    assert not town.runtime.stores.keystore.erased(COUNCIL)


def test_without_anybody_gone_the_job_writes_nothing(town: Town) -> None:
    followed(town, "school")
    rekey(town)
    assert waits(town) == (0, 0)
    assert epochs(town) == {1}


def test_a_writer_draws_what_is_due_and_the_job_finishes_it(town: Town) -> None:
    case_id = followed(town, "school")
    unname(town, case_id, "school")
    town.runtime.cases.contribute(town.who("coordination"), Reason.DUTY, case_id, LATER)
    assert waits(town) == (1, 1)
    rekey(town)
    assert waits(town) == (0, 0)
    said = [one.text for one in read(town, case_id).shared]
    assert sorted(map(str, said)) == sorted([LATER, WORDS])


def test_a_partner_admitted_later_reads_what_was_written_before(town: Town) -> None:
    case_id = followed(town, "school")
    unname(town, case_id, "school")
    town.runtime.cases.contribute(town.who("coordination"), Reason.DUTY, case_id, LATER)
    # Between two epochs: both travel.
    town.name(case_id, "mission")
    said = [one.text for one in read(town, case_id, "mission").shared]
    assert sorted(map(str, said)) == sorted([LATER, WORDS])
    rekey(town)
    assert [str(one.text) for one in read(town, case_id, "mission").shared]


def test_a_partner_named_again_reads_everything_again(town: Town) -> None:
    case_id = followed(town, "school")
    unname(town, case_id, "school")
    rekey(town)
    town.runtime.cases.contribute(town.who("coordination"), Reason.DUTY, case_id, LATER)
    town.name(case_id, "school")
    said = {str(one.text) for one in read(town, case_id, "school").shared}
    assert said == {LATER, WORDS}


def test_a_naming_that_ends_by_its_date_ends_the_keys(town: Town) -> None:
    case_id = followed(town)
    day = town.clock.now().date()
    town.name(case_id, "school", until=day)
    read(town, case_id, "school")
    rekey(town)
    assert keys_of(town, "school") == _SHARED
    town.clock.advance(days=1)
    rekey(town)
    assert keys_of(town, "school") == 0
    assert waits(town) == (0, 0)
    assert opens(read(town, case_id))


def test_whoever_referred_or_leads_keeps_the_keys(town: Town) -> None:
    case_id = followed(town, "street_work", "school")
    _lead(town, "school")
    for body in ("street_work", "school"):
        unname(town, case_id, body)
    rekey(town)
    assert epochs(town) == {1}
    assert [str(one.text) for one in read(town, case_id, "school").shared] == [WORDS]


def _lead(town: Town, body: str) -> None:
    lead = bindparam("lead", town.members[body], type_=Id)
    with broken_into(town.runtime.stores.main) as owned, owned.engine.begin() as connection:
        connection.execute(raw("UPDATE cases SET lead_id = :lead").bindparams(lead))


def test_a_value_altered_behind_our_back_stops_no_other(town: Town) -> None:
    case_id = followed(town, "school")
    other = followed(town, "school")
    _spoil(town, case_id)
    unname(town, case_id, "school")
    unname(town, other, "school")
    rekey(town)
    assert waits(town) == (0, 1)
    assert opens(read(town, other))
    rekey(town)
    assert waits(town) == (0, 1)


def _spoil(town: Town, case_id: UUID) -> None:
    chosen = bindparam("case", case_id, type_=Id)
    found = raw("SELECT text_sealed FROM contributions WHERE case_id = :case")
    change = raw("UPDATE contributions SET text_sealed = :bytes WHERE case_id = :case")
    with broken_into(town.runtime.stores.main) as owned, owned.engine.begin() as connection:
        sealed = bytes(connection.execute(found.bindparams(chosen)).scalar_one())
        altered = bindparam("bytes", sealed[:-1] + bytes([sealed[-1] ^ 1]), type_=Blob)
        connection.execute(change.bindparams(chosen, altered))


def test_a_value_that_changed_meanwhile_is_not_overwritten(town: Town) -> None:
    case_id = followed(town)
    with pytest.raises(Conflict):
        _replace_what_was_read(town, case_id, b"what was read")
    assert opens(read(town, case_id))


def _replace_what_was_read(town: Town, case_id: UUID, was: bytes) -> None:
    ledger, contents = town.runtime.ledger, CaseContents()
    with ledger.begin(as_job(town, "coordination"), Reason.OPERATION) as work:
        held = holding.held_by_case(work.session, acting_organisation(work), case_id)
        sheet = next(one for one in held if one.compartment_class == "sheet")
        row = _row_of(work.session, case_id)
        cell = Cell(sheet.compartment_id, "contributions", "text_sealed", row, was)
        contents.replace(work, [(cell, b"what would be written")])


def _row_of(session: Session, case_id: UUID) -> UUID:
    rows = MAIN.tables["contributions"]
    chosen = select(rows.c.id).where(rows.c.case_id == case_id).execution_options(**sight.SHUT)
    found: UUID = session.scalars(chosen).one()
    return found


def test_killed_at_any_statement_nothing_is_lost(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    case_id = followed(town, "school")
    before = told(read(town, case_id))
    unname(town, case_id, "school")
    power = Power(monkeypatch, town.runtime.stores.main, town.keystore)

    def recovers() -> None:
        assert told(read(town, case_id)) == before
        rekey(town)
        assert waits(town) == (0, 0)
        assert told(read(town, case_id)) == before
        rekey(town)
        assert sorted(epoch for _, epoch in peppers(town)) == [1, 2, 2]
        assert _verified(town)

    with rewinding(town) as rewinder:
        assert cut_everywhere(power, rewinder, lambda: _rekeyed(town), recovers) > 5
    recovers()


def _rekeyed(town: Town) -> None:
    """Run the regular job once, in a process that has just started."""
    job, worker = service(COUNCIL, "tick:rekey"), another_process(town, 10_000)
    worker.parting_sweep.run(job)
    worker.rekeying.run(job)


def test_a_writer_under_way_when_the_epoch_changes_loses_nothing(town: Town) -> None:
    case_id = followed(town, "school")
    sealing, left = Event(), Event()

    def write() -> None:
        runtime, who = town.runtime, town.who("coordination")
        with runtime.ledger.begin(who, Reason.DUTY) as work:
            sealer = runtime.writing.sheet(work, case_id)
            sealing.set()
            # Were nobody kept, the school would be gone by then, and the job through.
            let_queue(town.runtime.stores.main, left)
            runtime.writing.contribute(work, case_id, sealer, LATER)
            parts = (sealer.compartment_id,)
            work.record(Entry(Act.CONTRIBUTION_WRITTEN, case_id, compartments=parts))

    def part() -> None:
        assert sealing.wait(PATIENCE)
        insist(lambda: unname(town, case_id, "school"))
        insist(lambda: rekey(town))
        left.set()

    _together(write, part)
    rekey(town)
    assert waits(town) == (0, 0)
    assert {str(one.text) for one in read(town, case_id).shared} == {WORDS, LATER}


def test_two_workers_at_once_end_well(town: Town) -> None:
    cases = [followed(town, "school") for _ in range(6)]
    leave(town, "school")
    _together(lambda: rekey(town), lambda: rekey(town))
    rekey(town)
    assert waits(town) == (0, 0)
    assert all(opens(read(town, case_id)) for case_id in cases)
    assert _verified(town)


def test_members_write_while_the_job_runs(town: Town) -> None:
    cases = [followed(town, "school") for _ in range(4)]
    who = town.who("coordination")
    leave(town, "school")

    def write() -> None:
        for case_id in cases * 3:
            _contribute(town, who, case_id)

    _together(write, lambda: rekey(town))
    rekey(town)
    assert waits(town) == (0, 0)
    for case_id in cases:
        assert [str(one.text) for one in read(town, case_id).shared].count(LATER) == 3


def _contribute(town: Town, who: Principal, case_id: UUID) -> None:
    """Write as a page does: asked again when somebody was faster."""
    for _ in range(5):
        try:
            town.runtime.cases.contribute(who, Reason.DUTY, case_id, LATER)
        except Conflict:
            continue
        return


def _together(*tasks: Callable[[], None]) -> None:
    with ThreadPoolExecutor(len(tasks)) as pool:
        for done in [pool.submit(one) for one in tasks]:
            done.result(PATIENCE)
