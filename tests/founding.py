"""The town, founded once in a process and on each database, then settled again from its rows.

Founding takes 43 units of work; a copy of what they left is the same town, ten times sooner. Where
both databases are files, the files are copied.
"""

from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass, replace
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


@dataclass(frozen=True)
class Foundation:
    """What founding left behind: both databases, the KEK, how far entropy had counted."""

    group_id: UUID
    bodies: dict[str, UUID]
    members: dict[str, UUID]
    main: Rows
    keystore: Rows
    files: Sequence[bytes]
    kek: bytes
    entropy: CountingEntropy
    extra: dict[str, UUID]


_known: Final[dict[str, Foundation]] = {}


More = Callable[[Town], dict[str, UUID]]
"""Founds something beside the town, and returns its ids, to be found in `Town.extra`."""


def settle(
    address: Address, folder: Path, keys: Address | None = None, more: More | None = None
) -> Town:
    """Give the town on an empty database, opened anew: no test is the one that founded it.

    Its key store is beside it, or at `keys`.
    """
    founded = f"{address.url.partition(':')[0]} {more.__name__ if more else ''}"
    if founded not in _known:
        town, entropy = found_town(address, folder, keys)
        extra = more(town) if more else {}
        known = _remembered(town, entropy, folder, extra)
        town.dispose()
        files = [place.read_bytes() for place in _places(address, folder, keys)]
        _known[founded] = replace(known, files=files)
        return _opened(_known[founded], address, folder, keys)
    _copy(_known[founded], address, folder, keys)
    return _opened(_known[founded], address, folder, keys)


def _remembered(
    town: Town, entropy: CountingEntropy, folder: Path, extra: dict[str, UUID]
) -> Foundation:
    return Foundation(
        group_id=town.group_id,
        bodies=town.bodies,
        members=town.members,
        main=rows_of(town.runtime.stores.main, Model.metadata),
        keystore=rows_of(town.keystore, KeyStoreModel.metadata),
        files=(),
        kek=(folder / KEK).read_bytes(),
        entropy=entropy,
        extra=extra,
    )


def _opened(known: Foundation, address: Address, folder: Path, keys: Address | None) -> Town:
    clock = FixedClock()
    edges = Edges(clock, copy(known.entropy))
    stores = open_stores(address, folder, edges, keys)
    runtime, keystore = Runtime(stores, edges, COUNCIL), stores.keystore_database
    people = dict(known.bodies), dict(known.members)
    return Town(runtime, clock, address, keystore, known.group_id, *people, dict(known.extra))


def _places(address: Address, folder: Path, keys: Address | None) -> Sequence[Path]:
    """Return the files of both databases, or none where one of them is no file beside the town."""
    if address.file_key is None or keys is not None:
        return ()
    return Path(address.url.removeprefix("sqlite:///")), folder / KEYSTORE


def _copy(known: Foundation, address: Address, folder: Path, keys: Address | None) -> None:
    kek = folder / KEK
    kek.touch(mode=0o600)
    kek.write_bytes(known.kek)
    places = _places(address, folder, keys)
    if places and known.files:
        for place, content in zip(places, known.files, strict=True):
            place.write_bytes(content)
        return
    stores = open_stores(address, folder, Edges(FixedClock(), copy(known.entropy)), keys)
    KeyStoreModel.metadata.create_all(stores.keystore_database.engine)
    for database, rows in (
        (stores.main, known.main),
        (stores.keystore_database, known.keystore),
    ):
        fill(database, rows)
        database.engine.dispose()


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
