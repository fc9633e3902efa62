"""`casework access`: which route exercises which permission, for people to review."""

import click

from casework.app import create_app
from casework.commands.acting import instance
from casework.commands.console import answer, json_option
from casework.commands.wording import said
from casework.web.guard import access_matrix


@click.group(help=said("Qui peut appeler quoi.", "Who may call what."))
def access() -> None:
    """Gather the commands of access."""


@access.command(help=said("Chaque adresse et son droit.", "Each address and its permission."))
@json_option
def matrix() -> None:
    """Print the matrix exactly as the reviewed file holds it."""
    with instance() as opened:
        lines = access_matrix(create_app(opened, opened.settings)).splitlines()
    told = [dict(zip(("method", "url", "needs"), line.split(), strict=True)) for line in lines]
    answer(told, *lines)
