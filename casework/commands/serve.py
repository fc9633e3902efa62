"""`casework serve`: the pages and the API, behind a proxy or on this machine alone."""

from typing import Any

import click

from casework.app import create_app
from casework.commands.acting import read_settings
from casework.commands.console import answer, json_option
from casework.commands.wording import said
from casework.operations.doors import require_shut
from casework.operations.instance import open_instance, system_edges
from casework.operations.jobs import mend
from casework.operations.serve import Binding
from casework.operations.serve import serve as run
from casework.settings import Settings


@click.command(help=said("Servir les pages et l’API.", "Serve the pages and the API."))
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help=said("Adresse où écouter.", "Address to listen on."),
)
@json_option
def serve(host: str, port: int) -> None:
    """Check that the instance can serve, then serve until told to stop."""
    settings = read_settings()
    binding = Binding(host, port)
    # Opened once before the workers start: a fault is one sentence here, not a loop of restarts.
    instance = open_instance(settings, system_edges())
    mend(instance)
    require_shut(instance)
    instance.close()
    url = f"http://{binding}"
    answer({"url": url}, said(f"casework répond sur {url}", f"casework answers on {url}"))
    run(settings, binding, lambda: _application(settings))


def _application(settings: Settings) -> Any:
    return create_app(open_instance(settings, system_edges()), settings)
