"""The custodians of the invented town."""

import pytest

from tests.keepers import Keepers
from tests.staff import employ
from tests.town import Town


@pytest.fixture
def keepers(town: Town) -> Keepers:
    """Give custodians who have not been named yet."""
    return Keepers(employ(town))
