"""Units of work on real databases: what is kept, what is not, and what a receipt is worth."""

from uuid import UUID

import pytest
from sqlalchemy import text

from casework.audit.actions import Act, Outcome
from casework.audit.entry import Entry
from casework.db.engine import Scope
from casework.errors import AccessDenied, AuditGap, IntegrityFailure
from casework.identity import Reason, operator, stranger
from tests.fakes_audit import id_of
from tests.register import CASE, COUNCIL, SHEET, Register, member

READ = Entry(Act.CASE_READ, CASE, (SHEET,), article="4")


def kinds(register: Register) -> list[tuple[str, str]]:
    """Return act and outcome of every leaf, in order."""
    with register.database.reading(Scope(COUNCIL)) as session:
        rows = session.execute(text("SELECT kind, outcome FROM audit_leaves ORDER BY seq"))
        return [(kind, outcome) for kind, outcome in rows]


def signed(register: Register) -> int:
    with register.database.reading(Scope(COUNCIL)) as session:
        return len(session.execute(text("SELECT size FROM audit_checkpoints")).all())


def test_a_reading_gives_a_receipt_for_what_it_named(register: Register) -> None:
    receipt = register.read()
    assert receipt.covers(SHEET)
    assert not receipt.covers(id_of("another compartment"))
    assert receipt.seqs == (0,)
    assert receipt.acts == {Act.CASE_READ}
    assert (receipt.council_id, receipt.member_id) == (COUNCIL, id_of("marie"))
    assert receipt.issued_at == register.clock.now()


@pytest.mark.parametrize("way", ["begin", "consult"])
def test_there_is_no_receipt_before_the_commit(register: Register, way: str) -> None:
    with getattr(register.ledger, way)(member(), Reason.DUTY) as work:
        work.record(READ)
        with pytest.raises(AuditGap):
            _ = work.receipt
    assert work.receipt.seqs == (0,)


@pytest.mark.parametrize("way", ["begin", "consult"])
def test_work_without_a_record_is_a_gap_and_leaves_no_trace(register: Register, way: str) -> None:
    with pytest.raises(AuditGap), getattr(register.ledger, way)(member(), Reason.DUTY) as work:
        pass
    with pytest.raises(AuditGap):
        _ = work.receipt
    assert kinds(register) == []


def test_nothing_is_done_outside_the_block(register: Register) -> None:
    with register.ledger.consult(member(), Reason.DUTY) as work:
        work.record(READ)
    with pytest.raises(AuditGap):
        _ = work.session
    with pytest.raises(AuditGap):
        work.record(READ)


def test_what_was_refused_gives_no_right_to_open(register: Register) -> None:
    with register.ledger.consult(member(), Reason.DUTY) as work:
        work.record(Entry(Act.CASE_READ, CASE, (SHEET,), outcome=Outcome.REFUSED))
    assert not work.receipt.covers(SHEET)
    assert work.receipt.acts == frozenset()


@pytest.mark.parametrize("way", ["begin", "consult"])
def test_a_refusal_survives_the_work_it_undoes(register: Register, way: str) -> None:
    denied = AccessDenied("case:read", "not_mandated", subject=str(CASE), article="5")
    works = []

    def refused() -> None:
        with getattr(register.ledger, way)(member(), Reason.DUTY) as work:
            works.append(work)
            work.record(READ)
            raise denied

    with pytest.raises(AccessDenied):
        refused()
    assert kinds(register) == [("access:refused", "refused")]
    with pytest.raises(AuditGap):
        _ = works[0].receipt
    assert register.verify().clean


def test_a_refusal_with_odd_words_is_recorded_without_them(register: Register) -> None:
    denied = AccessDenied("lire un dossier", "é", subject="Dupont", article="article « 4 »")
    with pytest.raises(AccessDenied), register.ledger.consult(member(), Reason.DUTY):
        raise denied
    assert kinds(register) == [("access:refused", "refused")]


def test_an_error_in_the_block_keeps_neither_change_nor_leaf(register: Register) -> None:
    def fails() -> float:
        with register.ledger.begin(member(), Reason.DUTY) as work:
            work.session.execute(text("UPDATE audit_heads SET signed_at = 7"))
            work.record(READ)
            return 1 / 0

    with pytest.raises(ZeroDivisionError):
        fails()
    with register.database.reading(Scope(COUNCIL)) as session:
        assert session.execute(text("SELECT signed_at FROM audit_heads")).scalar_one() == 0
    assert kinds(register) == []


def test_several_records_are_several_leaves_in_one_batch(register: Register) -> None:
    searched, shown = Entry(Act.CASE_SEARCHED), Entry(Act.CASE_LISTED, cases=(CASE,))
    with register.ledger.consult(member(), Reason.DUTY) as work:
        work.record(searched)
        work.record(shown)
    assert work.receipt.seqs == (0, 1)
    assert [kind for kind, _ in kinds(register)] == ["case:searched", "case:listed"]
    assert register.verify().clean


def test_a_large_batch_is_as_whole_as_a_small_one(register: Register) -> None:
    with register.ledger.begin(operator(COUNCIL, "tick"), Reason.OPERATION) as work:
        for number in range(150):
            work.record(Entry(Act.CASE_ERASED, id_of(str(number))))
            work.digest("cases", id_of(str(number)), "title_sealed", None)
    assert work.receipt.seqs == tuple(range(150))
    assert register.verify().clean


def test_strangers_and_operators_leave_a_trail_too(register: Register) -> None:
    refused = Entry(Act.SESSION_REFUSED, outcome=Outcome.REFUSED, detail={"method": "password"})
    with register.ledger.begin(stranger(COUNCIL), Reason.SIGN_IN) as work:
        work.record(refused)
    with register.ledger.begin(operator(COUNCIL, "m.weber"), Reason.OPERATION) as work:
        work.record(Entry(Act.DATABASE_UPGRADED))
    assert work.receipt.seqs == (1,)
    assert register.verify().clean


def test_a_checkpoint_is_signed_each_64_leaves(register: Register) -> None:
    register.read()
    assert signed(register) == 1
    register.read(times=63)
    assert signed(register) == 1
    register.read(times=2)
    assert signed(register) == 2
    assert register.verify().signed == 65


def test_a_checkpoint_is_signed_after_a_minute(register: Register) -> None:
    register.read(times=2)
    register.clock.advance(seconds=60)
    register.read()
    assert signed(register) == 2
    assert register.verify().signed == 3


def test_the_head_is_signed_on_demand_and_once(register: Register) -> None:
    register.read(times=3)
    assert register.ledger.checkpoint(COUNCIL) == 3
    assert register.ledger.checkpoint(COUNCIL) == 3
    assert signed(register) == 2
    assert register.verify().signed == 3


def test_a_clock_that_goes_back_changes_no_order(register: Register) -> None:
    register.read(times=2)
    register.clock.advance(days=-3)
    assert register.read().seqs == (2,)
    assert register.verify().clean


def test_a_council_without_a_register_opens_nothing(register: Register) -> None:
    elsewhere = stranger(UUID(int=7))
    with (
        pytest.raises(IntegrityFailure),
        register.ledger.consult(elsewhere, Reason.SIGN_IN) as work,
    ):
        work.record(Entry(Act.SESSION_REFUSED))


def test_the_sealed_values_written_are_bound_to_the_last_leaf(register: Register) -> None:
    with register.ledger.begin(member(), Reason.DUTY) as work:
        work.record(Entry(Act.CASE_READ, CASE))
        work.record(Entry(Act.CONTRIBUTION_WRITTEN, CASE, (SHEET,)))
        work.digest("contributions", id_of("row"), "text_sealed", b"envelope")
    with register.database.reading(Scope(COUNCIL)) as session:
        stored = session.execute(text("SELECT seq, table_name FROM row_digests")).all()
    assert [tuple(row) for row in stored] == [(1, "contributions")]
    assert register.verify().clean
