"""Makes a copy of both databases, and lets older ones end on their day."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

from casework.audit.actions import Act
from casework.audit.entry import Entry
from casework.crypto import age
from casework.errors import Misconfigured
from casework.identity import Principal, Reason
from casework.keys.kek.private_files import alone_in, settle, writing_private
from casework.operations.backups import postgresql, sqlite
from casework.operations.backups.copies import (
    Copy,
    begun_in,
    digest_of,
    folder_of,
    new_copy,
    told_why,
)
from casework.operations.backups.ending import end
from casework.operations.disk import require_room
from casework.operations.founding import councils
from casework.operations.grants import owner_url
from casework.operations.instance import Instance
from casework.operations.schema import Schema
from casework.settings import Settings
from casework.settings.values import Backups


@dataclass(frozen=True, slots=True)
class Made:
    """A copy just made: the SHA-256 of its file, and its size in bytes."""

    copy: Copy
    digest: str
    size: int


@dataclass(frozen=True, slots=True)
class Creation:
    """What one run made, in its order, and how many older copies it ended."""

    made: tuple[Made, ...]
    ended: int


def create(instance: Instance, who: Principal) -> Creation:
    """Copy the main database, then the key store; record both, then end what is too old.

    Raises `Misconfigured` without folders to copy to, `CopyFailed` when one is full or a database
    cannot be read.
    """
    backups = require_backups(instance.settings)
    _require_alone(instance)
    # What the copy shows of the register is signed to the end, and can be compared later.
    instance.ledger.checkpoint(instance.council_id)
    with told_why(Schema.MAIN), alone_in(backups.main):
        # One name for both: which copies belong together is seen, and they end together.
        made, now = [], instance.edges.clock.now()
        for schema in Schema:
            copy = new_copy(folder_of(backups, schema), schema, instance.council_id, now)
            with told_why(schema):
                made.append(_make(instance, backups, copy))
    with instance.ledger.begin(who, Reason.OPERATION) as work:
        work.record(Entry(Act.BACKUP_CREATED, detail={one.copy.schema: one.digest for one in made}))
    return Creation(tuple(made), end(instance, who))


def require_backups(settings: Settings) -> Backups:
    """Return where copies go. Raises `Misconfigured` when that is not set, or not there."""
    backups = settings.backups
    if backups is None:
        names = "CASEWORK_BACKUP_DIR, CASEWORK_KEYSTORE_BACKUP_DIR and CASEWORK_BACKUP_RECIPIENTS"
        raise Misconfigured([f"{names} are not set: where do copies go, and who opens them?"])
    if not all(map(age.is_recipient, backups.recipients)):
        raise Misconfigured(["CASEWORK_BACKUP_RECIPIENTS holds a key with a typing mistake"])
    missing = [one for one in (backups.main, backups.keystore) if not one.is_dir()]
    if missing:
        raise Misconfigured([f"{one} is not there: is its disk mounted?" for one in missing])
    return backups


def _require_alone(instance: Instance) -> None:
    """PostgreSQL's row-level security shows the rows of one council: a copy would lack others."""
    if set(councils(instance.stores.main)) != {instance.council_id}:
        raise Misconfigured(["the database holds other councils: copy it as its superuser"])


def _make(instance: Instance, backups: Backups, copy: Copy) -> Made:
    folder, begun = copy.path.parent, begun_in(backups, copy.schema, copy.council_id)
    begun.unlink(missing_ok=True)
    try:
        require_room(folder)
        with _bytes_of(instance, copy.schema) as source, writing_private(begun) as target:
            age.seal(source, target, backups.recipients)
        digest, size = digest_of(begun), begun.stat().st_size
        begun.replace(copy.path)
        settle(folder)
    finally:
        begun.unlink(missing_ok=True)
    return Made(copy, digest, size)


@contextmanager
def _bytes_of(instance: Instance, schema: Schema) -> Iterator[IO[bytes]]:
    stores, settings = instance.stores, instance.settings
    database = stores.main if schema is Schema.MAIN else stores.keystore_database
    if not database.on_postgresql:
        with sqlite.copied(database, settings.home / "run" / f"{schema.value}.copy") as file:
            yield file
        return
    with postgresql.copied(owner_url(settings, schema), instance.council_id) as stream:
        yield stream
