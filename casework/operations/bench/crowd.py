"""Older cases that no first page shows: one case copied row by row, under ids before all others.

Nothing of them is opened, so their sealed values need not open; their rows, indexes and admissions
weigh as those of real ones.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Table, insert, select

from casework.db import sight
from casework.db.engine import Database, Scope
from casework.db.model import Model

_AT_ONCE: Final = 1000
_CASES: Final = "cases"
_OF_CASE: Final = ("compartments", "persons", "referrals", "admissions", "namings")
_OF_COMPARTMENT: Final = ("rings", "grants")
_LOW: Final = (1 << 64) - 1

_Rows = Mapping[str, list[dict[str, Any]]]


def crowd(database: Database, council_id: UUID, like: UUID, many: int) -> None:
    """Add `many` copies of a case, each older than any real one."""
    scope = Scope(council_id, whole=True)
    with database.reading(scope) as session:
        rows = dict(_rows_of(session.connection(), like))
    own = {row["id"] for found in rows.values() for row in found if "id" in row}
    for first in range(0, many, _AT_ONCE):
        numbers = range(first, min(many, first + _AT_ONCE))
        with database.writing(scope) as session:
            for name, found in rows.items():
                copies = [_copy(row, own, number) for number in numbers for row in found]
                if copies:
                    session.connection().execute(insert(_table(name)), copies)


def _rows_of(connection: Any, case_id: UUID) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Yield the rows of a case, table by table, those that others refer to first."""
    cases = _table(_CASES)
    yield _CASES, _found(connection, cases, cases.c.id == case_id)
    compartments = _table("compartments")
    for name in _OF_CASE:
        yield name, _found(connection, _table(name), _table(name).c.case_id == case_id)
    own = select(compartments.c.id).where(compartments.c.case_id == case_id)
    for name in _OF_COMPARTMENT:
        yield name, _found(connection, _table(name), _table(name).c.compartment_id.in_(own))


def _found(connection: Any, table: Table, condition: Any) -> list[dict[str, Any]]:
    chosen = select(table).where(condition).execution_options(**sight.SHUT)
    found = connection.execute(chosen).mappings()
    return [dict(row) for row in found]


def _copy(row: Mapping[str, Any], own: set[UUID], number: int) -> dict[str, Any]:
    """Return a row under the ids of copy `number`; a reference is given once."""
    copied = {name: _moved(one, number) if one in own else one for name, one in row.items()}
    return copied | {"reference": None} if "reference" in row else copied


def _moved(own_id: UUID, number: int) -> UUID:
    return UUID(int=(number << 64) | (own_id.int & _LOW))


def _table(name: str) -> Table:
    return Model.metadata.tables[name]
