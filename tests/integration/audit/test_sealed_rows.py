"""Sealed values changed behind the register's back are found without any content key."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from sqlalchemy import Column, Executable, Insert, Table, Update, delete, insert, text, update

from casework.audit.actions import Act
from casework.audit.entry import Entry
from casework.audit.faults import FaultKind
from casework.audit.verify import Extent
from casework.db.engine import Scope
from casework.db.model import Model
from casework.db.types import Blob, Id
from casework.identity import Reason
from tests.fakes_audit import id_of
from tests.postgres import broken_into
from tests.register import COUNCIL, Register, member

ROWS = [id_of(name) for name in ("first", "second", "third")]


@pytest.fixture
def trials() -> Iterator[Table]:
    """Know of a table with a sealed column, for the length of one test."""
    columns = [Column("council_id", Id, primary_key=True), Column("id", Id, primary_key=True)]
    yield Table("sealed_trials", Model.metadata, *columns, Column("text_sealed", Blob))
    Model.metadata.remove(Model.metadata.tables["sealed_trials"])


@pytest.fixture
def notes(register: Register, trials: Table) -> Table:
    """Fill the table with three sealed values."""
    with broken_into(register.database) as taken, taken.engine.begin() as connection:
        trials.create(connection)
        if taken.on_postgresql:
            connection.execute(text("GRANT ALL ON sealed_trials TO PUBLIC"))
    for row_id in ROWS:
        seal(register, insert(trials).values(council_id=COUNCIL, id=row_id), row_id, b"envelope")
    assert register.verify(Extent(rows=True)).clean
    return trials


def seal(
    register: Register, statement: Insert | Update, row_id: UUID, envelope: bytes | None
) -> None:
    """Write a sealed value as a gateway does: the row, and its digest in the trail."""
    with register.ledger.begin(member(), Reason.DUTY) as work:
        work.session.execute(statement.values(text_sealed=envelope))
        work.digest("sealed_trials", row_id, "text_sealed", envelope)
        work.record(Entry(Act.CONTRIBUTION_WRITTEN))


def found(register: Register) -> list[tuple[FaultKind, int, str]]:
    faults = register.verify(Extent(rows=True)).faults
    return [(one.what, one.first, one.where) for one in faults]


def at(row: int, what: FaultKind, seq: int) -> list[tuple[FaultKind, int, str]]:
    return [(what, seq, f"sealed_trials.text_sealed:{ROWS[row]}")]


def behind(register: Register, statement: Executable) -> None:
    with broken_into(register.database) as owned, owned.writing(Scope(COUNCIL)) as session:
        session.execute(statement)


def test_a_changed_value_is_found(register: Register, notes: Table) -> None:
    second = update(notes).where(notes.c.id == ROWS[1])
    behind(register, second.values(text_sealed=b"older envelope"))
    assert found(register) == at(1, FaultKind.ROW_CHANGED, 1)


def test_a_value_put_back_to_an_older_one_is_found(register: Register, notes: Table) -> None:
    second = update(notes).where(notes.c.id == ROWS[1])
    seal(register, second, ROWS[1], b"newer envelope")
    assert found(register) == []
    behind(register, second.values(text_sealed=b"envelope"))
    assert found(register) == at(1, FaultKind.ROW_CHANGED, 3)


@pytest.mark.parametrize("way", ["row", "value"])
def test_a_lost_value_is_found(register: Register, notes: Table, way: str) -> None:
    third = notes.c.id == ROWS[2]
    row, value = delete(notes).where(third), update(notes).where(third).values(text_sealed=None)
    behind(register, row if way == "row" else value)
    assert found(register) == at(2, FaultKind.ROW_MISSING, 2)


def test_a_value_erased_on_time_is_no_fault_until_it_comes_back(
    register: Register, notes: Table
) -> None:
    first = update(notes).where(notes.c.id == ROWS[0])
    seal(register, first, ROWS[0], None)
    assert found(register) == []
    behind(register, first.values(text_sealed=b"envelope"))
    assert found(register) == at(0, FaultKind.ROW_CHANGED, 3)


def test_a_row_added_behind_the_register_is_found(register: Register, notes: Table) -> None:
    stranger = {"council_id": COUNCIL, "id": id_of("stranger"), "text_sealed": b"planted"}
    behind(register, insert(notes).values(**stranger))
    assert [what for what, _, _ in found(register)] == [FaultKind.ROW_CHANGED]
