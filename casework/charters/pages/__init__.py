"""The charter in force and its versions on screen: read, undertake, compare, approve, sign."""

from casework.charters.pages import reading, steps, versions
from casework.charters.pages.blueprint import pages

__all__ = ["pages", "reading", "steps", "versions"]
