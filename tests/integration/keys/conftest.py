"""Keys are held by people: the staff of the invented town."""

from tests.integration.accounts.conftest import staff

__all__ = ["staff"]
