"""The office of the town: the real application, its members at their desks."""

from pathlib import Path

import pytest

from tests.office import Office, office_of
from tests.town import Town


@pytest.fixture
def office(town: Town, tmp_path: Path) -> Office:
    return office_of(town, tmp_path)
