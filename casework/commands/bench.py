"""`casework bench`: what policy, trail and keys cost, each page beside the same page in clear."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any, Final

import click

from casework.app import create_app
from casework.commands import bench_figures
from casework.commands.console import answer, columns, found_faults, json_option
from casework.commands.wording import said
from casework.operations.bench.budgets import RowName
from casework.operations.bench.charters import CharterPlan, measure_charters
from casework.operations.bench.figures import Figure
from casework.operations.bench.keys import KeyPlan, measure_keys
from casework.operations.bench.measuring import Plan, Row, measure
from casework.operations.bench.places import Engine
from casework.operations.bench.policy import PolicyPlan, measure_policy
from casework.operations.bench.profiling import Spent
from casework.operations.bench.register import RegisterPlan, measure_register
from casework.operations.bench.rounds import Pair
from casework.operations.bench.searching import SearchPlan, measure_search
from casework.operations.bench.signing_in import SignInPlan, measure_sign_in

_BOTH: Final = "both"


class Group(StrEnum):
    """What may be measured by itself."""

    PAGES = "pages"
    KEYS = "keys"
    SIGN_IN = "sign-in"
    REGISTER = "register"
    CHARTER = "charter"
    POLICY = "policy"
    SEARCH = "search"


_TITLES: Final = {
    RowName.OPEN: ("ouvrir une situation (10 entrées)", "open a case (10 entries)"),
    RowName.OPEN_LONG: ("ouvrir une situation (200 entrées)", "open a case (200 entries)"),
    RowName.LIST: ("liste de 50", "list of 50"),
    RowName.WRITE: ("écrire un apport", "write a contribution"),
}


@click.command(help=said("Mesurer, à côté du même en clair.", "Measure, beside the same in clear."))
@click.argument("groups", nargs=-1, type=click.Choice([one.value for one in Group]))
@click.option("--rounds", default=9, type=click.IntRange(1, 99), show_default=True)
@click.option("--requests", default=40, type=click.IntRange(2, 1000), show_default=True)
@click.option("--cases", default=1000, type=click.IntRange(2, 100_000), show_default=True)
@click.option(
    "--crowd",
    default=10_000,
    type=click.IntRange(2, 1_000_000),
    show_default=True,
    help=said("Situations parmi lesquelles la liste grandit.", "Cases among which the list grows."),
)
@click.option(
    "--rotated",
    default=12_000,
    type=click.IntRange(1, 1_000_000),
    show_default=True,
    help=said("Situations de l’organisme qui change de clé.", "Cases of who changes its key."),
)
@click.option(
    "--ruled",
    default=12_000,
    type=click.IntRange(2, 1_000_000),
    show_default=True,
    help=said("Situations parmi lesquelles la charte choisit.", "Cases the charter chooses among."),
)
@click.option(
    "--persons",
    default=5_000,
    type=click.IntRange(50, 1_000_000),
    show_default=True,
    help=said("Personnes parmi lesquelles on cherche.", "Persons a search looks through."),
)
@click.option(
    "--lines",
    default=1_000_000,
    type=click.IntRange(8, 100_000_000),
    show_default=True,
    help=said("Lignes du registre.", "Lines of the register."),
)
@click.option(
    "--writing",
    default=3000,
    type=click.IntRange(50, 60_000),
    show_default=True,
    help=said("Millisecondes où l’on écrit à plusieurs.", "Milliseconds of several writers."),
)
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
def bench(groups: tuple[str, ...], database: str, strict: bool, **sizes: int) -> None:
    """Measure pages, keys, signing in, register, charters, searches, or what is named of them."""
    chosen = [one for one in Group if one in groups or not groups]
    engines = [one for one in Engine if database in {one, _BOTH}]
    measured = {engine: _measured(engine, chosen, sizes) for engine in engines}
    told = {engine: [_told(row) for row in rows] for engine, rows in measured.items()}
    answer(told, *_lines(measured))
    if strict and any(row.missed for rows in measured.values() for row in rows):
        found_faults()


def _measured(
    engine: Engine, chosen: Sequence[Group], sizes: Mapping[str, int]
) -> list[Row | Figure]:
    kept = ("cases", "rounds", "requests", "crowd")
    plan = Plan(**{name: sizes[name] for name in kept})
    register = RegisterPlan(
        sizes["lines"], sizes["rounds"], sizes["requests"], sizes["writing"] / 1000
    )
    signing = SignInPlan(tries=min(sizes["rounds"], 7), pages=sizes["requests"])
    ways: Mapping[Group, Callable[[], Iterator[Row | Figure]]] = {
        Group.PAGES: lambda: measure(engine, plan, create_app),
        Group.KEYS: lambda: measure_keys(engine, KeyPlan(cases=sizes["rotated"])),
        Group.SIGN_IN: lambda: measure_sign_in(engine, signing, create_app),
        Group.REGISTER: lambda: measure_register(engine, register, create_app),
        Group.CHARTER: lambda: measure_charters(engine, CharterPlan(cases=sizes["rotated"])),
        Group.POLICY: lambda: measure_policy(engine, PolicyPlan(cases=sizes["ruled"])),
        Group.SEARCH: lambda: measure_search(engine, SearchPlan(persons=sizes["persons"])),
    }
    return [row for group in chosen for row in ways[group]()]


def _lines(measured: Mapping[Engine, Sequence[Row | Figure]]) -> Iterator[str]:
    pages = [
        (engine, row) for engine, rows in measured.items() for row in rows if isinstance(row, Row)
    ]
    if pages:
        yield from _pages(pages)
    figures = [
        (engine, row)
        for engine, rows in measured.items()
        for row in rows
        if isinstance(row, Figure)
    ]
    if figures:
        yield from bench_figures.lines(figures)


def _pages(rows: Sequence[tuple[Engine, Row]]) -> Iterator[str]:
    head = ("", "", said("processeur", "processor"), "p50", "p99")
    yield from columns([head, *(_cells(*one) for one in rows)])
    yield said(
        "ms au plancher → ms chez nous, rapport médian des tours alternés, budget.",
        "ms on the floor → ms ours, median ratio of alternating rounds, budget.",
    )
    for engine, row in rows:
        if row.missed:
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


def _told(row: Row | Figure) -> dict[str, Any]:
    return _told_page(row) if isinstance(row, Row) else bench_figures.told(row)


def _told_page(row: Row) -> dict[str, Any]:
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
