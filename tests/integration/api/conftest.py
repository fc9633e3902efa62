"""A program before the real application of the invented town, on both databases."""

from pathlib import Path

import pytest

from tests.integration.api.program import Program, program_of
from tests.town import Town


@pytest.fixture
def program(town: Town, tmp_path: Path) -> Program:
    """Give a program that may act for any member."""
    return program_of(town, tmp_path)
