"""Which parts of a case its charter reserves to organisations whose members hold the key."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from casework.cases.gateway.admission import Charters
from casework.cases.models import CaseRow
from casework.charters.charter import Charter
from casework.db import sight
from casework.db.types import Id
from casework.keys.reserve import Reserved
from casework.partners import gateway as groups
from casework.partners.gateway import conditions as partners

# Built once: each referral and each naming waits for the answer.
_CHARTER: Final = (
    select(partners.charter_of(CaseRow))
    .where(CaseRow.council_id == bindparam("council", type_=Id))
    .where(CaseRow.id == bindparam("case", type_=Id))
    .execution_options(**sight.CLEAR)
)


@dataclass(frozen=True, slots=True)
class CaseReserving:
    """Implements `keys.reserve.Reservations` with the charters in force."""

    charters: Charters

    def of_case(self, session: Session, council_id: UUID, case_id: UUID) -> Reserved:
        """Return what the charter of a case reserves; nothing for a case that is not there."""
        session.flush()
        asked = {"council": council_id, "case": case_id}
        charter_id = session.connection().execute(_CHARTER, asked).scalar()
        if charter_id is None:
            return Reserved()
        return _reserved(self.charters.of_version(session, council_id, charter_id))

    def everywhere(
        self, session: Session, council_id: UUID
    ) -> Sequence[tuple[Reserved, Select[UUID]]]:
        """Return what each charter in force reserves, with the ids of the cases under it."""
        found: dict[UUID, list[UUID]] = {}
        for group in groups.groups(session, council_id):
            found.setdefault(group.charter_id, []).append(group.id)
        known = [
            (_reserved(self.charters.of_version(session, council_id, one)), _cases(council_id, of))
            for one, of in found.items()
        ]
        return [(reserved, cases) for reserved, cases in known if reserved.classes]


def _reserved(charter: Charter) -> Reserved:
    terms = charter.custody
    return Reserved(frozenset(one.value for one in terms.members_only), terms.article)


def _cases(council_id: UUID, group_ids: Sequence[UUID]) -> Select[UUID]:
    mine = (CaseRow.council_id == council_id, CaseRow.group_id.in_(group_ids))
    return select(CaseRow.id).where(*mine)
