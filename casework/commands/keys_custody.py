"""`casework keys custody`: entrust an organisation's key to its members alone."""

import click

from casework.commands.acting import instance, root
from casework.commands.console import answer, json_option
from casework.commands.finding import organisation_id
from casework.commands.wording import said
from casework.keys.values import CustodyKind


@click.command(
    help=said(
        "Confier la clé d’un organisme à ses seuls membres ; eux seuls la rendent, à l’écran.",
        "Entrust an organisation’s key to its members; they alone give it back, on screen.",
    )
)
@click.argument("organisation")
@click.argument("kind", type=click.Choice([one.value for one in CustodyKind]))
@json_option
def custody(organisation: str, kind: str) -> None:
    """Change who can open what an organisation holds."""
    with instance() as opened:
        chosen = organisation_id(opened, organisation)
        opened.custody_service.entrust(root(opened), chosen, CustodyKind(kind))
    answer({"organisation": chosen, "custody": kind}, said("C’est fait.", "Done."))
