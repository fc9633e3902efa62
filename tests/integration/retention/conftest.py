"""Towns whose two databases are of the same dialect, as in production."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Address
from tests.founding import settle
from tests.postgres import OWNER, acting_as, new_database
from tests.town import Town


@pytest.fixture
def alike(address: Address, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Town]:
    """Give a town whose key store runs on what its main database runs on."""
    if address.url.startswith("sqlite"):
        built = settle(address, tmp_path)
        yield built
        built.dispose()
        return
    with new_database(request.getfixturevalue("postgres_server")) as url:
        built = settle(address, tmp_path, keys=Address(acting_as(OWNER, url)))
        yield built
        built.dispose()
