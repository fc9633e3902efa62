"""Everything a thief of the stores would hold: files as they lie, rows as a dump gives them."""

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import inspect

from casework.audit.gateway import RegisterGateway
from casework.audit.parts import open_part, stored_parts
from casework.db.engine import Database, Scope
from tests.postgres import broken_into
from tests.town import COUNCIL, Town

_LEAVES = 500


def files(home: Path) -> dict[str, bytes]:
    """Return every file under a folder by its name."""
    return {
        str(path.relative_to(home)): path.read_bytes()
        for path in sorted(home.rglob("*"))
        if path.is_file()
    }


def dump(database: Database) -> dict[str, bytes]:
    """Return every table with every value in it, decrypted as far as the file goes."""
    with broken_into(database) as owned, owned.engine.connect() as connection:
        return {
            name: b"\n".join(
                _plain(value)
                for row in connection.exec_driver_sql(f'SELECT * FROM "{name}"')
                for value in row
            )
            for name in inspect(owned.engine).get_table_names()
        }


def opened_leaves(town: Town) -> Iterator[bytes]:
    """Yield the parts of every leaf in clear, as the register's own keys open them."""
    keys = town.runtime.register_keys.of(COUNCIL)
    with town.runtime.stores.main.reading(Scope(COUNCIL, whole=True)) as session:
        for values in RegisterGateway(session, COUNCIL).leaves(_LEAVES):
            for part in stored_parts(values):
                yield open_part(keys, values, part) or b""


def _plain(value: object) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode()
