"""The charter as a WHERE clause: a row passes exactly when `decide` would allow it."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from sqlalchemy import (
    ColumnElement,
    Integer,
    and_,
    case,
    false,
    literal_column,
    not_,
    or_,
    true,
)

from casework.charters.charter import Charter
from casework.charters.condition import All, AnyOf, Condition, Is, Not, names
from casework.charters.gates import strongest_first
from casework.charters.outcome import Wanted
from casework.charters.vocabulary import CharterAct, CompartmentClass
from casework.errors import Misconfigured

Truth: TypeAlias = bool | ColumnElement[bool]
"""A fact of the principal alone, or an expression over the row that is never NULL."""


def sql_filter(
    charter: Charter,
    act: CharterAct,
    class_: CompartmentClass | None,
    columns: Mapping[str, Truth],
    *,
    freely: bool = False,
) -> ColumnElement[bool]:
    """Return the filter of the rows on which `act` is allowed, or `freely`: and asks nothing more.

    `columns` gives every fact that the walls and rules of the act speak of, by name
    (`Standing.truths()` gives those of the principal). `Misconfigured` names what lacks.
    """
    gate = charter.gates.get(Wanted(act, class_))
    if gate is None:
        return false()
    condition = gate.freely if freely else gate.condition
    missing = sorted(names(condition) - columns.keys())
    if missing:
        raise Misconfigured([f"the filter of {act} lacks the fact {name}" for name in missing])
    return _clause(_truth(condition, columns))


def sql_rule(
    charter: Charter,
    act: CharterAct,
    class_: CompartmentClass | None,
    columns: Mapping[str, Truth],
) -> ColumnElement[int]:
    """Return the place among `charter.rules` of the rule that lets a row pass, -1 for none.

    For rows that have passed `sql_filter`: the walls are not asked again. The first rule that
    holds, in the order in which `decide` looks.
    """
    wanted, places = Wanted(act, class_), {rule.id: at for at, rule in enumerate(charter.rules)}
    chosen = [
        (_truth(rule.condition, columns), places[rule.id])
        for rule in strongest_first(charter.rules)
        if rule.covers(wanted)
    ]
    return _first(chosen)


def _first(chosen: Sequence[tuple[Truth, int]]) -> ColumnElement[int]:
    whens: list[tuple[ColumnElement[bool], ColumnElement[int]]] = []
    for truth, place in chosen:
        if truth is True:
            return case(*whens, else_=_number(place)) if whens else _number(place)
        if not isinstance(truth, bool):
            whens.append((truth, _number(place)))
    return case(*whens, else_=_number(-1)) if whens else _number(-1)


def _number(value: int) -> ColumnElement[int]:
    return literal_column(str(value), Integer)


def _truth(condition: Condition, columns: Mapping[str, Truth]) -> Truth:
    match condition:
        case Is(name):
            return columns[name]
        case Not(part):
            truth = _truth(part, columns)
            return not truth if isinstance(truth, bool) else not_(truth)
        case All(parts):
            return _all([_truth(part, columns) for part in parts])
        case AnyOf(parts):
            return _any([_truth(part, columns) for part in parts])


def _all(truths: list[Truth]) -> Truth:
    """Fold what is known now, so that the database sees only what depends on the row."""
    if any(truth is False for truth in truths):
        return False
    clauses = [truth for truth in truths if not isinstance(truth, bool)]
    return and_(*clauses) if clauses else True


def _any(truths: list[Truth]) -> Truth:
    if any(truth is True for truth in truths):
        return True
    clauses = [truth for truth in truths if not isinstance(truth, bool)]
    return or_(*clauses) if clauses else False


def _clause(truth: Truth) -> ColumnElement[bool]:
    if isinstance(truth, bool):
        return true() if truth else false()
    return truth
