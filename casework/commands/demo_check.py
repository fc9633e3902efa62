"""`casework demo --check`: the real application in this process, under a clock one can move."""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

import click

from casework.app import AppOptions, create_app
from casework.clock import SystemClock
from casework.commands.demo_home import DemoHome, Purpose, find, make, remove
from casework.demo.check.running import run
from casework.demo.check.stage import House
from casework.demo.workshop import MovingClock
from casework.entropy import SystemEntropy
from casework.errors import Misconfigured
from casework.operations.instance import open_instance
from casework.stores import Edges

_ORIGIN: Final = "http://127.0.0.1:8000"


def check_in(folder: Path | None, size: str) -> bool:
    """Check in a throw-away home, or in `folder`, which is left to be looked at."""
    if folder is not None:
        return _check(_fresh(folder.expanduser()), size)
    throw_away = Path(tempfile.mkdtemp(prefix="casework-demo-"))
    try:
        return _check(throw_away / "home", size)
    finally:
        shutil.rmtree(throw_away, ignore_errors=True)


def _fresh(folder: Path) -> Path:
    """Return the folder, emptied of an earlier check. Raises `Misconfigured` for anything else."""
    found = find(folder)
    if found is not None and found.purpose is not Purpose.CHECK:
        raise Misconfigured([f"{folder} sert à une démonstration : choisissez un autre dossier."])
    if found is not None:
        remove(found)
    return folder


def _check(folder: Path, size: str) -> bool:
    click.echo("Préparer une ville inventée")
    home = make(folder, size, Purpose.CHECK)
    cases = len(home.world().cases)
    click.echo(f"  ✓ {cases} situations, leur histoire et leurs partenaires, dans {folder}")
    good = play(home, click.echo)
    click.echo("\nTout tient." if good else "\nUne étape ne tient pas.")
    return good


def play(home: DemoHome, say: Callable[[str], None]) -> bool:
    """Play every chapter in a home made for it; `say` is told each step."""
    settings = home.settings(_ORIGIN)
    clock = MovingClock(SystemClock().now())
    instance = open_instance(settings, Edges(clock, SystemEntropy()))
    app = create_app(instance, settings, AppOptions(demonstration=True))
    house = House(settings, instance, instance.account_services, clock, app.test_client)
    try:
        return run(house, home.world(), say)
    finally:
        instance.close()
