"""What counts no more, kept in the key store: whoever writes in the main database reaches none.

The id of an admission that was withdrawn, of an organisation that left, of a registrar that was
replaced; and the council's own, from the day every holder has an admission.
"""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from casework.db.engine import Database, Scope
from casework.keys.models import RevocationRow

_ASKED_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Revocations:
    """Only ever grows; durable before what depends on it is committed."""

    keystore: Database

    def revoke(self, council_id: UUID, ids: Collection[UUID]) -> None:
        """Revoke for good; doing it again changes nothing."""
        rows = [{"council_id": council_id, "id": one} for one in sorted(ids)]
        if not rows:
            return
        insert_into = postgresql.insert if self.keystore.on_postgresql else sqlite.insert
        with self.keystore.writing(Scope(council_id)) as session:
            session.execute(insert_into(RevocationRow).on_conflict_do_nothing(), rows)

    def among(self, council_id: UUID, ids: Collection[UUID]) -> set[UUID]:
        """Return those of `ids` that are revoked."""
        row, asked = RevocationRow, sorted(ids)
        found: set[UUID] = set()
        with self.keystore.reading(Scope(council_id)) as session:
            for at in range(0, len(asked), _ASKED_AT_ONCE):
                part = asked[at : at + _ASKED_AT_ONCE]
                chosen = (row.council_id == council_id, row.id.in_(part))
                found |= set(session.scalars(select(row.id).where(*chosen)))
        return found
