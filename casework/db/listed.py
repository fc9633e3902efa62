"""`column IN (a list of ids)` as one bound parameter: the text of the statement never varies.

SQLAlchemy's own `IN` is written anew, and parsed anew by the database, for each length.
"""

import json
from collections.abc import Collection
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Dialect, Text, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator, TypeEngine, UserDefinedType


class _IdsOnSqlite(UserDefinedType[Collection[UUID]]):
    cache_ok = True

    def get_col_spec(self, **_: object) -> str:
        return "TEXT"

    def bind_processor(self, dialect: Dialect) -> Any:  # noqa: ARG002 - the interface's name
        return lambda value: json.dumps(_in_hexadecimal(value))


class _IdsOnPostgresql(UserDefinedType[Collection[UUID]]):
    """Typed where it stands: a cast while the statement runs would be done anew for each row."""

    cache_ok = True
    render_bind_cast = True

    def get_col_spec(self, **_: object) -> str:
        return "UUID[]"

    def bind_processor(self, dialect: Dialect) -> Any:  # noqa: ARG002 - the interface's name
        return lambda value: "{" + ",".join(_in_hexadecimal(value)) + "}"


def _in_hexadecimal(ids: Collection[UUID]) -> list[str]:
    """Write ids in what needs no quoting anywhere."""
    return [f"{one.int:032x}" for one in ids]


class _Ids(TypeDecorator[Collection[UUID]]):
    """Ids as one text: a JSON array for SQLite, an array literal for PostgreSQL."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose the spelling of `dialect`."""
        spelling = _IdsOnSqlite() if dialect.name == "sqlite" else _IdsOnPostgresql()
        return dialect.type_descriptor(cast("TypeEngine[Any]", spelling))


class Listed(FunctionElement[Any]):
    """`Listed(Row.id, "ids")`: the row's id is one of those given as `ids`."""

    # Without a type: what is Boolean is compared with 1 on SQLite, past every index.
    inherit_cache = True
    name = "listed"

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
    return f"{column} = ANY ({given})"
