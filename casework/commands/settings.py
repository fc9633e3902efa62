"""`casework settings`: every fault of the settings at once, by name and never by value."""

import click

from casework.commands.acting import read_settings
from casework.commands.console import answer, json_option
from casework.commands.wording import said


@click.group(help=said("Contrôler les réglages.", "Check the settings."))
def settings() -> None:
    """Gather the commands of the settings."""


@settings.command(
    help=said("Lire les réglages, sans rien ouvrir.", "Read the settings and open nothing.")
)
@json_option
def check() -> None:
    """Print what was understood; addresses and keys stay unsaid."""
    read = read_settings()
    sentence = said(
        f"Réglages corrects. Dossier : {read.home}", f"Settings hold. Home: {read.home}"
    )
    told = {"home": read.home, "public_url": read.public_url, "town": read.town}
    answer({"faults": [], **told}, sentence)
