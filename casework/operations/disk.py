"""How much room is left on the disks that hold the home."""

import shutil
from pathlib import Path
from typing import Final

from casework.errors import Unavailable

_LEAST: Final = 0.10


def free_share(path: Path) -> float:
    """Return the share of the disk of `path` that is free, from 0 to 1."""
    usage = shutil.disk_usage(path)
    return usage.free / usage.total


def require_room(path: Path) -> None:
    """Raise `Unavailable` when less than a tenth of the disk is free."""
    if free_share(path) < _LEAST:
        raise Unavailable(f"less than {_LEAST:.0%} of the disk is free")
