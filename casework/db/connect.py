"""From a URL to a `Database`: SQLCipher files and PostgreSQL servers."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlcipher3 import dbapi2 as sqlcipher

from casework.db.driver import tell
from casework.db.engine import ALONE, SCOPE, WRITES, Database, scope_text
from casework.db.last import forget_last, say_last_at_commit
from casework.db.lock import WriterLock
from casework.errors import Misconfigured

# FULL: an acknowledged commit is on the disk. secure_delete: what is erased is overwritten.
_PRAGMAS: Final = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA busy_timeout = 4000",
    "PRAGMA cache_size = -65536",
    "PRAGMA temp_store = MEMORY",
)

# Last in, first out: the connection used last still holds its pages and prepared statements.
_POOL: Final[dict[str, Any]] = {"pool_size": 8, "max_overflow": 8, "pool_use_lifo": True}

# A lock that cannot be had becomes a clear refusal (503), as on SQLite, never a page that hangs.
_PATIENCE: Final = "-c lock_timeout=4000 -c idle_in_transaction_session_timeout=60000"
# Of several who wait for one row, `lock_timeout` counts anew for each place that they move up.
_BOUNDED: Final = "SET LOCAL statement_timeout = 4500"


def connect(url: str, file_key: bytes | None = None) -> Database:
    """Open a database; `file_key` (32 bytes) encrypts a SQLite file whole.

    Raises `Misconfigured` for a scheme we do not run on, or a file without a key.
    """
    parsed = make_url(url)
    if parsed.drivername == "postgresql+psycopg":
        return Database(_postgresql(parsed), None)
    if parsed.drivername == "sqlite" and parsed.database and file_key:
        path = Path(parsed.database)
        return Database(_sqlcipher(path, file_key), WriterLock(path.with_suffix(".lock")))
    raise Misconfigured(
        ["the database must be sqlite:///FILE with a key, or postgresql+psycopg://"]
    )


def _postgresql(url: URL) -> Engine:
    given = url.query.get("options", ())
    # The operator's own options come last, hence win; connect_args alone would drop them.
    options = " ".join((_PATIENCE, *((given,) if isinstance(given, str) else given)))
    # The driver begins nothing by itself: `_begin_on_postgresql` says all of it in one round trip.
    usual = {"connect_args": {"options": options}, "isolation_level": "AUTOCOMMIT"}
    engine = create_engine(url, **usual, **_POOL)
    event.listen(engine, "begin", _begin_on_postgresql)
    say_last_at_commit(engine.dialect)
    return engine


def _sqlcipher(path: Path, key: bytes) -> Engine:
    engine = create_engine(
        "sqlite+pysqlite://",
        module=sqlcipher,
        creator=_opener(path, key),
        poolclass=QueuePool,
        **_POOL,
    )
    event.listen(engine, "begin", _begin)
    return engine


def _opener(path: Path, key: bytes) -> Callable[[], Any]:
    def open_file() -> Any:
        connection = sqlcipher.connect(str(path), isolation_level=None, check_same_thread=False)
        # A raw key: SQLCipher's slow derivation is for passphrases, and this is none.
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        for pragma in _PRAGMAS:
            connection.execute(pragma)
        return connection

    return open_file


def _begin(connection: Connection) -> None:
    """Begin at the right strength: a deferred BEGIN that upgrades later fails at once."""
    options = connection.get_execution_options()
    if not options.get(ALONE):
        tell(connection, "BEGIN IMMEDIATE" if options.get(WRITES) else "BEGIN")


def _begin_on_postgresql(connection: Connection) -> None:
    """Begin, and say whose rows may be seen; a reading sees one snapshot and changes nothing.

    Who waits for a page is not kept waiting: a statement of theirs that changes ends in time.
    """
    forget_last(connection)
    options = connection.get_execution_options()
    if options.get(ALONE):
        return
    writes, scope = options.get(WRITES), options.get(SCOPE)
    said = ["BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY" if writes is False else "BEGIN"]
    if scope is not None:
        said.append(scope_text(scope))
        said += [_BOUNDED] if writes and not scope.whole else []
    tell(connection, ";".join(said))
