"""Invented worlds in founded homes, made as the demonstration makes them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from casework.commands.demo_home import DemoHome, Purpose, find, make, settings_of
from casework.demo.cast import Cast
from casework.demo.loading import beginning
from casework.demo.shapes import World
from casework.demo.workshop import MovingClock, Workshop
from casework.entropy import SystemEntropy
from casework.operations.founding import NewCouncil, found
from casework.operations.home import prepare
from casework.operations.migration import upgrade
from casework.operations.schema import Schema
from casework.stores import Edges, Stores

CHARTER = Path(__file__).parents[3] / "config/charters/gsn.toml"


@dataclass(frozen=True, slots=True)
class Written:
    """A council in which a history was written, and its people."""

    workshop: Workshop
    cast: Cast
    world: World


Tell = Callable[[Workshop, World], Cast]
Write = Callable[[World, Tell], Written]


@pytest.fixture
def write(tmp_path: Path) -> Iterator[Write]:
    """Found a council in a new folder and have a history written into it, without accounts."""
    opened: list[Workshop] = []

    def written(world: World, tell: Tell) -> Written:
        workshop = _founded(tmp_path / f"home-{len(opened)}", world)
        opened.append(workshop)
        return Written(workshop, tell(workshop, world), world)

    yield written
    for workshop in opened:
        workshop.close()


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> DemoHome:
    """Make the small demonstration once; tests that write take a copy."""
    folder = tmp_path_factory.mktemp("demo") / "home"
    make(folder, "small", Purpose.CHECK)
    home = find(folder)
    assert home is not None
    return home


def _founded(folder: Path, world: World) -> Workshop:
    settings, entropy = settings_of(folder), SystemEntropy()
    clock = MovingClock(beginning(world))
    edges = Edges(clock, entropy)
    prepare(settings, entropy)
    stores = Stores(settings, edges)
    upgrade(stores.main, Schema.MAIN)
    upgrade(stores.keystore_database, Schema.KEYSTORE)
    for database in (stores.main, stores.keystore_database):
        database.engine.dispose()
    communes = {one.insee: one.name for one in world.communes}
    council_id = found(settings, edges, NewCouncil(world.council.name, communes), "test")
    return Workshop(settings, clock, entropy, council_id)
