"""A council with an empty register."""

import pytest

from casework.db.engine import Database
from tests.register import Register, open_register


@pytest.fixture
def register(database: Database) -> Register:
    return open_register(database)
