"""The budgets of design section 12, as ratios to the floor."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from casework.operations.bench.places import Engine
from casework.operations.bench.rounds import Figures


class RowName(StrEnum):
    """What is measured."""

    OPEN = "open"
    OPEN_LONG = "open-200"
    LIST = "list"
    WRITE = "write"


@dataclass(frozen=True, slots=True)
class Budget:
    """The highest ratios allowed; None where no budget was set."""

    cpu: float
    p50: float | None = None
    p99: float | None = None


def missed(budget: Budget, figures: Figures) -> bool:
    """Say whether any ratio is above its budget."""
    limits = ((figures.cpu, budget.cpu), (figures.p50, budget.p50), (figures.p99, budget.p99))
    return any(limit is not None and figure.ratio > limit for figure, limit in limits)


_SQLITE: Final = {
    RowName.OPEN: Budget(1.35, 1.5, 3.0),
    RowName.OPEN_LONG: Budget(1.3),
    RowName.LIST: Budget(1.35, 1.35),
    RowName.WRITE: Budget(1.2, 1.2, 1.0),
}
_POSTGRESQL: Final = {**_SQLITE, RowName.OPEN: Budget(1.4, 1.6, 3.0)}
BUDGETS: Final[Mapping[Engine, Mapping[RowName, Budget]]] = {
    Engine.SQLITE: _SQLITE,
    Engine.POSTGRESQL: _POSTGRESQL,
}
