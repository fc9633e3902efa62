"""Names for ids: what lists, the register and the « who can see this » need of the partners."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from casework.charters import gateway as charters
from casework.db.engine import Database, Scope
from casework.partners import gateway
from casework.partners.values import Group, Member, MemberLabel, Organisation


@dataclass(frozen=True, slots=True)
class Directory:
    """Reads professional names of one council; no case, hence no leaf of its own."""

    database: Database
    council_id: UUID

    def labels(self, ids: Iterable[UUID]) -> Mapping[UUID, MemberLabel]:
        """Return how members are shown; unknown ids are absent."""
        with self.database.reading(Scope(self.council_id)) as session:
            return gateway.labels(session, self.council_id, ids)

    def everyone(self) -> list[UUID]:
        """Return the ids of every member, by family name."""
        with self.database.reading(Scope(self.council_id)) as session:
            return [one.id for one in gateway.members(session, self.council_id)]

    def organisations(self) -> Mapping[UUID, Organisation]:
        """Return every partner body by id."""
        with self.database.reading(Scope(self.council_id)) as session:
            return {one.id: one for one in gateway.organisations(session, self.council_id)}

    def members_of(self, group_id: UUID, day: date) -> list[Member]:
        """Return who holds a mandate in a group on `day`."""
        with self.database.reading(Scope(self.council_id)) as session:
            return gateway.members_of_group(session, self.council_id, group_id, day)

    def groups(self) -> Mapping[UUID, Group]:
        """Return every group by id."""
        with self.database.reading(Scope(self.council_id)) as session:
            return {one.id: one for one in gateway.groups(session, self.council_id)}

    def charters(self) -> Mapping[str, str]:
        """Return the number of each text of a charter, by its SHA-256."""
        with self.database.reading(Scope(self.council_id)) as session:
            found = charters.versions(session, self.council_id)
            return {one.digest.hex(): one.version for one in found}

    def communes(self) -> Mapping[str, str]:
        """Return names of communes by INSEE code."""
        with self.database.reading(Scope(self.council_id)) as session:
            return gateway.communes(session, self.council_id)
