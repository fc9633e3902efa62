"""A town whose school and street workers have accounts."""

import pytest

from tests.staff import Staff, employ
from tests.town import Town


@pytest.fixture
def staff(town: Town) -> Staff:
    hired = employ(town)
    hired.enrol("school")
    return hired
