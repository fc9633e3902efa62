"""Puts copies back where nothing is, as they are, and brings them to this version of the code."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from casework.audit.actions import Act
from casework.audit.entry import Entry
from casework.crypto import age
from casework.db.connect import connect
from casework.errors import InvalidInput, Misconfigured
from casework.identity import Reason, operator
from casework.keys.checking import KeyFindings
from casework.keys.kek.file_keys import load_file_key
from casework.operations.backups import postgresql, sqlite
from casework.operations.backups.copies import Copy, copy_at, digest_of, told_why
from casework.operations.grants import owner_url
from casework.operations.home import file_of, make_folders
from casework.operations.instance import open_instance
from casework.operations.schema import Schema, applied
from casework.operations.upgrading import upgrade_all
from casework.settings import Settings
from casework.stores import Edges, Stores, open_stores


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back, and whether the two databases belong together; None while one lacks."""

    copies: tuple[Copy, ...]
    findings: KeyFindings | None


def restore(
    settings: Settings, edges: Edges, copies: Sequence[Copy], identity: str, by: str
) -> Restored:
    """Put back what was lost, end the sessions of then, record it once both databases are there.

    Raises `Misconfigured` where a database still is, or a key file lacks, `SealBroken` for a copy
    that this identity or these keys do not open. What was put back before a fault stays.
    """
    digests = {one.schema.value: digest_of(one.path) for one in copies}
    put_back(settings, edges, copies, identity)
    if not all(_is_there(settings, schema) for schema in Schema):
        return Restored(tuple(copies), None)
    upgrade_all(settings, edges, by)
    opened = open_instance(settings, edges)
    try:
        root = operator(opened.council_id, by)
        ended = opened.account_services.sessions.end_all()
        with opened.ledger.begin(root, Reason.OPERATION) as work:
            work.record(Entry(Act.BACKUP_RESTORED, detail={**digests, "sessions": ended}))
        return Restored(tuple(copies), opened.key_checking.examine(opened.council_id))
    finally:
        opened.close()


def put_back(settings: Settings, edges: Edges, copies: Sequence[Copy], identity: str) -> None:
    """Open each copy into its database: the key store first, since the other one needs it."""
    make_folders(settings)
    with open_stores(settings, edges) as stores:
        for one in sorted(copies, key=lambda one: one.schema is Schema.MAIN):
            with (
                told_why(one.schema),
                one.path.open("rb") as source,
                _place(settings, stores, one.schema) as target,
            ):
                age.unseal(source, target, identity)


def known_copies(paths: Sequence[Path]) -> list[Copy]:
    """Return the copies that files are. Raises `InvalidInput` for a name that is not ours."""
    found = [copy_at(path) for path in paths]
    unknown = [str(path) for path, one in zip(paths, found, strict=True) if one is None]
    if unknown:
        raise InvalidInput({"copy": [f"{path} has not the name of a copy" for path in unknown]})
    return [one for one in found if one is not None]


@contextmanager
def _place(settings: Settings, stores: Stores, schema: Schema) -> Iterator[IO[bytes]]:
    url = owner_url(settings, schema)
    if url.startswith("sqlite"):
        key = load_file_key(stores.provider, stores.key_path(f"{schema.value}.key"))
        with sqlite.put_back(file_of(url), key) as file:
            yield file
        return
    _require_empty(url, schema)
    with postgresql.put_back(url) as pipe:
        yield pipe


def _require_empty(url: str, schema: Schema) -> None:
    if _revision(url) is not None:
        raise Misconfigured([f"{schema.label} holds tables: name an empty one"])


def _revision(url: str) -> str | None:
    """Return where a database of PostgreSQL stands; None for an empty one."""
    database = connect(url)
    try:
        return applied(database)
    finally:
        database.engine.dispose()


def _is_there(settings: Settings, schema: Schema) -> bool:
    """Say whether a database is there, without making a file by asking."""
    url = owner_url(settings, schema)
    return file_of(url).exists() if url.startswith("sqlite") else _revision(url) is not None
