"""What the register may show of a case instead of a name."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from casework.cases.gateway import references as gateway
from casework.db.engine import Database, Scope


@dataclass(frozen=True, slots=True)
class References:
    """Reads ids and references alone, for those who control without reading; hence no leaf."""

    database: Database
    council_id: UUID

    def of(self, ids: Iterable[UUID]) -> dict[UUID, str]:
        """Return references by id; erased cases and those without a number are absent."""
        with self.database.reading(Scope(self.council_id, whole=True)) as session:
            return gateway.references_of(session, self.council_id, ids)

    def unnumbered(self, ids: Iterable[UUID]) -> frozenset[UUID]:
        """Return which of some ids are cases that have no number yet."""
        with self.database.reading(Scope(self.council_id, whole=True)) as session:
            return gateway.unnumbered_among(session, self.council_id, ids)

    def case_of(self, reference: str) -> UUID | None:
        """Return the case of a reference, or None."""
        with self.database.reading(Scope(self.council_id, whole=True)) as session:
            return gateway.case_of(session, self.council_id, reference)
