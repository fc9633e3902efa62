"""Copies end in time, those of the key store on the promised day: what was erased dies then."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from casework.audit.actions import Act
from casework.audit.entry import Entry
from casework.identity import Principal, Reason
from casework.operations.backups.copies import (
    Copy,
    begun_in,
    copies_in,
    ended,
    folder_of,
    told_why,
)
from casework.operations.backups.elsewhere import FOLDER
from casework.operations.instance import Instance
from casework.operations.schema import Schema

_LONGEST: Final = timedelta(days=1)
"""How long a run may take: what is older was left by one that was killed."""


def end(instance: Instance, who: Principal) -> int:
    """Delete the copies whose time is over, and record how many of each. Often none.

    What runs that were killed left behind goes too. A folder that is not there is left alone: its
    disk may be in a safe. Raises `CopyFailed` where nothing may be deleted.
    """
    due = {schema: _due(instance, schema) for schema in Schema}
    for left in _left_behind(instance):
        with told_why(Schema.KEYSTORE):
            shutil.rmtree(left) if left.is_dir() else left.unlink(missing_ok=True)
    for schema, copies in due.items():
        with told_why(schema):
            for one in copies:
                one.path.unlink(missing_ok=True)
    counts = {schema.value: len(copies) for schema, copies in due.items() if copies}
    if counts:
        with instance.ledger.begin(who, Reason.OPERATION) as work:
            work.record(Entry(Act.BACKUP_ENDED, detail=counts))
    return sum(counts.values())


def overdue(instance: Instance) -> list[Copy]:
    """Return the copies of the key store that are older than CASEWORK_KEYSTORE_BACKUP_DAYS."""
    oldest = instance.edges.clock.now() - timedelta(days=instance.promise.days)
    return [one for one in _due(instance, Schema.KEYSTORE) if one.made_at <= oldest]


def _due(instance: Instance, schema: Schema) -> list[Copy]:
    backups = instance.settings.backups
    if backups is None:
        return []
    days = backups.days if schema is Schema.MAIN else instance.promise.days
    kept = copies_in(folder_of(backups, schema), schema, instance.council_id)
    return ended(kept, instance.edges.clock.now(), days)


def _left_behind(instance: Instance) -> Iterator[Path]:
    backups, run = instance.settings.backups, instance.settings.home / "run"
    begun = [run / FOLDER, *run.glob("*.copy")]
    if backups is not None:
        begun += [begun_in(backups, schema, instance.council_id) for schema in Schema]
    for path in begun:
        if path.exists() and _modified(path) < instance.edges.clock.now() - _LONGEST:
            yield path


def _modified(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)
