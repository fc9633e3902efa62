"""The same work done in the name of another organisation, where the service opens its secret."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from casework.audit.work import Work
from casework.errors import IntegrityFailure, Locked, SealBroken
from casework.identity import PrincipalKind
from casework.keys.delivery import acting_organisation
from casework.keys.gateway import holding
from casework.keys.keyring import Keyring
from casework.keys.values import HeldKey

_SERVING: Final = frozenset({PrincipalKind.OPERATOR, PrincipalKind.SERVICE})


@dataclass(frozen=True, slots=True)
class StandIn:
    """Tries organisations one after another; a member acts for their own alone."""

    keyring: Keyring

    def first(
        self,
        work: Work,
        organisations: Iterable[UUID],
        part: tuple[UUID, int],
        act: Callable[[Work, HeldKey], None],
    ) -> bool:
        """Let the first who can act with its key to a (compartment, epoch); say whether one did."""
        for organisation_id in organisations:
            there = in_the_name_of(work, organisation_id)
            key = held(work, organisation_id, part) if there else None
            if there is None or key is None or self._is_locked(there):
                continue
            try:
                act(there, key)
            except (IntegrityFailure, Locked, SealBroken):
                continue
            return True
        return False

    def _is_locked(self, there: Work) -> bool:
        acting = acting_organisation(there)
        try:
            own = self.keyring.custody.directory.current(there.session, acting.place)
            self.keyring.custody.keys_of(acting, own.version)
        except Locked:
            return True
        return False


def held(work: Work, organisation_id: UUID, part: tuple[UUID, int]) -> HeldKey | None:
    """Return a (compartment, epoch) as an organisation holds it."""
    there = replace(work.principal, organisation_id=organisation_id)
    acting = acting_organisation(_lent(work, Work(there, work.reason, work.now)))
    found = holding.held_these(work.session, acting, [part[0]])
    epochs = [one for key in found for one in (key, *key.former)]
    return next((one for one in epochs if one.epoch == part[1]), None)


def in_the_name_of(work: Work, organisation_id: UUID) -> Work | None:
    """Return the same work done by another organisation; None for a member of another."""
    who = work.principal
    if who.organisation_id == organisation_id:
        return work
    if who.kind not in _SERVING:
        return None
    there = replace(who, organisation_id=organisation_id, member_id=None, own_keys=None)
    return _lent(work, Work(there, work.reason, work.now))


def _lent(work: Work, there: Work) -> Work:
    there.lend(work.session)
    return there
