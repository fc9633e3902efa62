"""Which revision a database stands at, and which one this version of the code was written for."""

from enum import StrEnum
from pathlib import Path
from typing import Final
from uuid import UUID

from sqlalchemy import inspect, text

from casework.db.engine import Database, Scope
from casework.errors import Misconfigured

_SCRIPTS: Final = Path(__file__).parents[2] / "migrations"
EVERYTHING: Final = Scope(UUID(int=0), whole=True)
"""For work on tables rather than on the rows of a council."""


class Schema(StrEnum):
    """The two databases, each with migrations of its own."""

    MAIN = "main"
    KEYSTORE = "keystore"

    @property
    def scripts(self) -> Path:
        """Return the folder of its migrations."""
        return _SCRIPTS / self.value

    @property
    def newest(self) -> str:
        """Return the newest revision; its file begins with it."""
        names = (path.stem for path in (self.scripts / "versions").glob("[0-9]*.py"))
        return max(names).partition("_")[0]

    @property
    def label(self) -> str:
        """Return its name in a sentence for the operator."""
        return "the main database" if self is Schema.MAIN else "the key store"


def applied(database: Database) -> str | None:
    """Return the revision a database stands at, or None when it holds nothing yet."""
    with database.reading(EVERYTHING) as session:
        if not inspect(session.connection()).has_table("alembic_version"):
            return None
        found = session.scalar(text("SELECT version_num FROM alembic_version"))
        return None if found is None else str(found)


def require_current(database: Database, schema: Schema) -> None:
    """Raise `Misconfigured` unless every migration is applied, and none from the future."""
    found, wanted = applied(database), schema.newest
    if found == wanted:
        return
    if found is not None and found > wanted:
        fault = f"{schema.label} was migrated by a newer casework ({found}, this one: {wanted})"
    else:
        stands = f"stands at {found}, not {wanted}" if found else "holds no tables yet"
        fault = f"{schema.label} {stands}: run casework db upgrade"
    raise Misconfigured([fault])
