"""Leaves in the order of an index: from where, to where, how many, and what else they must be."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, TextClause, text

from casework.audit.actions import Outcome
from casework.audit.lines import Asked
from casework.audit.models import LeafRow
from casework.audit.numbers import UNUSUAL
from casework.moments import to_micros


class Run(NamedTuple):
    """At most `most` leaves numbered from `first` to below `end`, if there is one, in order."""

    first: int
    end: int | None
    most: int
    newest: bool

    def over(self, found: Any, number: Any) -> Any:
        """Return `found` within these numbers, in their order."""
        if self.first:
            found = found.where(number >= self.first)
        if self.end is not None:
            found = found.where(number < self.end)
        return self.ordered(found, number)

    def ordered(self, found: Any, number: Any) -> Any:
        """Return the first of `found` in order."""
        return found.order_by(number.desc() if self.newest else number).limit(self.most)


def conditions(asked: Asked) -> Iterator[ColumnElement[bool] | TextClause]:
    """Give the conditions that are no number."""
    if asked.lines:
        yield LeafRow.seq.in_(asked.lines)
    if asked.acts:
        yield LeafRow.kind.in_(sorted(asked.acts))
    if asked.outcome is not None:
        yield LeafRow.outcome == asked.outcome
        if asked.outcome is not Outcome.ALLOWED:
            # As text: SQLite would be given `… = 1`, in which no partial index is recognised.
            yield text(UNUSUAL)
    if asked.since is not None:
        yield LeafRow.at >= to_micros(asked.since)
    if asked.until is not None:
        yield LeafRow.at < to_micros(asked.until)
