"""The groups as pages show them: professional names and a charter, no case, hence no leaf."""

from dataclasses import dataclass
from uuid import UUID

from casework.cases.circles import GroupBook
from casework.clock import Clock, local_day
from casework.db.engine import Database, Scope
from casework.errors import AccessDenied
from casework.identity import Principal
from casework.partners import gateway as partners
from casework.partners.charters_in_force import ChartersInForce
from casework.partners.gateway.seats import seats_of


@dataclass(frozen=True, slots=True)
class GroupBooks:
    """Opens the book of a group; always today's, for a mandate may have ended this morning."""

    database: Database
    charters: ChartersInForce
    clock: Clock

    def of(self, who: Principal, group_id: UUID) -> GroupBook:
        """Return the book of a group. Raises `AccessDenied` for a group nobody knows."""
        council_id, day = who.council_id, local_day(self.clock.now())
        with self.database.reading(Scope(council_id, who.organisation_id)) as session:
            group = partners.group(session, council_id, group_id)
            if group is None:
                raise AccessDenied("group", "no-such-group", subject=str(group_id))
            inside = partners.territory(session, council_id, group_id)
            names = partners.communes(session, council_id)
            bodies = partners.organisations(session, council_id)
            return GroupBook(
                council_id=council_id,
                group=group,
                charter=self.charters.of_version(session, council_id, group.charter_id),
                seats=tuple(seats_of(session, council_id, group, day)),
                organisations={one.id: one for one in bodies},
                communes={code: name for code, name in names.items() if code in inside},
                day=day,
            )

    def mine(self, who: Principal) -> list[GroupBook]:
        """Return the books of the groups one has a mandate in today."""
        day = local_day(self.clock.now())
        seats = [one for one in who.mandates if one.group_id and one.valid_on(day)]
        return [
            self.of(who, group_id)
            for group_id in sorted(one.group_id for one in seats if one.group_id)
        ]
