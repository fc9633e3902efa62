"""The pages of accounts: proving who one is, staying, leaving, joining."""

from casework.accounts.pages import joining, proving, staying
from casework.accounts.pages.blueprint import pages

__all__ = ["joining", "pages", "proving", "staying"]
