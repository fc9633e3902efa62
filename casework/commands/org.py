"""`casework org`: the partner organisations of the council."""

import click

from casework.charters.vocabulary import PartnerCategory
from casework.commands.acting import instance, root
from casework.commands.console import answer, columns, json_option
from casework.commands.wording import said


@click.group(help=said("Les organismes partenaires.", "The partner organisations."))
def org() -> None:
    """Gather the commands of organisations."""


@org.command(
    help=said("Ajouter un organisme et tirer ses clés.", "Add an organisation and draw its keys.")
)
@click.argument("name")
@click.argument("category", type=click.Choice([one.value for one in PartnerCategory]))
@click.option("--commune", help=said("Code INSEE, s’il n’en sert qu’une.", "INSEE code, if one."))
@json_option
def add(name: str, category: str, commune: str | None) -> None:
    """Add a body."""
    with instance() as opened:
        added = opened.organisations.add(root(opened), name, PartnerCategory(category), commune)
    answer({"organisation": added}, str(added))


@org.command("list", help=said("Les montrer tous.", "Show them all."))
@json_option
def list_all() -> None:
    """Print every body by name."""
    with instance() as opened:
        found = opened.organisations.list(root(opened))
    told = [
        {"id": one.id, "name": one.name, "category": one.category.value, "commune": one.commune}
        for one in found
    ]
    answer(told, *columns((str(one.id), one.category.value, one.name) for one in found))
