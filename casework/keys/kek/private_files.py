"""Files that only the service may read: read strictly, and replaced whole or not at all."""

import fcntl
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from casework.errors import Misconfigured

OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO
"""The rights that nobody but the owner may have."""


def read_private(path: Path, what: str, forbidden: int = OTHERS) -> str:
    """Return the ASCII text of a file that is `what`.

    Raises `Misconfigured`, by path and never by content, when it is missing or has a right of
    `forbidden`.
    """
    try:
        mode = path.stat().st_mode
        text = path.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        raise Misconfigured([f"{what} {path} is missing or cannot be read"]) from None
    if mode & forbidden:
        raise Misconfigured([f"{what} {path} can be read by others: chmod 600 {path}"])
    return text


def create_private(path: Path, content: bytes) -> None:
    """Write a new file for its owner alone (0600). Never overwrites."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with writing_private(path) as file:
        file.write(content)
    settle(path.parent)


def replace_private(path: Path, content: bytes) -> None:
    """Put new content in the place of a file: a cut at any moment leaves the old or the new.

    Call it under `alone_in` the folder.
    """
    fresh = path.with_name(f"{path.name}.new")
    # What a cut left behind may have other rights than ours.
    fresh.unlink(missing_ok=True)
    with writing_private(fresh) as file:
        file.write(content)
    fresh.replace(path)
    settle(path.parent)


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Hold a folder against every other process that asks the same; a kill lets go of it."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


@contextmanager
def writing_private(path: Path) -> Iterator[IO[bytes]]:
    """Give a new file for its owner alone (0600), on the disk when the block ends."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        yield file
        file.flush()
        os.fsync(handle)


def settle(folder: Path) -> None:
    """Make the name of a file as durable as its content."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
