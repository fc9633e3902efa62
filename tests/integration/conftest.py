"""A small invented town, whole: what the tests of keys, cases, meetings and retention act in."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Address
from tests.founding import settle
from tests.town import Town


@pytest.fixture
def town(address: Address, tmp_path: Path) -> Iterator[Town]:
    """Give a town on a fresh database, its key store beside it."""
    built = settle(address, tmp_path)
    yield built
    built.dispose()
