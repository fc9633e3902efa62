"""A register old enough to be forgotten, in part or whole, and what forgets it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from uuid import UUID

from casework.audit.forgetting.claim import Claim
from casework.audit.forgetting.gateway import ForgettingGateway
from casework.audit.forgetting.policy import Terms
from casework.audit.forgetting.service import RegisterForgetting
from casework.audit.gateway import create_log
from casework.audit.ledger import Ledger
from casework.audit.ports import RegisterKeys
from casework.db.connect import connect
from casework.db.engine import Database, Scope
from casework.db.model import KeyStoreModel
from casework.identity import service
from casework.keys.keystore import KeyStore
from casework.keys.part_keys import MonthlyParts
from tests.conftest import FILE_KEY
from tests.fakes import CountingEntropy, FixedClock
from tests.fakes_audit import KeyedTags, SeededSigner
from tests.register import COUNCIL, Register

JOB: Final = service(COUNCIL, "tick:register-retention")
TERMS: Final = Terms(searchable=12, kept=36, article="15")
FIRST: Final = 100
SECOND: Final = 300
LONG_AGO: Final = datetime(2019, 3, 4, 8, 30, tzinfo=UTC)
"""Far enough from today: PostgreSQL has a clock of its own, and keeps what is young by that."""


class StoredKeyring:
    """Keys of one register; those of its months are in a key store, as in production."""

    def __init__(self, keystore: KeyStore, seed: int = 0) -> None:
        parts = MonthlyParts(keystore, COUNCIL, CountingEntropy(seed))
        self._keys = RegisterKeys(parts, KeyedTags(COUNCIL), SeededSigner(COUNCIL))

    def of(self, _: UUID) -> RegisterKeys:
        return self._keys


@dataclass(frozen=True)
class Aged:
    """A register, its key store, and the pass that forgets."""

    register: Register
    keystore: KeyStore
    keystore_database: Database

    def forgetting(self, terms: Terms = TERMS) -> RegisterForgetting:
        one = self.register
        return RegisterForgetting(
            one.database, one.ledger, one.keyring, self.keystore, lambda _: terms, one.clock
        )

    def forget(self, terms: Terms = TERMS) -> None:
        self.forgetting(terms).run(JOB)

    @contextmanager
    def looking(self) -> Iterator[ForgettingGateway]:
        with self.register.database.reading(Scope(COUNCIL, whole=True)) as session:
            yield ForgettingGateway(session, COUNCIL)

    def claim(self) -> Claim:
        with self.looking() as gateway:
            return gateway.claim(self.register.keys)

    def again(self, seed: int) -> "Aged":
        """Return what another process sees: nothing is remembered but what is stored."""
        one, keyring = self.register, StoredKeyring(self.keystore, seed)
        ledger = Ledger(one.database, keyring, one.clock, CountingEntropy(seed))
        fresh = Register(one.database, ledger, keyring, one.clock)
        return Aged(fresh, self.keystore, self.keystore_database)


@contextmanager
def aged(database: Database, folder: Path) -> Iterator[Aged]:
    """Give an empty register of long ago, with a key store beside it."""
    with database.writing(Scope(COUNCIL)) as session:
        create_log(session, COUNCIL)
    with joined(database, folder, FixedClock(LONG_AGO)) as made:
        KeyStoreModel.metadata.create_all(made.keystore_database.engine)
        yield made


@contextmanager
def joined(database: Database, folder: Path, clock: FixedClock, seed: int = 0) -> Iterator[Aged]:
    """Give a register that is there already."""
    keys = connect(f"sqlite:///{folder / 'keys.db'}", FILE_KEY)
    keystore = KeyStore(keys)
    keyring = StoredKeyring(keystore, seed)
    ledger = Ledger(database, keyring, clock, CountingEntropy(seed))
    yield Aged(Register(database, ledger, keyring, clock), keystore, keys)
    keys.engine.dispose()


def kept_in(folder: Path, template: Path) -> Database:
    """Return a new SQLite database in a folder, where it can be copied from."""
    shutil.copy(template, folder / "casework.db")
    return connect(f"sqlite:///{folder / 'casework.db'}", FILE_KEY)


@contextmanager
def copied(kept: Path, folder: Path, now: datetime) -> Iterator[Aged]:
    """Give a copy of a register kept in a folder, some time later."""
    for name in ("casework.db", "keys.db"):
        shutil.copy(kept / name, folder)
    database = connect(f"sqlite:///{folder / 'casework.db'}", FILE_KEY)
    with joined(database, folder, FixedClock(now), seed=99) as made:
        yield made
    database.engine.dispose()


@contextmanager
def chronicle(database: Database, folder: Path) -> Iterator[Aged]:
    """Give lines of March 2019, of May, and a few of January 2020."""
    with aged(database, folder) as made:
        write, clock = made.register.read_together, made.register.clock
        for count in (1, 64, FIRST - 65):
            write(count)
        clock.advance(days=60)
        write(SECOND)
        clock.advance(days=260)
        write(3)
        yield made


def until(old: Aged, *, years: float) -> None:
    """Move the clock to so many years after the first line."""
    clock = old.register.clock
    clock.advance(seconds=(LONG_AGO - clock.now()).total_seconds(), days=365.25 * years)


def horizons(old: Aged) -> tuple[int, int, int]:
    """Return below which numbers lines are gone, tell nobody, tell no object and no reason."""
    return old.claim().horizons[:3]
