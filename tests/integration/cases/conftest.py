"""The office of the town: the real application, its members at their desks, also of a network."""

import pytest

from tests.integration.cases.victims import Desks
from tests.network import network_of
from tests.office import Office
from tests.town import Town


@pytest.fixture
def desks(town: Town, office: Office) -> Desks:
    return Desks(network_of(town), office)
