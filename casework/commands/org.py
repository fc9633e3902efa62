"""`casework org`: the partner organisations of the council."""

from collections.abc import Callable, Mapping
from typing import Final

import click

from casework.charters.vocabulary import PartnerCategory
from casework.commands.acting import instance, root
from casework.commands.console import answer, columns, json_option
from casework.commands.finding import organisation_id
from casework.commands.wording import said
from casework.partners.values import Organisation


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
        awaited = opened.registrar_pins.elsewhere is not None
    waits = said(
        "En attente de la signature du registre : casework keys registrar pending",
        "Waiting for the registrar’s signature: casework keys registrar pending",
    )
    answer({"organisation": added, "unsigned": awaited}, str(added), *([waits] if awaited else []))


@org.command(
    help=said(
        "Faire partir un organisme : ses clés sont retirées, ses membres fermés, pour de bon.",
        "Let an organisation leave: its keys are taken, its members shut out, for good.",
    )
)
@click.argument("name")
@json_option
def leave(name: str) -> None:
    """Let a body go, and say what it held."""
    with instance() as opened:
        counts = opened.leaving.leave(root(opened), organisation_id(opened, name))
    answer(counts, *columns((_COUNTED[one](), str(count)) for one, count in counts.items()))


@org.command("list", help=said("Les montrer tous.", "Show them all."))
@json_option
def list_all() -> None:
    """Print every body by name."""
    with instance() as opened:
        found = opened.organisations.list(root(opened))
    told = [
        {
            "id": one.id,
            "name": one.name,
            "category": one.category.value,
            "commune": one.commune,
            "left_on": one.left_on,
        }
        for one in found
    ]
    answer(told, *columns(_line(one) for one in found))


def _line(one: Organisation) -> tuple[str, ...]:
    left = said(f"parti le {one.left_on}", f"left {one.left_on}") if one.left_on else ""
    return str(one.id), one.category.value, one.name, left


_COUNTED: Final[Mapping[str, Callable[[], str]]] = {
    "members": lambda: said("membres fermés", "members shut out"),
    "cases": lambda: said("situations quittées", "cases left"),
    "led": lambda: said("situations sans référent désormais", "cases now without their lead"),
    "due": lambda: said("parties qui attendent une nouvelle clé", "parts that wait for a new key"),
    "own": lambda: said("notes propres fermées pour tous", "own parts now shut for everybody"),
    "renewed": lambda: said("remises de clés refaites", "key deliveries renewed"),
}
