"""The office of the town: the real application, its members at their desks, also of a network."""

from pathlib import Path

import pytest

from tests.integration.cases.victims import Desks
from tests.network import network_of
from tests.office import Office, office_of
from tests.town import Town


@pytest.fixture
def office(town: Town, tmp_path: Path) -> Office:
    return office_of(town, tmp_path)


@pytest.fixture
def desks(town: Town, office: Office) -> Desks:
    return Desks(network_of(town), office)
