"""`casework council`: found the council of a new instance, or say which one is served."""

import click

from casework.commands.acting import instance, operator_name, read_settings
from casework.commands.console import answer, json_option
from casework.commands.wording import said
from casework.errors import InvalidInput
from casework.operations.founding import NewCouncil, found
from casework.operations.instance import system_edges


@click.group(help=said("Le conseil que sert cette instance.", "The council served here."))
def council() -> None:
    """Gather the commands of the council."""


@council.command("found", help=said("Fonder le conseil, une fois.", "Found the council, once."))
@click.argument("name")
@click.option(
    "--commune",
    "communes",
    multiple=True,
    required=True,
    metavar="INSEE=NOM",
    help=said("Une commune, par exemple 67482=Strasbourg.", "A commune: 67482=Strasbourg."),
)
@json_option
def found_council(name: str, communes: tuple[str, ...]) -> None:
    """Draw the id, the secrets and the register of the council, then name it."""
    wanted = NewCouncil(name, dict(map(_commune, communes)))
    made = found(read_settings(), system_edges(), wanted, operator_name())
    answer({"council": made}, said(f"Conseil fondé : {made}", f"Council founded: {made}"))


@council.command(help=said("Dire quel conseil est servi.", "Say which council is served."))
@json_option
def show() -> None:
    """Print the id of the council."""
    with instance() as opened:
        answer({"council": opened.council_id}, str(opened.council_id))


def _commune(typed: str) -> tuple[str, str]:
    code, sign, name = typed.partition("=")
    if not sign or not name.strip():
        raise InvalidInput({"commune": [said("Écrivez INSEE=NOM.", "Write INSEE=NAME.")]})
    return code.strip(), name.strip()
