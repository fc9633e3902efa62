"""A copy of one database as a file: what its name says, and which ones a folder holds."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final
from uuid import UUID

from casework.errors import CopyFailed, Unavailable
from casework.operations.schema import Schema
from casework.settings.values import Backups

_NAME: Final = re.compile(r"casework-(main|keystore)-([0-9a-f]{32})-(\d{8}T\d{6}Z)\.age")
_MOMENT: Final = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy that is there. Its name says which database of which council, and when (UTC)."""

    path: Path
    schema: Schema
    council_id: UUID
    made_at: datetime


def new_copy(folder: Path, schema: Schema, council_id: UUID, now: datetime) -> Copy:
    """Return the copy to be made at `now` in `folder`."""
    name = f"casework-{schema.value}-{council_id.hex}-{now.astimezone(UTC):{_MOMENT}}.age"
    return Copy(folder / name, schema, council_id, now.replace(microsecond=0))


def copy_at(path: Path) -> Copy | None:
    """Return what the name of a file says, or None for a name that is not ours."""
    found = _NAME.fullmatch(path.name)
    if found is None:
        return None
    schema, council, moment = found.groups()
    try:
        made_at = datetime.strptime(moment, _MOMENT).replace(tzinfo=UTC)
    except ValueError:  # no day of any calendar
        return None
    return Copy(path, Schema(schema), UUID(council), made_at)


def copies_in(folder: Path, schema: Schema, council_id: UUID) -> list[Copy]:
    """Return the copies of one database that a folder holds, oldest first; none without it."""
    names = folder.iterdir() if folder.is_dir() else ()
    known = [one for one in map(copy_at, names) if one is not None]
    mine = [one for one in known if (one.schema, one.council_id) == (schema, council_id)]
    return sorted(mine, key=lambda one: one.made_at)


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def ended(copies: Sequence[Copy], now: datetime, days: int) -> list[Copy]:
    """Return the copies whose time is over: after `days`, and after one day all but one a day.

    Of each day in UTC the newest stays: those of both databases are of one run.
    """
    newest = {one.made_at.date(): one for one in sorted(copies, key=lambda one: one.made_at)}
    young, old = now - timedelta(days=1), now - timedelta(days=days)
    return [
        one
        for one in copies
        if one.made_at <= old or (one.made_at <= young and newest[one.made_at.date()] != one)
    ]


def folder_of(backups: Backups, schema: Schema) -> Path:
    """Return where copies of a database go."""
    return backups.main if schema is Schema.MAIN else backups.keystore


def begun_in(backups: Backups, schema: Schema, council_id: UUID) -> Path:
    """Return under which name a copy is being written, until it is whole."""
    return folder_of(backups, schema) / f".casework-{schema.value}-{council_id.hex}.part"


@contextmanager
def told_why(schema: Schema) -> Iterator[None]:
    """Have what stands in the way of a copy told to the operator: a disk, a right, a program."""
    try:
        yield
    except CopyFailed:
        raise
    except (OSError, Unavailable) as fault:
        raise CopyFailed(f"{schema.label}: {fault}") from fault
