"""A sound register verifies, also while it grows and after its keys are gone."""

from functools import partial
from uuid import UUID

from casework.audit.actions import Act
from casework.audit.entry import Entry
from casework.audit.faults import FaultKind, FaultList
from casework.audit.gateway import RegisterGateway
from casework.audit.proof import (
    consistency_proof,
    inclusion_proof,
    root_of,
    verify_consistency,
    verify_inclusion,
)
from casework.audit.verify import Extent, verify
from casework.audit.walk import Walk
from casework.db.engine import Scope
from casework.identity import Reason
from tests.fakes_audit import MonthlyParts, id_of
from tests.register import COUNCIL, Register, member

ROW = id_of("row")


def note_digest(register: Register, envelope: bytes | None) -> None:
    """Record that a sealed value was written; no such table exists."""
    with register.ledger.begin(member(), Reason.DUTY) as work:
        work.record(Entry(Act.CONTRIBUTION_WRITTEN))
        work.digest("ledger_trials", ROW, "text_sealed", envelope)


def test_an_empty_register_is_sound(register: Register) -> None:
    result = register.verify()
    assert (result.size, result.clean) == (0, True)


def test_a_register_of_many_leaves_is_sound(register: Register) -> None:
    register.read(times=200)
    result = register.verify()
    assert (result.size, result.faults, result.closed) == (200, (), 0)
    assert result.signed > 128


def test_sound_lines_are_hashed_by_the_block_and_never_read_one_by_one(register: Register) -> None:
    note_digest(register, b"envelope")
    register.read_together(63)
    with register.database.reading(Scope(COUNCIL, whole=True)) as session:
        walk = Walk(FaultList())
        for block in RegisterGateway(session, COUNCIL).blocks(0, 64, 16, parts=False):
            found = walk.whole(block)
            assert found is not None
            walk.leap(found)
        head = RegisterGateway(session, COUNCIL).head()
    assert head is not None
    assert (walk.size, walk.root) == (64, head.root)


def test_without_the_keys_of_the_parts_the_tree_still_verifies(register: Register) -> None:
    register.read(times=70)
    assert register.verify(Extent(parts=False)).clean


def test_a_council_without_a_register_is_told(register: Register) -> None:
    nowhere = UUID(int=9)
    result = verify(register.database, register.keyring.of(nowhere), nowhere)
    assert [fault.what for fault in result.faults] == [FaultKind.NO_REGISTER]


def test_parts_whose_key_is_gone_before_its_day_are_counted_and_are_faults(
    register: Register,
) -> None:
    register.read(times=3)
    parts = register.keys.parts
    assert isinstance(parts, MonthlyParts)
    parts.destroyed.add("2026-11")
    result = register.verify()
    assert (result.closed, result.fault_count) == (9, 9)
    assert {fault.what for fault in result.faults} == {FaultKind.PART_CLOSED}


def test_a_checkpoint_kept_elsewhere_agrees(register: Register) -> None:
    register.read(times=66)
    with register.database.reading(Scope(COUNCIL)) as session:
        notes = [note.note for note in RegisterGateway(session, COUNCIL).notes(66)]
    register.read(times=5)
    assert register.verify(Extent(held=notes)).clean


def test_every_line_and_every_growth_is_proved_from_what_is_stored(register: Register) -> None:
    register.read(times=21)
    with register.database.reading(Scope(COUNCIL)) as session:
        gateway = RegisterGateway(session, COUNCIL)
        leaves = [values.leaf for values in gateway.leaves(21)]
        head = gateway.head()
        assert head is not None
        for index, hashed in enumerate(leaves):
            path = gateway.from_nodes(partial(inclusion_proof, index, 21))
            assert verify_inclusion(hashed, (index, 21), path, head.root)
        for first in range(1, 21):
            steps = gateway.from_nodes(partial(consistency_proof, first, 21))
            old = gateway.from_nodes(partial(root_of, first))
            assert verify_consistency((first, 21), (old, head.root), steps)


def test_a_digest_of_a_table_that_is_gone_is_a_lost_value(register: Register) -> None:
    note_digest(register, b"envelope")
    assert register.verify().clean
    faults = register.verify(Extent(rows=True)).faults
    assert [(fault.what, fault.first) for fault in faults] == [(FaultKind.ROW_MISSING, 0)]
    assert faults[0].where == f"ledger_trials.text_sealed:{ROW}"


def test_an_erased_value_is_not_missed(register: Register) -> None:
    note_digest(register, b"envelope")
    note_digest(register, None)
    assert register.verify(Extent(rows=True)).clean
