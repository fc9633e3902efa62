"""Attacks act in the same small town as the integration tests."""

from tests.integration.accounts.conftest import staff
from tests.integration.conftest import town

__all__ = ["staff", "town"]
