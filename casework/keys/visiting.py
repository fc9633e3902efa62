"""What the regular job cannot do, a little at a time: where only members open the keys."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from casework.db.engine import Scope
from casework.errors import CaseworkError
from casework.identity import Principal, Reason
from casework.keys.delivery import acting_organisation
from casework.keys.gateway import holding, waiting
from casework.keys.rekeying import Rekeying
from casework.keys.service.running import RotationRunner
from casework.keys.values import CustodyKind, HeldKey

VALUES: Final = 32
"""How many values one visit moves: what a page does not feel."""

_EPOCHS: Final = 2
_PARTS: Final = 8
_logger: Final = logging.getLogger("casework.rekeying")


@dataclass(frozen=True, slots=True)
class Visiting:
    """Draws epochs and seals anew while a member's own keys are open."""

    rekeying: Rekeying
    runner: RotationRunner

    def case(self, who: Principal, reason: Reason, held: Sequence[HeldKey]) -> None:
        """Do a little for a case that a member has just read."""
        wanted = [one.compartment_id for one in held if one.due or one.former]
        if wanted and self._is_needed(who):
            self._do(who, reason, wanted)

    def any(self, who: Principal, reason: Reason) -> None:
        """Finish what was broken off, then do a little for whatever waits with the organisation."""
        self.runner.visit(who)
        if self._is_needed(who):
            with self.rekeying.database.reading(Scope(*_place(who))) as session:
                wanted = waiting.of_organisation(session, _place(who), _PARTS)
            if wanted:
                self._do(who, reason, wanted)

    def _is_needed(self, who: Principal) -> bool:
        """Say whether the regular job cannot: where the service opens the secret, it does it."""
        if who.own_keys is None or who.organisation_id is None:
            return False
        custody = self.rekeying.resealing.keyring.custody
        with self.rekeying.database.reading(Scope(*_place(who))) as session:
            return custody.kind_of(session, _place(who)) is CustodyKind.MEMBER

    def _do(self, who: Principal, reason: Reason, wanted: Sequence[UUID]) -> None:
        """Whoever reads is told of no fault here: nothing is lost, the next visit tries again."""
        epochs = self.rekeying.resealing.keyring.epochs
        try:
            with self.rekeying.ledger.begin(who, reason) as work:
                held = self.rekeying.taken_up(work, wanted)
                for key in [one for one in held if one.due][:_EPOCHS]:
                    epochs.advance(work, key)
                ours = [key.compartment_id for key in held]
                fresh = holding.held_these(work.session, acting_organisation(work), ours)
                self.rekeying.batch(work, fresh, VALUES)
        except CaseworkError as fault:
            _logger.info("a visit moved nothing: %s", fault.code)


def _place(who: Principal) -> tuple[UUID, UUID]:
    return who.council_id, who.organisation_id or UUID(int=0)
