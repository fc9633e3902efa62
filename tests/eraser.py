"""A key store without encryption, so that its files can be searched; and one to be killed in it."""

import os
import signal
import sys
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from sqlalchemy import QueuePool, create_engine, event
from sqlcipher3 import dbapi2 as sqlcipher

from casework.db import connect as opening
from casework.db.engine import Database
from casework.db.lock import WriterLock
from casework.keys import keystore
from casework.keys.keystore import KeyStore
from tests.fakes import FixedClock
from tests.town import COUNCIL

_IMPATIENT: Final = "PRAGMA busy_timeout = 50"


def in_clear(path: Path) -> Database:
    """Open a SQLite file as the service does, but for its key and its patience."""

    def open_file() -> Any:
        connection = sqlcipher.connect(str(path), isolation_level=None, check_same_thread=False)
        for pragma in (*opening._PRAGMAS, _IMPATIENT):
            connection.execute(pragma)
        return connection

    engine = create_engine(
        "sqlite+pysqlite://", module=sqlcipher, creator=open_file, poolclass=QueuePool
    )
    event.listen(engine, "begin", opening._begin)
    return Database(engine, WriterLock(path.with_suffix(".lock")))


def die(_: Database) -> None:
    """Stop as by a power cut: nothing is closed, nothing is cleaned."""
    os.kill(os.getpid(), signal.SIGKILL)


def main(path: str, *compartments: str) -> None:
    """Destroy peppers, and die once that is committed."""
    vars(keystore)["scrub"] = die
    dying = [UUID(one) for one in compartments]
    KeyStore(in_clear(Path(path))).destroy(COUNCIL, dying, FixedClock().now())


if __name__ == "__main__":
    main(*sys.argv[1:])
