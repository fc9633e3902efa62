"""`casework doctor`: looks over the instance and says what its operator should know."""

import click

from casework.commands.acting import read_settings
from casework.commands.console import answer, columns, found_faults, json_option
from casework.commands.wording import said
from casework.operations.doctor import examine
from casework.operations.instance import system_edges


@click.command(help=said("Examiner l’instance, sans rien changer.", "Look over the instance."))
@json_option
def doctor() -> None:
    """Print one line a check; exit code 1 when one does not hold."""
    checks = list(examine(read_settings(), system_edges()))
    told = [{"check": one.name, "holds": one.holds, "says": one.says} for one in checks]
    answer(told, *columns(("ok" if one.holds else "!!", one.name, one.says) for one in checks))
    if not all(one.holds for one in checks):
        found_faults()
