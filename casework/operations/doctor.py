"""Looks over an instance and says, one line a check, what its operator should know."""

import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

from casework.audit.gateway import RegisterGateway
from casework.audit.lines import Asked, Slice
from casework.audit.verify import Extent, verify
from casework.db.engine import Scope
from casework.errors import CaseworkError, Misconfigured
from casework.moments import from_micros
from casework.operations.backups.copies import copies_in, folder_of
from casework.operations.backups.creating import require_backups
from casework.operations.backups.ending import overdue
from casework.operations.disk import free_share, require_room
from casework.operations.doors import require_shut
from casework.operations.home import Home
from casework.operations.instance import Instance, open_instance
from casework.operations.schema import Schema, applied
from casework.partners import gateway as partners
from casework.settings import Settings
from casework.stores import Edges

_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO
_DRIFT: Final = timedelta(minutes=2)
_LATELY: Final = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: a stable name, whether it holds, and a sentence."""

    name: str
    holds: bool
    says: str


Look = Callable[[], str]
"""Returns what it found, or raises one of our errors."""


def examine(settings: Settings, edges: Edges) -> Iterator[Check]:
    """Give the checks one after the other; those that need an open instance come last."""
    home = Home(settings)
    yield _checked("keys", lambda: _keys(home))
    yield _checked("apart", lambda: _apart(home))
    yield _checked("disk", lambda: _disk(settings))
    try:
        instance = open_instance(settings, edges)
    except CaseworkError as fault:
        yield Check("instance", holds=False, says=str(fault))
        return
    yield from _inside(instance)
    instance.close()


def _inside(instance: Instance) -> Iterator[Check]:
    yield Check("instance", holds=True, says=f"serves council {instance.council_id}")
    yield _checked("migrations", lambda: _migrations(instance))
    yield _checked("clock", lambda: _clock(instance))
    yield _checked("keystore", lambda: _keystore(instance))
    yield _checked("registrar", lambda: _registrar(instance))
    yield _checked("promise", lambda: _promise(instance))
    yield _checked("backups", lambda: _backups(instance))
    yield _checked("doors", lambda: _doors(instance))
    yield _checked("register", lambda: _register(instance))


def _checked(name: str, look: Look) -> Check:
    try:
        return Check(name, holds=True, says=look())
    except CaseworkError as fault:
        return Check(name, holds=False, says=str(fault))


def _keys(home: Home) -> str:
    faults = [fault for path in home.key_files for fault in _faults_of(path)]
    if faults:
        raise Misconfigured(faults)
    return "every key file is there, for its owner alone"


def _faults_of(path: Path) -> Iterator[str]:
    if not path.exists():
        yield f"{path} is missing"
    elif path.stat().st_mode & _OTHERS:
        yield f"{path} can be read by others: chmod 600 {path}"


def _apart(home: Home) -> str:
    """Check that a copy of one folder never holds both halves of a key."""
    if len({path.parent.resolve() for path in home.files}) < len(home.files):
        raise Misconfigured(["the key store lies in the folder of the main database"])
    if home.kek and home.kek.parent.resolve() in {path.parent.resolve() for path in home.files}:
        raise Misconfigured(["the key file lies in the folder of a database"])
    return "data, key store and keys lie apart"


def _disk(settings: Settings) -> str:
    if not settings.home.exists():
        raise Misconfigured([f"{settings.home} does not exist: run casework db upgrade"])
    require_room(settings.home)
    return f"{free_share(settings.home):.0%} of the disk is free"


def _migrations(instance: Instance) -> str:
    return f"main {applied(instance.stores.main)}, keystore {Schema.KEYSTORE.newest}"


def _clock(instance: Instance) -> str:
    """Check that new lines will not be dated before old ones."""
    scope = Scope(instance.council_id, whole=True)
    with instance.stores.main.reading(scope) as session:
        newest = RegisterGateway(session, instance.council_id).page(Asked(), (), Slice(count=1))
    last = from_micros(newest[0].at) if newest else None
    if last is not None and last > instance.edges.clock.now() + _DRIFT:
        raise Misconfigured([f"the clock is behind the newest line of the register ({last})"])
    return "the clock is ahead of the register"


def _register(instance: Instance) -> str:
    keys = instance.register_keys.of(instance.council_id)
    extent = Extent(parts=False, rows=True)
    found = verify(instance.stores.main, keys, instance.council_id, extent)
    if not found.clean:
        where = "casework audit verify --rows"
        raise Misconfigured([f"the register has {found.fault_count} faults: {where}"])
    return f"{found.size} lines and every sealed value verified, {found.signed} lines signed"


def _keystore(instance: Instance) -> str:
    """Check that the two databases are of the same day."""
    found = instance.key_checking.examine(instance.council_id)
    if found.faults:
        raise Misconfigured([*map(str, found.faults), "casework keys verify"])
    return f"{found.living} living parts, each with its pepper"


def _registrar(instance: Instance) -> str:
    """Check that the registrar whose word counts is the one that ought to."""
    with instance.stores.main.reading(Scope(instance.council_id, whole=True)) as session:
        found = instance.registrar.status(session, instance.council_id)
    if not found.offline:
        return "the instance vouches for public keys itself"
    return f"a registrar elsewhere vouches for public keys, {found.waiting} wait for it"


def _doors(instance: Instance) -> str:
    """Check that no door shows a case that nobody may see; nothing of it stays."""
    return f"{require_shut(instance)} forbidden cases planted, none came through any door"


def _promise(instance: Instance) -> str:
    """Check that backups of keys are kept no longer than any charter in force promises."""
    broken = list(_broken_promises(instance))
    if broken:
        raise Misconfigured(broken)
    return f"backups of the key store are kept {instance.promise.days} days"


def _backups(instance: Instance) -> str:
    """Check that both databases were copied lately, and that no old copy of keys is left."""
    backups = instance.settings.backups
    if backups is None:
        return "casework makes no copies here: CASEWORK_BACKUP_DIR is not set"
    require_backups(instance.settings)
    if overdue(instance):
        raise Misconfigured(["copies of the key store are older than promised: casework tick"])
    faults = [
        f"{schema.label} was not copied for {_LATELY.days} days: casework backup create"
        for schema in Schema
        if not _copied_lately(instance, folder_of(backups, schema), schema)
    ]
    if faults:
        raise Misconfigured(faults)
    return f"both databases were copied in the last {_LATELY.days} days"


def _copied_lately(instance: Instance, folder: Path, schema: Schema) -> bool:
    newest = copies_in(folder, schema, instance.council_id)[-1:]
    return any(one.made_at >= instance.edges.clock.now() - _LATELY for one in newest)


def _broken_promises(instance: Instance) -> Iterator[str]:
    council_id, days = instance.council_id, instance.promise.days
    with instance.stores.main.reading(Scope(council_id, whole=True)) as session:
        for group in partners.groups(session, council_id):
            charter = instance.charters.of_version(session, council_id, group.charter_id)
            promised = charter.clocks.keystore_backup_days
            if not instance.promise.kept_by(promised):
                yield (
                    f"the charter of {group.prefix} promises {promised} days,"
                    f" CASEWORK_KEYSTORE_BACKUP_DAYS says {days}"
                )
