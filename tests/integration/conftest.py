"""A small invented town, whole: what the tests of keys, cases, meetings and retention act in."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import pytest

from tests.confided import more_bodies
from tests.conftest import Address
from tests.families import Families, families_of, settle_families
from tests.founding import More, settle
from tests.network import Network, found_network, network_of
from tests.office import Office, office_of, open_office
from tests.scenery import Scene, scene_of, set_scene
from tests.town import Town

FOUNDED_FOR: Final[Mapping[str, More]] = {
    "network": found_network,
    "desks": found_network,
    "families": settle_families,
    "confidants": more_bodies,
    "scene": set_scene,
    "office": open_office,
    "stage": open_office,
}
"""What a town has from the beginning for a test that asks for it by name, in this order."""


@pytest.fixture
def town(request: pytest.FixtureRequest, address: Address, tmp_path: Path) -> Iterator[Town]:
    """Give a town on a fresh database, its key store beside it."""
    asked = (one for name, one in FOUNDED_FOR.items() if name in request.fixturenames)
    built = settle(address, tmp_path, *dict.fromkeys(asked))
    yield built
    built.dispose()


@pytest.fixture
def office(town: Town, tmp_path: Path) -> Office:
    """Give the pages of the town, and whoever comes to them."""
    return office_of(town, tmp_path)


@pytest.fixture
def confidants(town: Town) -> None:
    """Have a second body of social action, and justice, sit in the group of the town."""


@pytest.fixture
def scene(town: Town) -> Scene:
    """Give the cases and meetings of a town in the middle of its work."""
    return scene_of(town)


@pytest.fixture
def network(town: Town) -> Network:
    """Give the network for victims beside the group of the town."""
    return network_of(town)


@pytest.fixture
def families(town: Town) -> Families:
    """Give the family council beside the group of the town."""
    return families_of(town)
