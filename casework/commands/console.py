"""How a command answers: sentences for a person, or one JSON value for a program."""

import json
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import click

from casework.commands.wording import said

Command = TypeVar("Command", bound=Callable[..., Any])
_JSON = "casework.json"


def json_option(command: Command) -> Command:
    """Give a command the option `--json`."""
    return click.option(
        "--json",
        is_flag=True,
        expose_value=False,
        is_eager=True,
        callback=_remember,
        help=said("Répondre en JSON.", "Answer in JSON."),
    )(command)


def answer(value: Any, *lines: str) -> None:
    """Print `value` as JSON where it was asked for, else the lines."""
    if click.get_current_context().meta.get(_JSON):
        click.echo(json.dumps(value, ensure_ascii=False, default=str))
        return
    for line in lines:
        click.echo(line)


def columns(rows: Iterable[tuple[str, ...]]) -> list[str]:
    """Return rows as lines, each column as wide as its widest cell."""
    table = list(rows)
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in table
    ]


def found_faults() -> None:
    """End with code 1: the command worked, and what it looked at does not hold."""
    click.get_current_context().exit(1)


def _remember(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    ctx.meta[_JSON] = value
