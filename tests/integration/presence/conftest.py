"""Two groups that ask one another."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest

from tests.conftest import Address
from tests.founding import settle
from tests.neighbours import Neighbours, with_neighbours


@pytest.fixture
def neighbours(address: Address, tmp_path: Path) -> Iterator[Neighbours]:
    """Give the town with its two groups, founded once for all tests."""
    town = settle(address, tmp_path, more=with_neighbours)
    yield Neighbours(town, **cast("dict[str, Any]", town.extra))
    town.dispose()
