"""What counts no more, kept in the key store: whoever writes in the main database reaches none.

The id of an admission that was withdrawn, of an organisation that left, of a registrar that was
replaced; and the council's own, from the day every holder has an admission.
"""

from collections.abc import Collection
from typing import Final
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.dialects import postgresql, sqlite

from casework.db.engine import Database, Scope
from casework.db.types import Id
from casework.keys.models import RevocationRow

_ASKED_AT_ONCE: Final = 1000


class Revocations:
    """Only ever grows; durable before what depends on it is committed."""

    def __init__(self, keystore: Database) -> None:
        """Keep the database of the key store."""
        self._keystore = keystore

    def revoke(self, council_id: UUID, ids: Collection[UUID]) -> None:
        """Revoke for good; doing it again changes nothing."""
        rows = [{"council_id": council_id, "id": one} for one in sorted(ids)]
        if not rows:
            return
        insert_into = postgresql.insert if self._keystore.on_postgresql else sqlite.insert
        with self._keystore.writing(Scope(council_id)) as session:
            session.execute(insert_into(RevocationRow).on_conflict_do_nothing(), rows)

    def among(self, council_id: UUID, ids: Collection[UUID]) -> set[UUID]:
        """Return those of `ids` that are revoked."""
        asked, found = sorted(ids), set[UUID]()
        if not asked:
            return found
        with self._keystore.glancing() as connection:
            for at in range(0, len(asked), _ASKED_AT_ONCE):
                given = {"council": council_id, "ids": asked[at : at + _ASKED_AT_ONCE]}
                found |= set(connection.execute(_AMONG, given).scalars())
        return found


_AMONG: Final = select(RevocationRow.id).where(
    RevocationRow.council_id == bindparam("council", type_=Id),
    RevocationRow.id.in_(bindparam("ids", type_=Id, expanding=True)),
)
