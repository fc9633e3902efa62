"""`column IN (a list of ids)` as one bound parameter: the text of the statement never varies.

SQLAlchemy's own `IN` is written anew, and parsed anew by the database, for each length.
"""

import json
from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, Dialect, Text, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator


class _Ids(TypeDecorator[Collection[UUID]]):
    """Ids as one text: a JSON array for SQLite, an array literal for PostgreSQL."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Collection[UUID] | None, dialect: Dialect) -> str:
        """Write the ids in hexadecimal, which needs no quoting anywhere."""
        ids = [f"{one.int:032x}" for one in value or ()]
        if dialect.name == "sqlite":
            return json.dumps(ids)
        return "{" + ",".join(ids) + "}"


class Listed(FunctionElement[bool]):
    """`Listed(Row.id, "ids")`: the row's id is one of those given as `ids`."""

    inherit_cache = True
    name = "listed"
    type = Boolean()

    def __init__(self, column: Any, name: str) -> None:
        """Ask for the ids under a name."""
        super().__init__(column, bindparam(name, type_=_Ids()))


@compiles(Listed, "sqlite")
def _on_sqlite(element: Listed, compiler: SQLCompiler, **kw: Any) -> str:
    column, given = (compiler.process(one, **kw) for one in element.clauses)
    return f"{column} IN (SELECT unhex(value) FROM json_each({given}))"  # noqa: S608 - compiled parts


@compiles(Listed, "postgresql")
def _on_postgresql(element: Listed, compiler: SQLCompiler, **kw: Any) -> str:
    column, given = (compiler.process(one, **kw) for one in element.clauses)
    return f"{column} = ANY (CAST({given} AS UUID[]))"
