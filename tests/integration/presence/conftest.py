"""Two groups that ask one another."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Address
from tests.founding import settle
from tests.neighbours import Neighbours, neighbours_of, with_neighbours


@pytest.fixture
def neighbours(address: Address, tmp_path: Path) -> Iterator[Neighbours]:
    """Give the town with its two groups, founded once for all tests."""
    town = settle(address, tmp_path, with_neighbours)
    yield neighbours_of(town)
    town.dispose()
