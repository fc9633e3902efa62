"""The town, founded once in a process and on each database, then settled again from its rows.

Founding takes 43 units of work; a copy of what they left is the same town, ten times sooner. So
it is for what tests found in it: a network, accounts, months of cases. Where both databases are
files, the files are copied.
"""

from collections.abc import Callable, Sequence
from copy import copy, deepcopy
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from sqlalchemy import MetaData, Table, insert, select

from casework.db import sight
from casework.db.engine import Database, Scope
from casework.db.model import KeyStoreModel, Model
from casework.runtime import Edges, Runtime
from tests.conftest import Address
from tests.fakes import CountingEntropy, FixedClock
from tests.postgres import broken_into
from tests.town import COUNCIL, KEK, KEYSTORE, Town, found_town, open_stores

Rows = Sequence[tuple[Table, Sequence[dict[str, Any]]]]
_WHOLE: Final = Scope(COUNCIL, whole=True)
_KEYS: Final = KeyStoreModel.metadata


@dataclass(frozen=True)
class Foundation:
    """What founding left behind: both databases, the KEK, how far clock and entropy had come."""

    group_id: UUID
    bodies: dict[str, UUID]
    members: dict[str, UUID]
    main: Rows
    keystore: Rows
    files: Sequence[bytes]
    kek: bytes
    now: datetime
    entropy: CountingEntropy
    extra: dict[str, Any]


More = Callable[[Town], object]
"""Founds something in the town; what is told of it besides rows stands in `Town.extra`."""
_known: Final[dict[tuple[str, ...], Foundation]] = {}


def settle(address: Address, folder: Path, *more: More, keys: Address | None = None) -> Town:
    """Give the town and more on an empty database, opened anew: no test is the one that founded it.

    Its key store is a file beside it, or at `keys`.
    """
    kind = "file" if address.file_key else "server", "apart" if keys else "beside"
    founded = (*kind, *(one.__name__ for one in more))
    if founded in _known:
        _copy(_known[founded], address, folder, keys)
    else:
        _known[founded] = _founded(address, folder, more, keys)
    return _opened(_known[founded], address, folder, keys)


def _founded(
    address: Address, folder: Path, more: Sequence[More], keys: Address | None
) -> Foundation:
    if more:
        town = settle(address, folder, *more[:-1], keys=keys)
        more[-1](town)
    else:
        town = found_town(address, folder, keys)
    files = _files(address, folder, keys)
    known = _remembered(town, folder, files)
    town.dispose()
    return replace(known, files=[one.read_bytes() for one in files])


def _remembered(town: Town, folder: Path, files: Sequence[Path]) -> Foundation:
    """Read what is in no file; the files are read when they are closed."""
    entropy, main = town.runtime.edges.entropy, town.runtime.stores.main
    assert isinstance(entropy, CountingEntropy)
    return Foundation(
        group_id=town.group_id,
        bodies=town.bodies,
        members=town.members,
        main=rows_of(main, Model.metadata) if main.on_postgresql else (),
        keystore=() if folder / KEYSTORE in files else rows_of(town.keystore, _KEYS),
        files=(),
        kek=(folder / KEK).read_bytes(),
        now=town.clock.now(),
        entropy=copy(entropy),
        extra=deepcopy(town.extra),
    )


def _opened(known: Foundation, address: Address, folder: Path, keys: Address | None) -> Town:
    clock = FixedClock(known.now)
    edges = Edges(clock, copy(known.entropy))
    stores = open_stores(address, folder, edges, keys)
    runtime, keystore = Runtime(stores, edges, COUNCIL), stores.keystore_database
    people = dict(known.bodies), dict(known.members)
    return Town(runtime, clock, address, keystore, known.group_id, *people, deepcopy(known.extra))


def _files(address: Address, folder: Path, keys: Address | None) -> Sequence[Path]:
    """Return the databases that are files."""
    main = [Path(address.url.removeprefix("sqlite:///"))] if address.file_key else []
    return [*main, *([] if keys else [folder / KEYSTORE])]


def _copy(known: Foundation, address: Address, folder: Path, keys: Address | None) -> None:
    kek = folder / KEK
    kek.touch(mode=0o600)
    kek.write_bytes(known.kek)
    for place, content in zip(_files(address, folder, keys), known.files, strict=True):
        place.write_bytes(content)
    if keys:
        apart = keys.connect()
        _KEYS.create_all(apart.engine)
        fill(apart, known.keystore)
        apart.engine.dispose()
    if not address.file_key:
        main = address.connect()
        fill(main, known.main)
        main.engine.dispose()


def rows_of(database: Database, tables: MetaData) -> Rows:
    """Return every row there is, table by table, those that others refer to first."""
    with broken_into(database) as opened:
        return rows_in(opened, tables)


def rows_in(opened: Database, tables: MetaData) -> Rows:
    """Return the same of a database that withholds no row from us."""
    kept = []
    with opened.reading(_WHOLE) as session:
        for table in tables.sorted_tables:
            every = select(table).order_by(*table.primary_key).execution_options(**sight.SHUT)
            found = session.execute(every).mappings()
            kept.append((table, [dict(row) for row in found]))
    return [(table, rows) for table, rows in kept if rows]


def fill(database: Database, rows: Rows) -> None:
    """Put the rows back as whoever holds the machine: the walls are for the tests themselves."""
    with broken_into(database) as opened, opened.writing(_WHOLE) as session:
        for table, values in rows:
            session.execute(insert(table), values)
