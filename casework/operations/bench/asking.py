"""What a page of the register costs over many lines beside the same page over few."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from statistics import median
from typing import Any, Final

from casework.audit.actions import Outcome
from casework.audit.lines import Asked
from casework.audit.words import ACTS_OF
from casework.operations.bench.clocks import seconds
from casework.operations.bench.figures import Figure, FigureName
from casework.operations.bench.officer import Officer
from casework.operations.bench.planting import YEAR, case_of, member_of
from casework.operations.bench.visits import send
from casework.operations.instance import Instance

_PAGE: Final = "/dpd/acces"
_MONTH: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Shelf:
    """A register, who reads it, and the application that shows it."""

    instance: Instance
    officer: Officer
    application: Any

    def read(self, asked: Asked) -> None:
        """Read a page as the service gives it: its own line is written, fifty are opened."""
        self.instance.register.read(self.officer.principal, asked)

    def show(self) -> None:
        """Show the newest page as the officer sees it, with the alerts above."""
        send(self.application, self.officer.visitor.get(_PAGE))


def measure_page(shelves: Sequence[Shelf], often: tuple[int, int], began: datetime) -> Figure:
    """Compare each filter over few and many lines, and the page unfiltered in HTML.

    `often` = (rounds, pages of each side in one). The worst ratio is the figure: by the processor
    on SQLite, which works in this process; on PostgreSQL by the clock.
    """
    few, many = shelves
    on_server = many.instance.stores.main.on_postgresql
    turns = Turns(time.perf_counter if on_server else time.process_time, *often)
    ratios = {"html": turns.ratio(few.show, many.show)}
    ratios |= {
        name: turns.ratio(partial(few.read, asked), partial(many.read, asked))
        for name, asked in _filters(began).items()
    }
    return Figure(FigureName.REGISTER_PAGE, max(ratios.values()), "×", 1.5, beside=ratios)


@dataclass(frozen=True, slots=True)
class Turns:
    """Rounds in the order few, many, many, few, on one clock."""

    clock: Callable[[], float]
    rounds: int
    pages: int

    def ratio(self, few: Callable[[], None], many: Callable[[], None]) -> float:
        """Return the median of the ratios of the rounds."""
        few()
        many()
        return median(self._round(few, many) for _ in range(self.rounds))

    def _round(self, few: Callable[[], None], many: Callable[[], None]) -> float:
        first, again, last, end = (self._page(task) for task in (few, many, many, few))
        return (again + last) / (first + end)

    def _page(self, task: Callable[[], None]) -> float:
        return median(seconds(self.clock, task) for _ in range(self.pages))


def _filters(began: datetime) -> dict[str, Asked]:
    middle = began + YEAR / 2
    families = {str(family): Asked(acts) for family, acts in ACTS_OF.items()}
    return {
        "none": Asked(),
        "case": Asked(case_id=case_of(7)),
        "member": Asked(member_id=member_of(5)),
        "period": Asked(since=middle, until=middle + _MONTH),
        "refused": Asked(outcome=Outcome.REFUSED),
        "failed": Asked(outcome=Outcome.FAILED),
        **families,
    }
