"""Runs a rotation to its end: many short units of work, so that nobody waits for it."""

import logging
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from casework.audit.ledger import Ledger
from casework.errors import CaseworkError
from casework.identity import Principal, Reason, service
from casework.keys.rotation import BEGINNING, Rotation
from casework.keys.status import KeyStatus

_logger: Final = logging.getLogger("casework.rotation")


@dataclass(frozen=True, slots=True)
class RotationRunner:
    """Goes on with rotations, whoever began them."""

    ledger: Ledger
    rotation: Rotation
    status: KeyStatus

    def finish(self, who: Principal) -> None:
        """Wrap everything anew that the acting organisation holds."""
        after: UUID | None = BEGINNING
        while after is not None:
            with self.ledger.begin(who, Reason.OPERATION) as work:
                after = self.rotation.go_on(work, after)

    def resume(self, council_id: UUID) -> int:
        """Go on with what was broken off and the service can open; return how many bodies.

        One that cannot be finished is left for later, and stops no other.
        """
        broken_off = self.status.broken_off(council_id)
        return sum(self._resumed(council_id, one) for one in broken_off)

    def visit(self, who: Principal) -> None:
        """Go on with what only a member can: a rotation that waited for the registrar's word."""
        if who.own_keys is None or who.organisation_id is None:
            return
        try:
            if self.status.is_broken_off((who.council_id, who.organisation_id)):
                self.finish(who)
        except CaseworkError as fault:
            _logger.info("a rotation waits: %s", fault.code)

    def _resumed(self, council_id: UUID, organisation_id: UUID) -> bool:
        try:
            self.finish(for_organisation(council_id, organisation_id))
        except CaseworkError as fault:
            _logger.warning("a new secret is not finished: %s", fault.code)
            return False
        return True


def for_organisation(council_id: UUID, organisation_id: UUID) -> Principal:
    """Return the service itself, acting with the keys of an organisation in `server` custody."""
    return replace(service(council_id, "keys"), organisation_id=organisation_id)
