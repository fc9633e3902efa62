"""Hours of a day, typed as people type them, said as French writes them."""

import re
from typing import Final

_HOUR: Final = re.compile(r"(\d{1,2})\s*[hH:]\s*(\d{2})?")
_LAST_HOUR: Final = 23
_LAST_MINUTE: Final = 59


def said_hour(typed: str) -> str | None:
    """Return `14 h 30` for `14h30`, None for what is no hour of a day."""
    found = _HOUR.fullmatch(typed.strip())
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    if hour > _LAST_HOUR or minute > _LAST_MINUTE:
        return None
    return f"{hour}\u00a0h\u00a0{minute:02}" if minute else f"{hour}\u00a0h"


def parted(told: str) -> tuple[str, str]:
    """Return the hour and the place of what tells both: `17 h 30, mairie`; no hour if unclear."""
    first, _, rest = told.partition(",")
    hour = said_hour(first)
    return (hour, rest.strip()) if hour is not None else ("", told)
