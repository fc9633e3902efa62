"""Runs a rotation to its end: many short units of work, so that nobody waits for it."""

from dataclasses import dataclass, replace
from uuid import UUID

from casework.audit.ledger import Ledger
from casework.identity import Principal, Reason, service
from casework.keys.rotation import Rotation
from casework.keys.status import KeyStatus


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
        broken_off = self.status.broken_off(council_id)
        for organisation_id in broken_off:
            self.finish(for_organisation(council_id, organisation_id))
        return len(broken_off)


def for_organisation(council_id: UUID, organisation_id: UUID) -> Principal:
    """Return the service itself, acting with the keys of an organisation in `server` custody."""
    return replace(service(council_id, "keys"), organisation_id=organisation_id)
