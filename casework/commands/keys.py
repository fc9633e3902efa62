"""`casework keys`: what holds the keys, and how many there are. Never a key."""

import click

from casework.audit.actions import Act
from casework.commands.acting import instance, note
from casework.commands.console import answer, columns, json_option
from casework.commands.wording import said


@click.group(help=said("L’état des clés.", "The state of the keys."))
def keys() -> None:
    """Gather the commands of keys."""


@keys.command(help=said("Compter et situer, sans rien ouvrir.", "Count and locate; open nothing."))
@json_option
def status() -> None:
    """Print the version of the KEK, the custody, and how many peppers and erasures there are."""
    with instance() as opened:
        note(opened, Act.OPERATOR_ACTED, {"task": "keys:status"})
        told = {
            "kek": opened.settings.kek.partition(":")[0],
            "kek_version": opened.stores.provider.current_version(),
            "custody": opened.custody.kind,
            "peppers": opened.stores.keystore.count(opened.council_id),
            "erased": len(opened.stores.keystore.erased(opened.council_id)),
            "unfinished_erasures": len(opened.erasure.unfinished(opened.council_id)),
        }
    answer(told, *columns((name, str(value)) for name, value in told.items()))
