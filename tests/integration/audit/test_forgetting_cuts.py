"""Forgetting cut short at every change and commit, raced, or refused: the next pass goes on."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Table, delete, insert, inspect, select

from casework.audit.actions import Act
from casework.audit.entry import Entry
from casework.audit.faults import FaultKind
from casework.audit.forgetting.policy import BLOCK
from casework.audit.verify import Extent
from casework.db.engine import Database, Scope
from casework.db.model import KeyStoreModel, Model
from casework.errors import Unavailable
from casework.identity import Reason
from casework.keys.part_keys import month_of
from tests.fakes_audit import id_of
from tests.forgetful import JOB, Aged, aged, horizons
from tests.postgres import broken_into
from tests.power import Power
from tests.register import COUNCIL, member

LINES = BLOCK + 2
ENDED = (BLOCK, LINES, LINES)
LOST = [FaultKind.ROW_MISSING]
"""The one sealed value of these registers stands in no table: it is missed, and nothing else is."""


@pytest.fixture
def old(database: Database, tmp_path: Path) -> Iterator[Aged]:
    """Give a block of lines and two more past their end; most of them tell nothing any more."""
    with aged(database, tmp_path) as made:
        one = made.register
        with one.ledger.begin(member(), Reason.DUTY) as work:
            work.record(Entry(Act.CONTRIBUTION_WRITTEN))
            work.digest("sealed_trials", id_of("row"), "text_sealed", b"envelope")
        one.read_together(BLOCK - 10)
        one.clock.advance(days=3 * 366 + 31)
        made.forget()
        with made.looking() as gateway:
            written = gateway.lines()
        one.read_together(LINES - written)
        one.clock.advance(days=3 * 366 + 31)
        one.read_together(1)
        yield made


def faults(old: Aged) -> list[FaultKind]:
    return [one.what for one in old.register.verify(Extent(rows=True)).faults]


def test_cut_anywhere_nothing_is_lost_that_stays_and_the_next_pass_ends_it(
    old: Aged, monkeypatch: pytest.MonkeyPatch
) -> None:
    power = Power(monkeypatch, old.register.database, old.keystore_database)
    # PostgreSQL commits what it reads too, and is slow: some of its cuts, all of SQLite's.
    stride = 7 if old.register.database.on_postgresql else 1
    with broken_into(old.register.database) as main:
        moment = [(one, _rows(one)) for one in (main, old.keystore_database)]
        cut, after = True, 0
        while cut:
            for database, rows in moment:
                _put_back(database, rows)
            cut = power.cut(after, old.again(1000 + after).forget)
            assert faults(old.again(1)) == LOST
            old.again(2000 + after).forget()
            assert (horizons(old), faults(old.again(1))) == (ENDED, LOST)
            assert old.keystore.part_months(COUNCIL) == [month_of(old.register.clock.now())]
            after += stride
    assert after > 20


_TABLES = ("audit_leaves", "audit_parts", "audit_subjects", "audit_heads", "audit_checkpoints",
           "audit_covers", "row_digests", "part_keys")  # fmt: skip
Rows = dict[Table, list[dict[str, Any]]]


def _rows(database: Database) -> Rows:
    """Return the rows of a register or of its key store."""
    known = {**Model.metadata.tables, **KeyStoreModel.metadata.tables}
    with database.engine.connect() as connection:
        here = set(inspect(connection).get_table_names())
        tables = [known[name] for name in _TABLES if name in here]
        return {one: [dict(row) for row in connection.execute(select(one)).mappings()]
                for one in tables}  # fmt: skip


def _put_back(database: Database, rows: Rows) -> None:
    with database.writing(Scope(COUNCIL)) as session:
        for table, values in rows.items():
            session.execute(delete(table))
            if values:
                session.execute(insert(table), values)


def test_two_passes_at_once_share_the_work_and_neither_fails(old: Aged) -> None:
    with ThreadPoolExecutor(2) as pool:
        done = [pool.submit(old.again(seed).forgetting().run, JOB) for seed in (5, 6)]
    assert sum(one.result().pruned for one in done) >= BLOCK
    assert (horizons(old), faults(old)) == (ENDED, LOST)


def test_a_key_store_that_cannot_be_cleaned_now_is_cleaned_by_the_next_pass(
    old: Aged, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("casework.keys.keystore.scrub", _busy)
    with pytest.raises(Unavailable):
        old.forget()
    cleaned: list[Database] = []
    monkeypatch.setattr("casework.keys.keystore.scrub", cleaned.append)
    old.forget()
    assert cleaned == [old.keystore_database]
    assert (horizons(old), faults(old)) == (ENDED, LOST)


def _busy(_: Database) -> None:
    raise Unavailable("somebody is reading the key store")
