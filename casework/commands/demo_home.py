"""A home for the demonstration: made beside its place, put there whole, reused afterwards."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Final

from casework.charters.vocabulary import CaseKind
from casework.clock import SystemClock, local_day
from casework.demo.calendar import anchor_before
from casework.demo.enrolling import enrol
from casework.demo.filing import file_away
from casework.demo.loading import beginning, load
from casework.demo.network import found_network, network_visitors
from casework.demo.shapes import World
from casework.demo.visitors import visitors
from casework.demo.workshop import MovingClock, Workshop
from casework.demo.world import build, outline
from casework.entropy import SystemEntropy
from casework.errors import Misconfigured
from casework.operations.founding import NewCouncil, found
from casework.operations.home import prepare
from casework.operations.instance import account_settings
from casework.operations.migration import upgrade
from casework.operations.schema import Schema
from casework.settings import Settings
from casework.stores import Edges, Stores

_FOLDER: Final = Path(__file__).parents[2] / "config" / "charters"
CHARTERS: Final = {CaseKind.FOLLOWUP: "gsn.toml", CaseKind.REMINDER: "rappel-a-l-ordre.toml"}
"""The shipped charter of each kind of group that a demonstration has; the network has its own."""

_OF_VICTIMS: Final = _FOLDER / "victimes.toml"
_MARK: Final = "demo.json"
_OPERATOR: Final = "demo"


class Purpose(StrEnum):
    """What a home was made for; one whose clock was moved on is not served."""

    SERVE = "serve"
    CHECK = "check"


@dataclass(frozen=True, slots=True)
class DemoHome:
    """A demonstration on disk; the world in it is told by `size` and `anchor` alone."""

    folder: Path
    size: str
    anchor: date
    purpose: Purpose

    def settings(self, url: str = "http://127.0.0.1:8000") -> Settings:
        """Return the settings that run it; nothing of the environment is read."""
        return settings_of(self.folder, url)

    def world(self) -> World:
        """Return its world, cases included."""
        return build(self.size, self.anchor)

    def outline(self) -> World:
        """Return its people, without the cases."""
        return outline(self.size, self.anchor)


def settings_of(folder: Path, url: str = "http://127.0.0.1:8000") -> Settings:
    """Return the settings of a demonstration in a folder, on two SQLite files."""
    return Settings.from_environment(
        {"CASEWORK_HOME": str(folder.absolute()), "CASEWORK_PUBLIC_URL": url}
    )


def current_anchor() -> date:
    """Return the anchor of a world made today."""
    return anchor_before(local_day(SystemClock().now()))


def find(folder: Path) -> DemoHome | None:
    """Return the demonstration of a folder, or None when the folder is empty or missing.

    Raises `Misconfigured` when something else is there.
    """
    try:
        told = json.loads((folder / _MARK).read_text(encoding="utf-8"))
        anchor = date.fromisoformat(told["anchor"])
        return DemoHome(folder, told["size"], anchor, Purpose(told["purpose"]))
    except FileNotFoundError:
        if folder.exists() and any(folder.iterdir()):
            raise Misconfigured([_occupied(folder)]) from None
        return None
    except (OSError, ValueError, KeyError, TypeError):
        raise Misconfigured([_occupied(folder)]) from None


def make(folder: Path, size: str, purpose: Purpose) -> DemoHome:
    """Make a demonstration in an empty or missing folder; broken off, it leaves nothing there."""
    world = build(size, current_anchor())
    with _beside(folder) as place:
        _fill(settings_of(place), world)
        home = DemoHome(folder, size, world.anchor, purpose)
        told = {"size": size, "anchor": world.anchor.isoformat(), "purpose": purpose.value}
        (place / _MARK).write_text(json.dumps(told), encoding="utf-8")
    return home


def remove(home: DemoHome) -> None:
    """Delete a demonstration."""
    shutil.rmtree(home.folder)


@contextmanager
def _beside(folder: Path) -> Iterator[Path]:
    """Give a folder beside the one wanted, and put it in its place once it is whole."""
    folder = folder.absolute()
    folder.parent.mkdir(parents=True, exist_ok=True)
    place = folder.with_name(f".{folder.name}.casework-demo")
    shutil.rmtree(place, ignore_errors=True)
    try:
        yield place
        if folder.exists():
            folder.rmdir()
        place.rename(folder)
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _fill(settings: Settings, world: World) -> None:
    clock, entropy = MovingClock(beginning(world)), SystemEntropy()
    edges = Edges(clock, entropy)
    prepare(settings, entropy)
    _migrate(Stores(settings, edges))
    communes = {one.insee: one.name for one in world.communes}
    council_id = found(settings, edges, NewCouncil(world.council.name, communes), _OPERATOR)
    workshop = Workshop(settings, clock, entropy, council_id)
    texts = {kind: (_FOLDER / name).read_text("utf-8") for kind, name in CHARTERS.items()}
    cast = load(workshop, world, texts)
    found_network(cast, world, _OF_VICTIMS.read_text("utf-8"))
    file_away(cast, world)
    with workshop.ledger:
        accounts = workshop.accounts(account_settings(settings))
        enrol(cast, accounts, [one.member for one in (*visitors(world), *network_visitors(world))])
    workshop.close()


def _migrate(stores: Stores) -> None:
    upgrade(stores.main, Schema.MAIN)
    upgrade(stores.keystore_database, Schema.KEYSTORE)
    stores.main.engine.dispose()
    stores.keystore_database.engine.dispose()


def _occupied(folder: Path) -> str:
    return f"{folder} n’est pas vide et n’est pas une démonstration : choisissez un autre dossier."
