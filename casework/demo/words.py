"""Reads the word lists beside this module and gives them French typography."""

import re
import tomllib
import unicodedata
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent
_HOUR = re.compile(r"(\d) h(?: (\d\d))?")
_NBSP = "\u00a0"
_MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)


@cache
def lists(name: str) -> dict[str, Any]:
    """Return the tables of `<name>.toml`; callers do not change them."""
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def typeset(text: str) -> str:
    """Return `text` with the no-break spaces that French asks for."""
    for mark in ";:?!»":
        text = text.replace(f" {mark}", f"{_NBSP}{mark}")
    text = text.replace("« ", f"«{_NBSP}")
    return _HOUR.sub(lambda hour: hour[0].replace(" ", _NBSP), text)


def folded(text: str) -> str:
    """Return `text` in lower case without accents, as a person in a hurry types it."""
    spelled = text.lower().replace("œ", "oe").replace("æ", "ae")
    apart = unicodedata.normalize("NFKD", spelled)
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def french_date(day: date) -> str:
    """Return a date as it is read aloud: « 3 mars 2011 »."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def slug(text: str) -> str:
    """Return `text` as ASCII words joined by hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", folded(text)).strip("-")
