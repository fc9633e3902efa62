"""`casework bench`: what policy, trail and keys cost, each page beside the same page in clear."""

from collections.abc import Iterator
from typing import Any, Final

import click

from casework.app import create_app
from casework.commands.console import answer, columns, found_faults, json_option
from casework.commands.wording import said
from casework.operations.bench.budgets import RowName
from casework.operations.bench.measuring import Plan, Row, measure
from casework.operations.bench.places import Engine
from casework.operations.bench.profiling import Spent
from casework.operations.bench.rounds import Pair

_BOTH: Final = "both"
_TITLES: Final = {
    RowName.OPEN: ("ouvrir une situation (10 entrées)", "open a case (10 entries)"),
    RowName.LIST: ("liste de 50", "list of 50"),
    RowName.WRITE: ("écrire un apport", "write a contribution"),
}


@click.command(help=said("Mesurer, à côté du même en clair.", "Measure, beside the same in clear."))
@click.option("--rounds", default=9, type=click.IntRange(1, 99), show_default=True)
@click.option("--requests", default=40, type=click.IntRange(2, 1000), show_default=True)
@click.option("--cases", default=1000, type=click.IntRange(2, 100_000), show_default=True)
@click.option(
    "--database",
    default=_BOTH,
    type=click.Choice([*(one.value for one in Engine), _BOTH]),
    show_default=True,
)
@click.option(
    "--strict", is_flag=True, help=said("Échouer au-delà d’un budget.", "Fail over a budget.")
)
@json_option
def bench(rounds: int, requests: int, cases: int, database: str, strict: bool) -> None:
    """Measure three rows on each database; a missed budget is shown with its profile."""
    plan = Plan(cases=cases, rounds=rounds, requests=requests)
    engines = [one for one in Engine if database in {one, _BOTH}]
    measured = {engine: list(measure(engine, plan, create_app)) for engine in engines}
    told = {engine: [_told(row) for row in rows] for engine, rows in measured.items()}
    answer(told, *_lines(measured))
    if strict and any(row.missed for rows in measured.values() for row in rows):
        found_faults()


def _lines(measured: dict[Engine, list[Row]]) -> Iterator[str]:
    head = ("", "", said("processeur", "processor"), "p50", "p99")
    table = [_cells(engine, row) for engine, rows in measured.items() for row in rows]
    yield from columns([head, *table])
    yield said(
        "ms au plancher → ms chez nous, rapport médian des tours alternés, budget.",
        "ms on the floor → ms ours, median ratio of alternating rounds, budget.",
    )
    for engine, rows in measured.items():
        for row in filter(lambda one: one.missed, rows):
            yield from _explained(engine, row)


def _cells(engine: Engine, row: Row) -> tuple[str, ...]:
    figures, budget = row.figures, row.budget
    return (
        engine,
        said(*_TITLES[row.name]),
        _cell(figures.cpu, budget.cpu),
        _cell(figures.p50, budget.p50),
        _cell(figures.p99, budget.p99),
    )


def _cell(pair: Pair, limit: float | None) -> str:
    figure = f"{pair.floor:.2f} → {pair.ours:.2f}  {pair.ratio:.2f} ×"
    if limit is None:
        return figure
    sign = "✓" if pair.ratio <= limit else said("▲ manqué", "▲ missed")
    return f"{figure} (≤ {limit:g}) {sign}"


def _explained(engine: Engine, row: Row) -> Iterator[str]:
    title = said(*_TITLES[row.name])
    yield ""
    yield said(f"Où passe le temps : {engine}, {title}", f"Where time goes: {engine}, {title}")
    yield from columns(
        [(said("ms", "ms"), said("seules", "own"), said("appels", "calls"), "")]
        + [_spent(one) for one in row.profile]
    )


def _spent(one: Spent) -> tuple[str, ...]:
    return f"{one.cumulative:.2f}", f"{one.own:.2f}", f"{one.calls:.1f}", one.where


def _told(row: Row) -> dict[str, Any]:
    figures, budget = row.figures, row.budget
    pairs = (
        ("cpu", figures.cpu, budget.cpu),
        ("p50", figures.p50, budget.p50),
        ("p99", figures.p99, budget.p99),
    )
    told = {
        name: {"floor_ms": pair.floor, "ours_ms": pair.ours, "ratio": pair.ratio, "budget": limit}
        for name, pair, limit in pairs
    }
    profile = [
        {"where": one.where, "calls": one.calls, "ms": one.cumulative} for one in row.profile
    ]
    return {"row": row.name, **told, "missed": row.missed, "profile": profile}
