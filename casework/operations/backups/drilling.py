"""Tries copies in a place of their own: they open, their register holds, their keys draw."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from casework.audit.actions import Act, Outcome
from casework.audit.entry import Detail, Entry
from casework.audit.faults import Verification
from casework.audit.gateway import RegisterGateway
from casework.audit.lines import Asked, Slice
from casework.audit.parts import open_part, stored_parts
from casework.audit.verify import Extent, verify
from casework.db.engine import Scope
from casework.errors import SealBroken
from casework.identity import Principal, Reason
from casework.keys.checking import KeyFindings
from casework.keys.trying import Trial
from casework.operations.backups.copies import Copy, digest_of
from casework.operations.backups.elsewhere import elsewhere
from casework.operations.backups.restoring import put_back
from casework.operations.instance import Instance, open_instance
from casework.operations.upgrading import upgrade_all

TRIED: Final = 100
"""How many parts a drill draws a key of."""

_REMEMBERED: Final = 1000
"""Of how many runs the digests are looked through, newest first."""


@dataclass(frozen=True, slots=True)
class Drill:
    """What a trial of copies found.

    `made_here` says whether the living register knows both files, `beginning` whether theirs is
    the beginning of it: nothing was cut, changed or added since.
    """

    copies: tuple[Copy, ...]
    register: Verification
    keys: KeyFindings
    trial: Trial
    made_here: bool
    beginning: bool

    @property
    def sound(self) -> bool:
        """Say whether everything holds."""
        whole = self.register.clean and not self.keys.faults and not self.trial.broken
        return whole and self.made_here and self.beginning


def drill(instance: Instance, copies: Sequence[Copy], identity: str, who: Principal) -> Drill:
    """Put copies of both databases back elsewhere, look at them, and leave nothing of them.

    Recorded in the living register. Raises as `restore`; `Misconfigured` too where no database
    can be made for it.
    """
    try:
        found = _tried(instance, tuple(copies), identity)
    except SealBroken:
        _record(instance, who, Outcome.FAILED, {})
        raise
    detail = {"lines": found.register.size, "tried": found.trial.tried}
    _record(instance, who, Outcome.ALLOWED if found.sound else Outcome.FAILED, detail)
    return found


def _record(instance: Instance, who: Principal, outcome: Outcome, detail: Detail) -> None:
    with instance.ledger.begin(who, Reason.OPERATION) as work:
        work.record(Entry(Act.BACKUP_DRILLED, outcome=outcome, detail=detail))


def _tried(instance: Instance, copies: tuple[Copy, ...], identity: str) -> Drill:
    digests, known = {digest_of(one.path) for one in copies}, _known(instance)
    with elsewhere(instance.settings, instance.council_id) as settings:
        put_back(settings, instance.edges, copies, identity)
        upgrade_all(settings, instance.edges, "drill")
        opened = open_instance(settings, instance.edges)
        try:
            council_id, main = opened.council_id, opened.stores.main
            keys = opened.register_keys.of(council_id)
            return Drill(
                copies=copies,
                register=verify(main, keys, council_id, Extent(rows=True)),
                keys=opened.key_checking.examine(council_id),
                trial=opened.key_trial.run(council_id, TRIED),
                made_here=digests <= known,
                beginning=_begins(instance, opened),
            )
        finally:
            opened.close()


def _begins(instance: Instance, opened: Instance) -> bool:
    """Say whether the living register contains the newest checkpoint of the copy."""
    council_id = opened.council_id
    with opened.stores.main.reading(Scope(council_id, whole=True)) as session:
        newest = RegisterGateway(session, council_id).newest_note()
    keys = instance.register_keys.of(council_id)
    held = () if newest is None else (newest.note,)
    return verify(instance.stores.main, keys, council_id, Extent(parts=False, held=held)).clean


def _known(instance: Instance) -> set[str]:
    """Return the digests of all copies that the living register remembers."""
    council_id, keys = instance.council_id, instance.register_keys.of(instance.council_id)
    asked = Asked(acts=frozenset({Act.BACKUP_CREATED}))
    with instance.stores.main.reading(Scope(council_id, whole=True)) as session:
        lines = RegisterGateway(session, council_id).page(asked, (), Slice(count=_REMEMBERED))
    told = [json.loads(open_part(keys, one, stored_parts(one)[2]) or b"{}") for one in lines]
    return {digest for one in told for digest in one.get("detail", {}).values()}
