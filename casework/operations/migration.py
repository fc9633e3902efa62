"""Applies migrations: one transaction for a whole upgrade, so that a failed one leaves no trace."""

from typing import Final

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from casework.db import sight
from casework.db.engine import Database
from casework.operations.schema import EVERYTHING, Schema, applied

_NEWEST: Final = "head"
_NOTHING: Final = "base"


def upgrade(database: Database, schema: Schema, to: str = _NEWEST) -> tuple[str | None, str]:
    """Apply every migration not applied yet; return the revisions before and after."""
    before = applied(database)
    with database.writing(EVERYTHING) as session:
        command.upgrade(configuration(schema, shaping(session)), to)
    return before, applied(database) or ""


def downgrade(database: Database, schema: Schema, to: str = _NOTHING) -> None:
    """Undo migrations down to a revision. Data of what is undone are lost."""
    with database.writing(EVERYTHING) as session:
        command.downgrade(configuration(schema, shaping(session)), to)


def shaping(session: Session) -> Connection:
    """Return the connection of a session that changes tables, those of cases too."""
    return session.connection().execution_options(**sight.SHAPE)


def configuration(schema: Schema, connection: Connection) -> Config:
    """Return what Alembic needs: no file, hence no address and no secret in one."""
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(schema.scripts).replace("%", "%%"))
    return config
