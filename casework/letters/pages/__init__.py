"""The pages of letters: the group's list, those of a case, one of them, how a group writes."""

from casework.letters.pages.blueprint import pages

# Importing a module of routes hangs them on the blueprint.
from casework.letters.pages import letters, lists, stationery, writing  # isort: skip

__all__ = ["letters", "lists", "pages", "stationery", "writing"]
