"""`casework tick`: one pass over the regular jobs, for a timer to call each minute."""

import click

from casework.commands.acting import instance
from casework.commands.console import answer, found_faults, json_option
from casework.commands.wording import said
from casework.operations.jobs import ticker


@click.command(help=said("Faire ce qui est dû, puis s’arrêter.", "Do what is due, then stop."))
@json_option
def tick() -> None:
    """Run what is due; exit code 1 when a job failed."""
    with instance() as opened:
        ran = ticker(opened).tick()
    told = [{"job": one.kind.value, "fault": one.fault} for one in ran]
    answer(told, *(f"{one.kind.value} {one.fault or 'ok'}" for one in ran))
    if any(one.fault for one in ran):
        found_faults()
