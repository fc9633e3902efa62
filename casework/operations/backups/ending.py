"""Copies of the key store end on the day that was promised: what was erased dies with them."""

import shutil
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from casework.audit.actions import Act
from casework.audit.entry import Entry
from casework.identity import Principal, Reason
from casework.operations.backups.copies import Copy, begun_in, copies_in, told_why
from casework.operations.backups.elsewhere import FOLDER
from casework.operations.instance import Instance
from casework.operations.schema import Schema

_LONGEST: Final = timedelta(days=1)
"""How long a run may take: what is older was left by one that was killed."""


def end(instance: Instance, who: Principal) -> int:
    """Delete the copies of the key store that are too old, and record how many. Often none.

    What runs that were killed left behind goes too. A folder that is not there is left alone: its
    disk may be in a safe. Copies of the main database stay as long as their keeper likes. Raises
    `CopyFailed` where nothing may be deleted.
    """
    with told_why(Schema.KEYSTORE):
        for left in _left_behind(instance):
            shutil.rmtree(left) if left.is_dir() else left.unlink(missing_ok=True)
        ended = overdue(instance)
        for one in ended:
            one.path.unlink(missing_ok=True)
    if ended:
        with instance.ledger.begin(who, Reason.OPERATION) as work:
            work.record(Entry(Act.BACKUP_ENDED, detail={"keystore": len(ended)}))
    return len(ended)


def overdue(instance: Instance) -> Sequence[Copy]:
    """Return the copies of the key store that are older than CASEWORK_KEYSTORE_BACKUP_DAYS."""
    backups = instance.settings.backups
    if backups is None:
        return []
    oldest = instance.edges.clock.now() - timedelta(days=instance.promise.days)
    kept = copies_in(backups.keystore, Schema.KEYSTORE, instance.council_id)
    return [one for one in kept if one.made_at <= oldest]


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
