"""One PostgreSQL database that test after test finds empty: emptying it is ten times sooner.

What a test may have done beyond writing rows (a table renamed, a policy dropped) shows in the
catalogue; then, and once in a while for the sake of dead rows, the database is made anew.
"""

from dataclasses import dataclass
from typing import Final

from psycopg import Connection, connect
from psycopg.rows import TupleRow
from sqlalchemy import make_url

from tests.postgres import OWNER, administer
from tests.spares import Spares

TESTS_BEFORE_ANEW: Final = 25
_OTHERS_OUT = """
    SELECT pg_terminate_backend(pid, 1000) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND pid <> ALL(%s)
"""
_SHAPE = """
    SELECT md5(string_agg(line, ',' ORDER BY line)) FROM (
        SELECT concat_ws(' ', oid, relname, relacl, relrowsecurity, relforcerowsecurity)
        FROM pg_class WHERE relnamespace = 'public'::regnamespace
        UNION ALL SELECT concat_ws(' ', attrelid, attname, atttypid, attnotnull)
        FROM pg_attribute JOIN pg_class ON attrelid = pg_class.oid
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
        UNION ALL SELECT concat_ws(' ', polrelid, polname, polcmd, polqual, polwithcheck)
        FROM pg_policy
        UNION ALL SELECT concat_ws(' ', oid, proname, prosrc, provolatile, proacl)
        FROM pg_proc WHERE pronamespace = 'public'::regnamespace
        UNION ALL SELECT concat_ws(' ', setdatabase, setrole, setconfig)
        FROM pg_db_role_setting
        UNION ALL SELECT version_num FROM alembic_version
    ) AS catalogue (line)
"""
_EMPTY = """
    DO $$ DECLARE one regclass; BEGIN
        SET LOCAL session_replication_role = replica;
        FOR one IN SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace
            AND relkind = 'r' AND relname <> 'alembic_version' AND pg_relation_size(oid) > 0
        LOOP EXECUTE 'DELETE FROM ' || one; END LOOP;
    END $$
"""


@dataclass
class ReusedDatabase:
    """A copy of `template` on `server`; between two `given` only spares are connected to it."""

    server: str
    template: str
    name: str
    spares: Spares
    _shape: str | None = None
    _uses: int = 0

    def __post_init__(self) -> None:
        """Have what is connected to it kept."""
        self.spares.keep_for(self.name)

    def given(self) -> str:
        """Return the URL of the database with every table and no row."""
        if self._shape is None or self._uses >= TESTS_BEFORE_ANEW or not self._emptied():
            self._make()
        self._uses += 1
        return f"{self.server}/{self.name}"

    def drop(self) -> None:
        """Remove the database."""
        self.spares.close()
        administer(self.server, f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")

    def _make(self) -> None:
        self.drop()
        made = f"CREATE DATABASE {self.name} TEMPLATE {self.template} OWNER {OWNER}"
        administer(self.server, made)
        with self._connected() as connection:
            self._shape, self._uses = _shape(connection), 0

    def _emptied(self) -> bool:
        """Empty it; False when its tables are not those of the template any more."""
        with self._connected() as connection:
            connection.execute(_OTHERS_OUT, [self.spares.processes])
            if _shape(connection) != self._shape:
                return False
            connection.execute(_EMPTY)
        return True

    def _connected(self) -> Connection[TupleRow]:
        url = make_url(f"{self.server}/{self.name}").set(drivername="postgresql")
        return connect(url.render_as_string(hide_password=False), autocommit=True)


def _shape(connection: Connection[TupleRow]) -> str:
    row = connection.execute(_SHAPE).fetchone()
    assert row is not None
    return str(row[0])
