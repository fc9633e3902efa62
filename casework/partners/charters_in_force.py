"""From a group to the compiled charter in force in it."""

from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy.orm import Session

from casework.charters.charter import Charter
from casework.charters.service import CharterLibrary
from casework.clock import Clock, local_day
from casework.errors import AccessDenied
from casework.partners import gateway


@dataclass(frozen=True, slots=True)
class ChartersInForce:
    """Asks each time which version a group works under; compiles each version once.

    What it returns is the charter of today: rules outside their dates are not in it.
    """

    library: CharterLibrary
    clock: Clock
    _known: dict[UUID, Charter] = field(default_factory=dict)

    def of_group(self, session: Session, council_id: UUID, group_id: UUID) -> Charter:
        """Return the charter of a group. Raises `AccessDenied` for a group nobody knows."""
        group = gateway.group(session, council_id, group_id)
        if group is None:
            raise AccessDenied("group", "no-such-group", subject=str(group_id))
        return self.of_version(session, council_id, group.charter_id)

    def of_version(self, session: Session, council_id: UUID, charter_id: UUID) -> Charter:
        """Return a version, which never changes once adopted, as it stands today."""
        if charter_id not in self._known:
            self._known[charter_id] = self.library.of(session, council_id, charter_id)
        found = self._known[charter_id]
        return found.on(local_day(self.clock.now())) if found.turns else found
