"""Several verify one register: what they find is what one finds, whatever happens to them."""

from multiprocessing import active_children

import pytest
from sqlalchemy import text

from casework.audit.actions import Act
from casework.audit.aside import Passage
from casework.audit.crew import crew
from casework.audit.entry import Entry
from casework.audit.faults import FaultKind, Verification
from casework.audit.verify import Extent
from casework.db.engine import Scope
from casework.identity import Reason
from tests.beside import Beside, beside
from tests.fakes_audit import id_of
from tests.postgres import broken_into
from tests.register import COUNCIL, Register, member

LINES = 200


@pytest.fixture
def register(register: Register) -> Register:
    """Give two hundred lines, some of which wrote rows."""
    for number in range(10):
        with register.ledger.begin(member(), Reason.DUTY) as work:
            for _ in range(19):
                work.record(Entry(Act.CASE_READ, id_of("case"), article="4"))
            work.record(Entry(Act.CONTRIBUTION_WRITTEN))
            work.digest("ledger_trials", id_of(f"row{number}"), "text_sealed", b"envelope")
    return register


def shared(register: Register, others: int) -> tuple[Verification, list[Beside]]:
    with beside(register, others) as helpers:
        return register.verify(None, helpers), helpers


def alter(register: Register, *statements: str) -> None:
    with broken_into(register.database) as owned, owned.writing(Scope(COUNCIL)) as session:
        for statement in statements:
            session.execute(text(statement))


def test_processes_of_their_own_find_what_one_finds(register: Register) -> None:
    alter(register, "UPDATE audit_leaves SET kind = 'case:named' WHERE seq IN (20, 170)")
    alter(register, "UPDATE row_digests SET digest = NULL WHERE seq = 139")
    alone = register.verify()
    register.database.engine.dispose()
    with crew(register.database, register.keyring, 2) as helpers:
        assert register.verify(None, helpers) == alone
    found = {(one.what, one.first) for one in alone.faults}
    assert {(FaultKind.LEAF_EDITED, 170), (FaultKind.DIGESTS_CHANGED, 139)} <= found


def test_what_a_process_that_died_should_have_done_is_done_without_it(register: Register) -> None:
    alone = register.verify()
    register.database.engine.dispose()
    before = set(active_children())
    with crew(register.database, register.keyring, 1) as helpers:
        (process,) = set(active_children()) - before
        process.kill()
        process.join()
        assert register.verify(None, helpers) == alone
    assert alone.clean


def test_each_does_its_part_and_what_they_find_is_taken(register: Register) -> None:
    result, helpers = shared(register, 3)
    assert (result.size, result.clean) == (LINES, True)
    spans = [one for helper in helpers for one in helper.answered if isinstance(one, Passage)]
    assert [passage.size for passage in spans] == [96, 144, 200]
    assert sum(len(passage.told) for passage in spans) > 0


def test_a_part_that_does_not_answer_is_done_again(register: Register) -> None:
    alter(register, "UPDATE audit_parts SET who_salt = NULL WHERE seq = 150")
    alone = register.verify()
    with beside(register, 1) as (helper,):
        helper.walk_lost = True
        assert register.verify(None, [helper]) == alone
    assert [fault.first for fault in alone.faults] == [150]


def test_lines_appended_meanwhile_are_seen_by_none_of_them(register: Register) -> None:
    with beside(register, 1) as (helper,):
        helper.before_walk = register.read
        result = register.verify(Extent(), [helper])
    assert (result.size, result.clean) == (LINES, True)
    assert register.verify().size == LINES + 1


def test_a_helper_that_sees_another_register_is_done_without(register: Register) -> None:
    with beside(register, 1) as (helper,):
        helper.begins_with = object()
        assert register.verify(None, [helper]).clean
    assert len(helper.answered) == 1


def test_nodes_hidden_where_a_helper_begins_hide_nothing(register: Register) -> None:
    for change in ("DELETE FROM audit_leaves WHERE seq IN (95, 96)",
                   "UPDATE audit_leaves SET nodes = leaf WHERE seq = 63",
                   "DELETE FROM audit_leaves WHERE seq BETWEEN 90 AND 199"):  # fmt: skip
        alter(register, change)
        assert shared(register, 1)[0] == shared(register, 3)[0] == register.verify()
