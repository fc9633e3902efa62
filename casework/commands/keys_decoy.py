"""`casework keys decoy`: cases of nobody, whose opening alerts the data protection officer."""

import click

from casework.commands.acting import instance, root
from casework.commands.console import answer, columns, json_option
from casework.commands.finding import group_id
from casework.commands.wording import said
from casework.errors import Locked, Misconfigured


@click.group(
    help=said(
        "Des situations de personne, dont l’ouverture alerte.",
        "Cases of nobody, whose opening alerts.",
    )
)
def decoy() -> None:
    """Gather the commands of decoys."""


@decoy.command(help=said("En poser une dans un groupe.", "Place one in a group."))
@click.argument("group")
@json_option
def add(group: str) -> None:
    """Place a decoy; which case it is, is not said."""
    with instance() as opened:
        try:
            opened.decoy_service.place(root(opened), group_id(opened, group))
        except Locked:
            fault = said(
                "les clés de l’organisme coordinateur sont tenues par ses membres :"
                " aucune commande ne peut écrire en son nom",
                "the coordinating organisation's keys are held by its members:"
                " no command can write in its name",
            )
            raise Misconfigured([fault]) from None
    answer({"placed": 1}, said("Situation leurre posée.", "Decoy placed."))


@decoy.command("list", help=said("Les compter, sans les montrer.", "Count them; show none."))
@json_option
def list_all() -> None:
    """Print how many decoys each group has."""
    with instance() as opened:
        counts = opened.decoy_service.count(root(opened))
    rows = [(prefix, str(count)) for prefix, count in sorted(counts.items())]
    answer({"groups": counts}, *(columns(rows) if rows else []))
