"""A town with cases on an instance as an operator has it, and two folders that copies go to."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final
from uuid import UUID

import pytest
from sqlalchemy import make_url, text

from casework.crypto import age
from casework.db.engine import Scope
from casework.identity import Reason, operator
from casework.operations.backups.copies import Copy
from casework.operations.backups.creating import create
from casework.operations.founding import NewCouncil, found
from casework.operations.home import keep_council, prepare
from casework.operations.instance import Instance, open_instance
from casework.operations.upgrading import upgrade_all
from casework.settings import Settings
from casework.stores import Edges
from tests.conftest import FILE_KEY, Address
from tests.fakes import CountingEntropy, FixedClock
from tests.gathering import JOB
from tests.integration.operations.conftest import Environment
from tests.postgres import OWNER, acting_as, new_database
from tests.town import COUNCIL, Town, people

ROOT: Final = operator(COUNCIL, "root")
_NOBODY: Final = UUID(int=0)


@dataclass(frozen=True)
class Kept:
    """An instance whose copies are kept, the town in it, and what opens the copies."""

    instance: Instance
    town: Town
    clock: FixedClock
    identity: str

    @property
    def settings(self) -> Settings:
        return self.instance.settings

    @property
    def edges(self) -> Edges:
        return self.instance.edges

    def copies(self) -> list[Copy]:
        """Make a copy of both databases."""
        return [one.copy for one in create(self.instance, ROOT).made]

    def forget(self, case_id: UUID) -> None:
        """Refuse a referral just sent, and erase it."""
        coordinator = self.town.who("coordination")
        self.instance.referrals.refuse(coordinator, Reason.DUTY, case_id, version=1)
        self.instance.retention.sweep(JOB)

    @property
    def folders(self) -> tuple[Path, Path]:
        backups = self.settings.backups
        assert backups is not None
        return backups.main, backups.keystore


@pytest.fixture
def kept(environment: Environment, tmp_path: Path) -> Iterator[Kept]:
    """Give the town, with one case that members follow."""
    identity, recipient = age.draw_identity()
    settings = Settings.from_environment(environment | _folders(tmp_path, recipient))
    instance = _founded(settings, Edges(FixedClock(), CountingEntropy()))
    clock = instance.edges.clock
    assert isinstance(clock, FixedClock)
    address = Address(settings.database_url, FILE_KEY)
    keystore = instance.stores.keystore_database
    yield Kept(
        instance, people(Town(instance, clock, address, keystore, _NOBODY, {}, {})), clock, identity
    )
    instance.close()


@contextmanager
def another_place(kept: Kept, request: pytest.FixtureRequest, folder: Path) -> Iterator[Settings]:
    """Give settings of the same home whose databases are somewhere else, and empty."""
    settings = kept.settings
    if settings.database_url.startswith("sqlite"):
        folder.mkdir(mode=0o700)
        yield replace(
            settings,
            database_url=f"sqlite:///{folder}/casework.db",
            keystore_url=f"sqlite:///{folder}/keys.db",
        )
        return
    server = request.getfixturevalue("postgres_server")
    with new_database(server) as main, new_database(server) as keystore:
        yield replace(
            settings,
            database_url=make_url(settings.database_url)
            .set(database=make_url(main).database)
            .render_as_string(hide_password=False),
            migration_url=acting_as(OWNER, main),
            keystore_url=acting_as(OWNER, keystore),
        )


def _folders(tmp_path: Path, recipient: str) -> Environment:
    folders = {"BACKUP_DIR": tmp_path / "copies", "KEYSTORE_BACKUP_DIR": tmp_path / "peppers"}
    for folder in folders.values():
        folder.mkdir()
    paths = {f"CASEWORK_{name}": str(folder) for name, folder in folders.items()}
    return {**paths, "CASEWORK_BACKUP_RECIPIENTS": recipient}


def _founded(settings: Settings, edges: Edges) -> Instance:
    prepare(settings, edges.entropy)
    upgrade_all(settings, edges, "root")
    keep_council(settings, COUNCIL)
    found(settings, edges, NewCouncil("Conseil inventé", {"67447": "Schiltigheim"}), "root")
    return open_instance(settings, edges)


def lines(instance: Instance) -> list[tuple[str, str]]:
    """Return the act and the outcome of every line of a register, in order."""
    with instance.stores.main.reading(Scope(COUNCIL, whole=True)) as session:
        found = session.execute(text("SELECT kind, outcome FROM audit_leaves ORDER BY seq"))
        return [(str(kind), str(outcome)) for kind, outcome in found]
