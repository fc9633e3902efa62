"""An old copy of either database is recognised by the other, told in a sentence, and mended."""

from uuid import UUID

import pytest
from sqlalchemy import text

from casework.audit.actions import Act
from casework.audit.entry import Entry
from casework.db.engine import Scope
from casework.entropy import new_id
from casework.errors import AccessDenied
from casework.identity import Reason, operator
from casework.keys.checking import FaultKind, KeyFault, KeyFindings
from tests.gathering import JOB, sweep
from tests.town import COUNCIL, Town

ROOT = operator(COUNCIL, "root")


def _found(town: Town) -> KeyFindings:
    return town.runtime.key_checking.verify(ROOT)


def _faults(town: Town) -> dict[FaultKind, int]:
    return {one.kind: one.count for one in _found(town).faults}


def _peppers(town: Town) -> dict[tuple[UUID, int], bytes]:
    store = town.runtime.stores.keystore
    return store.peppers(COUNCIL, store.held(COUNCIL))


def _refuse(town: Town, case_id: UUID) -> None:
    town.runtime.referrals.refuse(town.who("coordination"), Reason.DUTY, case_id, version=1)


def _in_keystore(town: Town, statement: str) -> None:
    with town.keystore.writing(Scope(COUNCIL)) as session:
        session.execute(text(statement))


def _kinds(town: Town) -> list[tuple[str, str]]:
    with town.runtime.stores.main.reading(Scope(COUNCIL, whole=True)) as session:
        found = session.execute(text("SELECT kind, outcome FROM audit_leaves ORDER BY seq"))
        return [(str(kind), str(outcome)) for kind, outcome in found]


def test_two_databases_of_the_same_day_belong_together(town: Town) -> None:
    town.refer()
    _refuse(town, town.refer())
    assert _found(town) == KeyFindings(living=3, peppers=3, dying=3, unused=0, faults=())
    sweep(town)
    assert _found(town) == KeyFindings(living=3, peppers=3, dying=0, unused=0, faults=())
    assert _kinds(town)[-1] == ("key:checked", "allowed")


def test_a_key_store_older_than_the_database_is_told_and_leaves_a_line(town: Town) -> None:
    town.refer()
    _in_keystore(town, "DELETE FROM peppers")
    assert _faults(town) == {FaultKind.MISSING: 3}
    assert "older than the main database" in str(KeyFault(FaultKind.MISSING, 3))
    assert _kinds(town)[-1] == ("key:checked", "failed")


def test_a_database_older_than_an_erasure_is_told_and_mended(town: Town) -> None:
    case_id = town.refer()
    keystore = town.runtime.stores.keystore
    keystore.destroy(COUNCIL, [one for one, _ in keystore.held(COUNCIL)], town.clock.now())
    assert _faults(town) == {FaultKind.RETURNED: 1}
    assert town.runtime.retention.repair(JOB) == 1
    assert _faults(town) == {}
    with pytest.raises(AccessDenied):
        town.runtime.cases.read(town.who("coordination"), Reason.DUTY, case_id)


def test_a_database_older_than_a_new_case_is_told(town: Town) -> None:
    town.refer()
    town.clock.advance(minutes=1)
    lost = new_id(town.clock, town.runtime.edges.entropy)
    town.runtime.stores.keystore.keep_peppers(COUNCIL, {(lost, 1): bytes(32)})
    assert _faults(town) == {FaultKind.AHEAD: 1}


def test_a_pepper_left_by_a_writing_cut_short_is_counted_and_is_no_fault(town: Town) -> None:
    left = new_id(town.clock, town.runtime.edges.entropy)
    town.runtime.stores.keystore.keep_peppers(COUNCIL, {(left, 1): bytes(32)})
    town.clock.advance(minutes=1)
    town.refer()
    found = _found(town)
    assert (found.unused, found.faults) == (1, ())


def test_peppers_that_an_old_key_store_brings_back_are_told_and_destroyed_again(
    town: Town,
) -> None:
    case_id = town.refer()
    old = _peppers(town)
    _refuse(town, case_id)
    sweep(town)
    _in_keystore(town, "DELETE FROM erasures")
    town.runtime.stores.keystore.keep_peppers(COUNCIL, old)
    town.clock.advance(days=3)
    assert _faults(town) == {FaultKind.REVIVED: 3}
    (before,) = town.runtime.retention.certificates(town.who("dpo"))
    assert town.runtime.retention.repair(JOB) == 1
    assert _faults(town) == {}
    (after,) = town.runtime.retention.certificates(town.who("dpo"))
    assert (after.backups_until - before.backups_until).days == 3
    assert town.runtime.retention.repair(JOB) == 0


def test_a_person_cannot_ask_for_the_check(town: Town) -> None:
    with pytest.raises(AccessDenied):
        town.runtime.key_checking.verify(town.who("dpo"))


def test_a_part_made_while_its_case_began_to_die_dies_with_it(town: Town) -> None:
    case_id = town.refer()
    with town.runtime.ledger.begin(JOB, Reason.OPERATION) as work:
        town.runtime.erasing.begin(work, [case_id])
    dying = town.runtime.erasing.unfinished(COUNCIL)
    _mark_one_as_living(town)
    assert town.runtime.erasing.unfinished(COUNCIL) == dying
    with town.runtime.ledger.begin(JOB, Reason.OPERATION) as work:
        late = {case_id: dying[case_id][1:]}
        assert town.runtime.erasing.confirm(work, late) == []
        assert len(town.runtime.erasing.confirm(work, dying)) == 1
        work.record(Entry(Act.CERTIFICATE_ISSUED))


def _mark_one_as_living(town: Town) -> None:
    with town.runtime.stores.main.writing(Scope(COUNCIL, whole=True)) as session:
        session.execute(
            text(
                "UPDATE compartments SET erasing_since = NULL"
                " WHERE id = (SELECT id FROM compartments ORDER BY id LIMIT 1)"
            )
        )
