"""`casework demo`: an invented town to try, or to check that the main job holds."""

import json
import socket
from pathlib import Path
from time import perf_counter
from typing import Any, Final

import click

from casework.app import AppOptions, create_app
from casework.clock import SystemClock
from casework.commands.console import answer, columns, json_option
from casework.commands.demo_check import check_in
from casework.commands.demo_home import DemoHome, Purpose, current_anchor, find, make
from casework.commands.wording import said
from casework.demo.disclosure import to_json
from casework.demo.network import network_visitors
from casework.demo.reminders.tales import registers_of
from casework.demo.seating import SIZES
from casework.demo.visitors import Visitor, code_of, seconds_left, visitors
from casework.demo.world import CASES, build
from casework.errors import Misconfigured
from casework.operations.doors import require_shut
from casework.operations.instance import open_instance, system_edges
from casework.operations.serve import Binding, serve
from casework.settings import Settings

_HOME: Final = Path("~/.casework-demo")
_SIZES: Final = click.Choice(SIZES[:-1])
_SERVED: Final = (
    "La démonstration n’écoute que sur cette machine (127.0.0.1) : ses mots de passe sont publics."
)

_home_option = click.option(
    "--home",
    type=click.Path(file_okay=False, path_type=Path),
    help=said("Son dossier.", "Its folder."),
)


@click.group(
    invoke_without_command=True, help=said("Servir une ville inventée.", "Serve an invented town.")
)
@click.option("--size", type=_SIZES, default="small", show_default=True)
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True)
@_home_option
@click.option(
    "--check",
    is_flag=True,
    help=said("Faire le parcours principal sans navigateur.", "Do the main job, no browser."),
)
@click.pass_context
def demo(
    ctx: click.Context, size: str, port: int, host: str, home: Path | None, check: bool
) -> None:
    """Make the town if it is not there, print its accounts, serve it on this machine alone."""
    if ctx.invoked_subcommand is not None:
        return
    if check:
        ctx.exit(0 if check_in(home, size) else 1)
    binding = _loopback(host, port)
    found = _found_or_made((home or _HOME).expanduser(), size)
    settings = found.settings(f"http://{binding}")
    _require_sound(settings)
    for line in _accounts(found):
        click.echo(line)
    click.echo(f"\n{said('Ouvrez', 'Open')} http://{binding}\n")
    serve(settings, binding, lambda: _application(settings))


@demo.command(help=said("Dire la ville inventée.", "Tell the invented town."))
@click.option("--size", type=_SIZES, default="small", show_default=True)
@_home_option
@json_option
def world(size: str, home: Path | None) -> None:
    """Print everything invented: people, accounts, cases; what no store may hold in clear."""
    found = find(home.expanduser()) if home else None
    told = found.world() if found else build(size, current_anchor())
    values = to_json(told, *registers_of(told))
    answer(values, json.dumps(values, ensure_ascii=False, indent=2))


@demo.command(help=said("Afficher les codes du moment.", "Show the codes of the moment."))
@_home_option
@json_option
def codes(home: Path | None) -> None:
    """Print the accounts to try, with fresh one-time codes."""
    folder = (home or _HOME).expanduser()
    found = find(folder)
    if found is None:
        raise Misconfigured([f"{folder} : aucune démonstration ici."])
    now = SystemClock().now()
    told = {one.member.login: code_of(one.member, now) for one in _people(found)}
    answer(told, *_accounts(found))


def _loopback(host: str, port: int) -> Binding:
    """Return where to listen. Raises `Misconfigured` beyond this machine, or on a port in use."""
    binding = Binding("127.0.0.1" if host == "localhost" else host, port)
    if not binding.loopback:
        raise Misconfigured([_SERVED])
    family = socket.AF_INET6 if ":" in binding.host else socket.AF_INET
    try:
        socket.create_server((binding.host, port), family=family).close()
    except OSError:
        raise Misconfigured(
            [f"Le port {port} est déjà pris : ajoutez --port {port + 1}."]
        ) from None
    return binding


def _require_sound(settings: Settings) -> None:
    """Open it once before any worker does: what is wrong is one sentence here, not a loop."""
    try:
        opened = open_instance(settings, system_edges())
        require_shut(opened)
        create_app(opened, settings)
        opened.close()
    except Misconfigured as fault:
        again = f"Cette démonstration vient d’une autre version : supprimez {settings.home}."
        raise Misconfigured([*fault.faults, again]) from None


def _found_or_made(folder: Path, size: str) -> DemoHome:
    found = find(folder)
    if found is not None and found.purpose is Purpose.CHECK:
        told = "a servi à une vérification, son horloge a été avancée : choisissez-en un autre"
        raise Misconfigured([f"{folder} {told}."])
    if found is None:
        click.echo(said("Préparation de la ville inventée…", "Preparing the invented town…"))
        began = perf_counter()
        found = make(folder, size, Purpose.SERVE)
        click.echo(_speed(CASES[size], perf_counter() - began))
    return found


def _speed(cases: int, seconds: float) -> str:
    french = f"{cases} situations en {seconds:.0f} s, {cases / seconds:.0f} par seconde."
    return said(french, f"{cases} cases in {seconds:.0f} s, {cases / seconds:.0f} a second.")


def _accounts(found: DemoHome) -> list[str]:
    now = SystemClock().now()
    people = _people(found)
    rows = [("", "identifiant", "mot de passe", "code"), *(_row(one, now) for one in people)]
    may = [f"  {title} : {may}" for title, may in {one.title: one.may for one in people}.items()]
    fresh = f"./run casework demo codes --home {found.folder}"
    left = f"Ces codes valent encore {seconds_left(now)} s. Les suivants : {fresh}"
    return ["", *columns(rows), "", *may, "", left]


def _people(found: DemoHome) -> list[Visitor]:
    outline = found.outline()
    return [*visitors(outline), *network_visitors(outline)]


def _row(one: Visitor, now: Any) -> tuple[str, str, str, str]:
    return (one.title, one.member.login, one.member.password, code_of(one.member, now))


def _application(settings: Settings) -> Any:
    opened = open_instance(settings, system_edges())
    return create_app(opened, settings, AppOptions(demonstration=True))
