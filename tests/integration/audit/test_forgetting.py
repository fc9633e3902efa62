"""Lines come to their end on their day, in part and whole, and the register still proves itself."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.audit.actions import Act
from casework.audit.entry import Entry
from casework.audit.faults import FaultKind
from casework.audit.forgetting.policy import BLOCK, Terms
from casework.audit.forgetting.service import Dues
from casework.audit.lines import Asked, Slice
from casework.audit.proof import (
    consistency_proof,
    inclusion_proof,
    root_of,
    verify_consistency,
    verify_inclusion,
)
from casework.audit.service import RegisterService
from casework.audit.typed_reasons import TypedReasons
from casework.audit.verify import Extent
from casework.db.engine import Database
from casework.errors import AccessDenied, IntegrityFailure, StepRefused
from casework.identity import Reason
from casework.keys.part_keys import month_of
from tests.fakes import CountingEntropy
from tests.fakes_audit import id_of
from tests.forgetful import FIRST, JOB, LONG_AGO, SECOND, Aged, aged, chronicle, horizons, until
from tests.register import CASE, COUNCIL, dpo, member


@pytest.fixture
def old(database: Database, tmp_path: Path) -> Iterator[Aged]:
    with chronicle(database, tmp_path) as made:
        yield made


def sound(old: Aged) -> bool:
    """Say whether another process, which remembers nothing, verifies the register whole."""
    return old.again(7).register.verify(Extent(rows=True)).faults == ()


def test_what_and_why_go_after_the_searchable_months_and_who_stays(old: Aged) -> None:
    until(old, years=1.05)
    assert old.forgetting().run(JOB) == Dues(parts=FIRST, who=0, pruned=0, months=0)
    with old.looking() as gateway:
        leaves = list(gateway.leaves(FIRST + 1))
        case, marie = (
            old.register.keys.tags.tag(*one) for one in (("case", CASE), ("member", id_of("marie")))
        )
        of_the_case = gateway.page(Asked(), [case], Slice(count=1000))
        by_marie = gateway.page(Asked(), [marie], Slice(before=FIRST, count=FIRST))
    rest = {(one.what, one.what_salt, one.det, one.det_salt) for one in leaves[:-1]}
    assert rest == {(None,) * 4}
    assert None not in {one.who for one in leaves} | {leaves[-1].what, leaves[-1].det}
    assert min(one.seq for one in of_the_case) == FIRST
    assert len(by_marie) == FIRST
    assert sound(old)
    assert old.forgetting().run(JOB) == Dues(parts=0, who=0, pruned=0, months=0)


def test_a_line_whose_object_is_redacted_still_says_who_acted(old: Aged) -> None:
    until(old, years=1.05)
    old.forget()
    one = old.register
    typed = TypedReasons(one.keyring, one.clock, CountingEntropy())
    reading = RegisterService(one.database, one.ledger, one.keyring, one.clock, typed)
    officer = replace(dpo(), mandates=tuple(
        replace(mandate, from_on=LONG_AGO.date()) for mandate in dpo().mandates
    ))  # fmt: skip
    (line,) = reading.read(officer, Asked(), Slice(before=1)).lines
    assert (line.readable, line.member_id, line.case_id) == (False, id_of("marie"), None)


def test_who_goes_last_then_the_months_key_and_whole_blocks_of_lines(old: Aged) -> None:
    until(old, years=3.3)
    march, may = month_of(LONG_AGO), 201905
    old.register.read()
    assert {march, may} <= set(old.keystore.part_months(COUNCIL))
    foreseen = old.forgetting().preview(JOB)
    assert foreseen == Dues(parts=FIRST + SECOND + 3, who=FIRST + SECOND, pruned=BLOCK, months=2)
    assert old.forgetting().run(JOB) == foreseen
    assert horizons(old) == (BLOCK, FIRST + SECOND, FIRST + SECOND + 3)
    assert not {march, may} & set(old.keystore.part_months(COUNCIL))
    with old.looking() as gateway:
        (kept,) = gateway.leaves(BLOCK + 1)
        subjects = {one.seq for one in gateway.subjects(1000, (b"", None))}
    assert (kept.seq, kept.who, kept.who_salt) == (BLOCK, None, None)
    assert min(subjects) == FIRST + SECOND
    assert sound(old)
    verified = old.register.verify()
    assert (verified.first, verified.closed) == (BLOCK, 3 * (FIRST + SECOND - BLOCK) + 2 * 3)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=12)
@given(st.data())
def test_every_later_proof_verifies_as_if_nothing_had_gone(
    pruned: tuple[Aged, list[bytes]], chosen: st.DataObject
) -> None:
    old, leaves = pruned
    end = chosen.draw(st.integers(BLOCK + 1, len(leaves)))
    first = chosen.draw(st.integers(BLOCK, end))
    index = chosen.draw(st.integers(BLOCK, end - 1))
    root = defined(leaves[:end])
    with old.looking() as gateway:
        assert gateway.from_nodes(partial(root_of, end)) == root
        path = gateway.from_nodes(partial(inclusion_proof, index, end))
        assert verify_inclusion(leaves[index], (index, end), path, root)
        steps = gateway.from_nodes(partial(consistency_proof, first, end))
        assert verify_consistency((first, end), (defined(leaves[:first]), root), steps)
        with pytest.raises(IntegrityFailure):
            gateway.from_nodes(partial(inclusion_proof, index - BLOCK, end))


@pytest.fixture
def pruned(old: Aged) -> tuple[Aged, list[bytes]]:
    """Give a register whose first block is gone, and every leaf hash that it ever had."""
    with old.looking() as gateway:
        before = [one.leaf for one in gateway.leaves(BLOCK)]
    until(old, years=3.3)
    old.forget()
    old.register.read_together(70)
    with old.looking() as gateway:
        return old, before + [one.leaf for one in gateway.leaves(gateway.lines())]


def defined(leaves: Sequence[bytes]) -> bytes:
    """Return the root as RFC 6962, 2.1 defines it, from every leaf there ever was."""
    if len(leaves) == 1:
        return leaves[0]
    middle = 1 << (len(leaves) - 1).bit_length() - 1
    both = defined(leaves[:middle]) + defined(leaves[middle:])
    return hashlib.sha256(b"\1" + both).digest()


def value(old: Aged, row_id: UUID, sealed: bytes | None) -> None:
    """Record that a sealed value was written, or erased."""
    with old.register.ledger.begin(member(), Reason.DUTY) as work:
        work.record(Entry(Act.CONTRIBUTION_WRITTEN))
        work.digest("sealed_trials", row_id, "text_sealed", sealed)


def test_values_that_live_on_keep_a_line_and_erased_ones_drop_out(
    database: Database, tmp_path: Path
) -> None:
    living, rewritten, erased = (id_of(name) for name in ("living", "rewritten", "erased"))
    with aged(database, tmp_path) as old:
        for one in (living, rewritten, erased):
            value(old, one, b"first envelope")
        value(old, erased, None)
        old.register.read_together(BLOCK)
        until(old, years=3.3)
        value(old, rewritten, b"second envelope")
        old.forget()
        assert horizons(old)[0] == BLOCK
        with old.looking() as gateway:
            (attested,) = gateway.page(Asked(frozenset({Act.REGISTER_ATTESTED})), (), Slice())
            told = list(gateway.digests(gateway.lines()))
        faults = old.register.verify(Extent(rows=True)).faults
    assert [(seq, one.row_id) for seq, one in told] == [
        (BLOCK + 4, rewritten), (attested.seq, living)
    ]  # fmt: skip
    # No such table exists: both values are missed, by name, and the erased one is not.
    assert {(one.what, one.where.partition(":")[2]) for one in faults} == {
        (FaultKind.ROW_MISSING, str(living)), (FaultKind.ROW_MISSING, str(rewritten))
    }  # fmt: skip


def test_longer_terms_bring_nothing_back_and_make_nothing_a_fault(
    old: Aged,
) -> None:
    shorter, longer = Terms(searchable=6, kept=12), Terms(searchable=12, kept=36)
    until(old, years=0.9)
    old.forget(shorter)
    assert horizons(old) == (0, 0, FIRST + SECOND)
    until(old, years=1.05)
    old.forget(longer)
    assert horizons(old) == (0, 0, FIRST + SECOND)
    assert sound(old)
    until(old, years=2.5)
    old.forget(longer)
    assert horizons(old) == (0, 0, FIRST + SECOND + 5)
    assert sound(old)


def test_no_person_runs_it_and_no_clock_that_stands_before_the_register(old: Aged) -> None:
    until(old, years=2)
    with pytest.raises(AccessDenied):
        old.forgetting().run(dpo())
    old.register.read()
    old.register.clock.advance(days=-2)
    with pytest.raises(StepRefused):
        old.forget()
    assert horizons(old) == (0, 0, 0)


@pytest.mark.parametrize("days", [3650, -3650])
def test_a_clock_that_was_wrong_for_an_hour_takes_no_line_along_and_keeps_none_back(
    database: Database, tmp_path: Path, days: int
) -> None:
    with aged(database, tmp_path) as old:
        clock = old.register.clock
        old.register.read_together(5)
        clock.advance(days=days)
        old.register.read_together(3)
        clock.advance(days=-days)
        old.register.read_together(5)
        until(old, years=0.9)
        old.register.read_together(2)
        old.forget()
        assert horizons(old) == (0, 0, 0)
        until(old, years=1.1)
        old.forget()
        assert horizons(old) == (0, 0, 13)
        assert sound(old)


def test_rows_that_outlived_their_key_are_told_until_the_next_pass_redacts_them(old: Aged) -> None:
    """An old copy of the main database beside the key store of today."""
    until(old, years=3.3)
    old.keystore.destroy_part_keys(COUNCIL, [month_of(LONG_AGO)])
    restored = old.again(5)
    kinds = {one.what for one in restored.register.verify().faults}
    assert kinds == {FaultKind.PART_CLOSED}
    restored.forget()
    assert horizons(restored)[1] == FIRST + SECOND
    assert sound(restored)
