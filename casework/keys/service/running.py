"""Runs a rotation to its end: many short units of work, so that nobody waits for it."""

import logging
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from casework.audit.ledger import Ledger
from casework.errors import CaseworkError, Locked
from casework.identity import Principal, Reason, service
from casework.keys.rotation import Rotation
from casework.keys.status import KeyStatus

_logger: Final = logging.getLogger("casework.rekeying")


@dataclass(frozen=True, slots=True)
class RotationRunner:
    """Goes on with rotations, whoever began them."""

    ledger: Ledger
    rotation: Rotation
    status: KeyStatus

    def finish(self, who: Principal) -> None:
        """Wrap everything anew that the acting organisation holds."""
        more = True
        while more:
            with self.ledger.begin(who, Reason.OPERATION) as work:
                more = self.rotation.go_on(work)

    def resume(self, council_id: UUID) -> int:
        """Go on with what was broken off and the service can open; return how many bodies."""
        finished = 0
        for organisation_id in self.status.broken_off(council_id):
            try:
                self.finish(for_organisation(council_id, organisation_id))
            except Locked:
                # The former secret is its members': one of them goes on when they come.
                continue
            finished += 1
        return finished

    def visit(self, who: Principal) -> None:
        """Go on with what only a member can: a rotation that waited for the registrar's word."""
        if who.own_keys is None or who.organisation_id is None:
            return
        try:
            if self.status.is_broken_off((who.council_id, who.organisation_id)):
                self.finish(who)
        except CaseworkError as fault:
            _logger.info("a rotation waits: %s", fault.code)


def for_organisation(council_id: UUID, organisation_id: UUID) -> Principal:
    """Return the service itself, acting with the keys of an organisation in `server` custody."""
    return replace(service(council_id, "keys"), organisation_id=organisation_id)
