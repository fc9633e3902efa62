"""Which parts of a case its charter reserves to organisations whose members hold the key."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from casework.cases.gateway.admission import Charters
from casework.cases.models import CaseRow
from casework.charters.charter import Charter
from casework.charters.vocabulary import PartnerCategory
from casework.charters.walls import CONFIDED
from casework.db import sight
from casework.db.types import Id
from casework.keys.reserve import Reserved
from casework.partners import gateway as groups
from casework.partners.gateway import conditions as partners
from casework.partners.gateway.vouching import Seal, of_sort

# Built once: each referral and each naming waits for the answer.
_CHARTER: Final = (
    select(partners.charter_of(CaseRow))
    .where(CaseRow.council_id == bindparam("council", type_=Id))
    .where(CaseRow.id == bindparam("case", type_=Id))
    .execution_options(**sight.CLEAR)
)

_SORTS: Final[Mapping[str, frozenset[PartnerCategory]]] = {
    class_.value: sorts for class_, sorts in CONFIDED.items()
}


@dataclass(frozen=True, slots=True)
class CaseReserving:
    """Implements `keys.reserve.Reservations` with the charters in force."""

    charters: Charters
    seal: Seal

    def of_case(self, session: Session, council_id: UUID, case_id: UUID) -> Reserved:
        """Return what the charter of a case reserves; nothing for a case that is not there."""
        session.flush()
        asked = {"council": council_id, "case": case_id}
        charter_id = session.connection().execute(_CHARTER, asked).scalar()
        if charter_id is None:
            return Reserved()
        return _reserved(self.charters.of_version(session, council_id, charter_id))

    def barred(
        self, session: Session, council_id: UUID, class_: str, organisations: Collection[UUID]
    ) -> Collection[UUID]:
        """Return those that may not hold a class, whatever their rows call them."""
        sorts = _SORTS.get(class_)
        if sorts is None or not organisations:
            return frozenset()
        sound = of_sort(session, council_id, organisations, sorts, self.seal)
        return frozenset(organisations) - sound

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
