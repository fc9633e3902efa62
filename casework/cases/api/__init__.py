"""Cases by program: the tasks of the pages, through the same services."""

from casework.cases.api.blueprint import cases

# Importing a module of routes hangs them on the blueprint.
from casework.cases.api import (  # isort: skip
    actions,
    contents,
    measures,
    merging,
    namings,
    reading,
    referrals,
    safeguards,
    searching,
    steps,
    triage,
    victims,
)

__all__ = [
    "actions",
    "cases",
    "contents",
    "measures",
    "merging",
    "namings",
    "reading",
    "referrals",
    "safeguards",
    "searching",
    "steps",
    "triage",
    "victims",
]
