"""Cases by program: the tasks of the pages, through the same services."""

from casework.cases.api.blueprint import cases

# Importing a module of routes hangs them on the blueprint.
from casework.cases.api import actions, contents, namings, reading, referrals, safeguards, triage  # isort: skip

__all__ = [
    "actions",
    "cases",
    "contents",
    "namings",
    "reading",
    "referrals",
    "safeguards",
    "triage",
]
