"""The two schemas, and what all their tables share."""

from typing import Final
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, MetaData
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from casework.db.types import Blob, Id

BATCH: Final = "rows_at_once"
"""In the `info` of a column: how many of its values are read at once, where each is large."""

_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


@compiles(Blob, "postgresql")
def _blob_on_postgresql(_type: Blob, _compiler: object, **_: object) -> str:
    return "BYTEA"


class Model(DeclarativeBase):
    """Tables of the main database."""

    metadata = MetaData(naming_convention=_NAMES)


class KeyStoreModel(DeclarativeBase):
    """Tables of the key store: another file or another database, another backup."""

    metadata = MetaData(naming_convention=_NAMES)


class CouncilRow:
    """A row that belongs to one council.

    The council comes first in the key, so that a distributed PostgreSQL can place each council
    whole, and no index or foreign key ever crosses councils.
    """

    council_id: Mapped[UUID] = mapped_column(Id, primary_key=True, sort_order=-2)
    id: Mapped[UUID] = mapped_column(Id, primary_key=True, sort_order=-1)


def reference(table: str, *columns: str) -> ForeignKeyConstraint:
    """Return the foreign key from (council, column) to a row of `table` of the same council."""
    local = ["council_id", *columns]
    return ForeignKeyConstraint(local, [f"{table}.council_id", f"{table}.id"])
