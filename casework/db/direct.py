"""A statement compiled once and given to the driver itself: for what every request waits for.

Same columns, same types, same transaction as through SQLAlchemy; what is spared is the work around
each execution. Rows have the names of their columns.
"""

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import BindParameter, CompoundSelect, Connection, Dialect, Select

from casework.db.driver import named
from casework.db.sight import require_sight

_Convert = Callable[[Any], Any]
_Statement = Select[*tuple[Any, ...]] | CompoundSelect[*tuple[Any, ...]]


class _Slot(NamedTuple):
    """A bound parameter: its value is asked for, unless the statement holds it."""

    name: str
    asked: bool
    fixed: Any
    convert: _Convert | None

    def of(self, asked: Mapping[str, Any]) -> Any:
        if not self.asked:
            return self.fixed
        value = asked[self.name]
        return value if self.convert is None else self.convert(value)


class _Compiled(NamedTuple):
    """A statement as one dialect writes it."""

    text: str
    slots: Sequence[_Slot]
    named: bool
    converts: Sequence[tuple[int, _Convert]]
    row: Callable[[Sequence[Any]], Any]

    def bound(self, asked: Mapping[str, Any]) -> dict[str, Any] | list[Any]:
        if self.named:
            return {one.name: one.of(asked) for one in self.slots}
        return [one.of(asked) for one in self.slots]

    def rows(self, found: Sequence[Sequence[Any]]) -> list[Any]:
        if not self.converts:
            return [self.row(one) for one in found]
        return [self.row(self._converted(one)) for one in found]

    def _converted(self, row: Sequence[Any]) -> list[Any]:
        cells = list(row)
        for at, convert in self.converts:
            cells[at] = convert(cells[at])
        return cells


class Direct:
    """A statement of the hot paths. Lists of parameters are asked for with `Listed`, not `in_`."""

    def __init__(self, statement: _Statement) -> None:
        """Compile later, once for each dialect."""
        self._statement: Final = statement
        self._compiled: Final[dict[str, _Compiled]] = {}

    def all(self, connection: Connection, asked: Mapping[str, Any]) -> list[Any]:
        """Return every row. Raises what SQLAlchemy would."""
        dialect = connection.dialect
        compiled = self._compiled.get(dialect.name) or self._compile(dialect)
        driver: Any = connection.connection.driver_connection
        try:
            found = driver.execute(compiled.text, compiled.bound(asked)).fetchall()
        except dialect.loaded_dbapi.Error as fault:
            raise named(connection, fault) from fault
        return compiled.rows(found)

    def first(self, connection: Connection, asked: Mapping[str, Any]) -> Any:
        """Return the first row, or None."""
        found = self.all(connection, asked)
        return found[0] if found else None

    def _compile(self, dialect: Dialect) -> _Compiled:
        written = self._statement.compile(dialect=dialect)
        require_sight(str(written), self._statement.get_execution_options())
        places = written.positiontup
        slots = [
            _slot(one, written.binds[one], dialect)
            for one in (written.params if places is None else places)
        ]
        columns = list(self._statement.selected_columns)
        made = _Compiled(
            str(written), slots, places is None, _converts(columns, dialect), _row(columns)
        )
        self._compiled[dialect.name] = made
        return made


def _slot(name: str, bind: BindParameter[Any], dialect: Dialect) -> _Slot:
    convert = bind.type.dialect_impl(dialect).bind_processor(dialect)
    if bind.required:
        return _Slot(name, asked=True, fixed=None, convert=convert)
    fixed = bind.value if convert is None else convert(bind.value)
    return _Slot(name, asked=False, fixed=fixed, convert=None)


def _converts(columns: Sequence[Any], dialect: Dialect) -> list[tuple[int, _Convert]]:
    converts = (one.type.dialect_impl(dialect).result_processor(dialect, None) for one in columns)
    return [(at, convert) for at, convert in enumerate(converts) if convert is not None]


def _row(columns: Sequence[Any]) -> Callable[[Sequence[Any]], Any]:
    names = [one.key or "" for one in columns]
    row: Any = namedtuple("Row", names, rename=True)  # type: ignore[misc]  # noqa: PYI024 - its names come with the statement
    make: Callable[[Sequence[Any]], Any] = row._make
    return make
