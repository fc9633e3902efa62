"""Takes deleted bytes out of the files of a database, as far as the database lets us."""

from typing import Final

from sqlalchemy import Engine

from casework.db.engine import Database
from casework.errors import Unavailable

# FULL writes a table anew, in milliseconds for thousands of peppers. A plain VACUUM leaves most
# deleted bytes in the pages. A role that does not own the table is refused with a warning.
_CLEAN: Final = "VACUUM (FULL) peppers, part_keys, presences"


def scrub(database: Database) -> None:
    """Remove what deleted keys left; what PostgreSQL keeps all the same: docs/threats.md.

    Raises `Unavailable` while a reader keeps SQLite's log, or PostgreSQL's table, from it.
    """
    if database.on_postgresql:
        with database.glancing() as connection:
            connection.exec_driver_sql(_CLEAN)
    else:
        # Two at once would each be told that the other is in the way.
        with database.turn():
            _empty_log(database.engine)


def _empty_log(engine: Engine) -> None:
    """Copy the log into the file, whose freed pages `secure_delete` has zeroed, and empty it."""
    with engine.connect() as connection:
        driver = connection.connection.driver_connection
        if driver is None:
            raise Unavailable("the key store is closed")
        # Past SQLAlchemy, which would begin a transaction: a checkpoint inside one is refused.
        busy, *_ = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        raise Unavailable("somebody is reading the key store: its log still holds old bytes")
