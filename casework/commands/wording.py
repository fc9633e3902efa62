"""The language of the command line: French, or English where the machine speaks it."""

import os
from collections.abc import Mapping


def said(french: str, english: str) -> str:
    """Return a sentence in the language of the terminal."""
    return english if speaks_english(os.environ) else french


def speaks_english(environment: Mapping[str, str]) -> bool:
    """Say whether the first locale that is set is an English one."""
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    chosen = next((environment[name] for name in names if environment.get(name)), "")
    return chosen.lower().startswith("en")
