"""The same moment again and again: a town put back to how it stood, and looked at from outside."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, insert, select, text

from casework.db.engine import Database
from casework.db.model import KeyStoreModel, Model
from casework.runtime import Edges, Runtime
from tests.fakes import CountingEntropy
from tests.founding import Rows, rows_in
from tests.postgres import broken_into
from tests.power import Power
from tests.town import COUNCIL, Town

_KEYS: Final = {
    "organisation_keys": ("organisation_id", "version", "revoked_at"),
    "organisation_seals": ("organisation_id", "version", "holder"),
    "compartments": ("id", "epoch", "due_since", "former_since"),
    "grants": ("organisation_id", "compartment_id", "epoch", "granter_id", "granter_version"),
    "rings": ("organisation_id", "compartment_id", "epoch", "version"),
    "organisations": ("id", "left_on"),
}
_PATIENCE: Final = 100
_AT_WORK: Final = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    " AND pid <> pg_backend_pid() AND xact_start IS NOT NULL"
)
Shape = tuple[frozenset[tuple[object, ...]], ...]
"""Who holds which key under which version; two moments of one shape differ in random bytes only."""


@dataclass(frozen=True)
class Moment:
    """Every row of both databases, at one time."""

    main: Rows
    keystore: Rows


@dataclass(frozen=True)
class Rewinder:
    """Whoever holds the machine: puts rows back, and sees them all."""

    main: Database
    keystore: Database

    def moment(self) -> Moment:
        """Return every row there is, once whoever was cut off holds no lock any more."""
        self._wait_for_the_dead()
        main = rows_in(self.main, Model.metadata)
        return Moment(main, rows_in(self.keystore, KeyStoreModel.metadata))

    def _wait_for_the_dead(self) -> None:
        """PostgreSQL ends a transaction when it notices that its client is gone: not at once."""
        for _ in range(_PATIENCE if self.main.on_postgresql else 0):
            with self.main.engine.connect() as connection:
                if not connection.execute(_AT_WORK).scalar_one():
                    return
            time.sleep(0.05)

    def put_back(self, moment: Moment, now: Moment | None = None) -> None:
        """Let both databases hold what they held then, and nothing else.

        `now` spares looking at what they hold.
        """
        now = now or self.moment()
        _put_back(self.main, now.main, moment.main)
        _put_back(self.keystore, now.keystore, moment.keystore)

    def shape(self) -> Shape:
        """Return who holds what now."""
        with self.main.engine.connect() as connection:
            found = []
            for name, columns in _KEYS.items():
                table = Model.metadata.tables[name]
                rows = connection.execute(select(*(table.c[one] for one in columns)))
                found.append(frozenset(tuple(row) for row in rows))
            return tuple(found)


def cut_everywhere(
    power: Power, rewinder: Rewinder, act: Callable[[], object], examine: Callable[[], None]
) -> int:
    """Cut an act at each step in turn, each time from this very moment; return the cuts.

    Only a commit leaves the databases otherwise than they were: behind each of them, what comes
    next is examined. Whoever acts draws the same random bytes each time, so that the same commits
    leave the same rows. In the end the act is done whole.
    """
    begun, cuts = rewinder.moment(), 0
    known: dict[int, Moment] = {}
    while power.cut(cuts, act):
        cuts += 1
        left = known.get(power.kept)
        if left is None:
            left = known[power.kept] = rewinder.moment()
            if list(known.values()).index(left) == len(known) - 1:
                examine()
                rewinder.put_back(begun)
                continue
        # PostgreSQL, which is cut at commits alone, is asked what it holds each time.
        rewinder.put_back(begun, None if rewinder.main.on_postgresql else left)
    return cuts


@contextmanager
def rewinding(town: Town) -> Iterator[Rewinder]:
    """Hold the machine for a block."""
    with broken_into(town.runtime.stores.main) as main, broken_into(town.keystore) as keystore:
        yield Rewinder(main, keystore)


def another_process(town: Town, seed: int) -> Runtime:
    """Return what another process would run on the same databases.

    Its charter is compiled, and the secrets of the instance, which never change here, unwrapped.
    """
    edges = Edges(town.clock, CountingEntropy(seed))
    runtime = Runtime(town.runtime.stores, edges, COUNCIL)
    runtime.__dict__ |= {"library": town.runtime.library, "secrets": town.runtime.secrets}
    return runtime


def _put_back(database: Database, now: Rows, then: Rows) -> None:
    kept, there = dict(then), dict(now)
    changed = [one for one in {**there, **kept} if there.get(one) != kept.get(one)]
    with database.engine.begin() as connection:
        _ask_nothing(connection)
        for table in changed:
            connection.execute(table.delete())
        for table in changed:
            if table in kept:
                connection.execute(insert(table), kept[table])


def _ask_nothing(connection: Connection) -> None:
    """Take rows in any order: they stood together before."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL session_replication_role = replica"))
    else:
        connection.execute(text("PRAGMA defer_foreign_keys = ON"))
