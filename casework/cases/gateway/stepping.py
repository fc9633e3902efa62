"""The recorded steps of cases: which, by whom, who was asked; what was said is sealed."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlalchemy import bindparam, select

from casework.audit.work import Work
from casework.cases.models import CaseRow, CaseStepRow, PersonRow
from casework.cases.procedures.steps import Step
from casework.cases.relations import Relation
from casework.cases.values import NewRecord
from casework.clock import Clock
from casework.crypto.encoding import canonical_json
from casework.db import sight
from casework.db.direct import Direct
from casework.db.engine import connection_of
from casework.db.types import Id
from casework.entropy import Entropy, new_id
from casework.keys.cipher import Sealer


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody of a partner who is asked to take the step after; without a member, all of them."""

    member_id: UUID | None
    organisation_id: UUID


@dataclass(frozen=True, slots=True)
class CaseSteps:
    """Stores steps and finds those taken."""

    clock: Clock
    entropy: Entropy

    def record(
        self,
        work: Work,
        case_id: UUID,
        sealer: Sealer,
        record: NewRecord,
        asked: Asked | None = None,
    ) -> UUID:
        """Store what a step records and return its id."""
        row_id = new_id(self.clock, self.entropy)
        said = canonical_json({**record.answers}).decode()
        work.session.add(
            CaseStepRow(
                council_id=work.principal.council_id,
                id=row_id,
                case_id=case_id,
                compartment_id=sealer.compartment_id,
                step=record.step,
                taken_by=work.principal.member_id,
                taken_at=work.now,
                asked_member_id=asked.member_id if asked else None,
                asked_organisation_id=asked.organisation_id if asked else None,
                record_sealed=sealer.text("case_steps", "record_sealed", row_id, said),
            )
        )
        return row_id

    def kind_of(self, work: Work, case_id: UUID) -> str | None:
        """Return the kind of a case for the charter to be asked; None where there is none."""
        place = {"council": work.principal.council_id, "case": case_id}
        row = _KIND.first(connection_of(work.session), place)
        return None if row is None else str(row[0])

    def passed(self, work: Work, case_id: UUID) -> frozenset[Step]:
        """Return the steps taken on a case."""
        return passed_of(work, case_id)

    def several(self, work: Work, case_id: UUID) -> bool:
        """Say whether a case is about several children: the clear facts know the eldest alone."""
        place = {"council": work.principal.council_id, "case": case_id}
        return _SIBLING.first(connection_of(work.session), place) is not None

    def asked(self, work: Work, case_id: UUID) -> tuple[Asked, ...]:
        """Return who was asked on a case, the latest first."""
        place = {"council": work.principal.council_id, "case": case_id}
        rows = _PASSED.all(connection_of(work.session), place)
        return tuple(
            Asked(row.asked_member_id, row.asked_organisation_id)
            for row in rows
            if row.asked_organisation_id is not None
        )


def passed_of(work: Work, case_id: UUID) -> frozenset[Step]:
    """Return the steps recorded on a case."""
    place = {"council": work.principal.council_id, "case": case_id}
    rows = _PASSED.all(connection_of(work.session), place)
    return frozenset(Step(row.step) for row in rows)


_COUNCIL: Final = bindparam("council", type_=Id)
_CASE: Final = bindparam("case", type_=Id)
_KIND: Final = Direct(
    select(CaseRow.kind)
    .where(CaseRow.council_id == _COUNCIL, CaseRow.id == _CASE)
    .execution_options(**sight.CHARTER)
)
_SIBLING: Final = Direct(
    select(PersonRow.id)
    .where(PersonRow.council_id == _COUNCIL, PersonRow.case_id == _CASE)
    .where(PersonRow.relation == Relation.CHILD)
    .limit(1)
    .execution_options(**sight.ADMITTED)
)
_PASSED: Final = Direct(
    select(CaseStepRow.step, CaseStepRow.asked_member_id, CaseStepRow.asked_organisation_id)
    .where(CaseStepRow.council_id == _COUNCIL, CaseStepRow.case_id == _CASE)
    .order_by(CaseStepRow.taken_at.desc(), CaseStepRow.id.desc())
    .execution_options(**sight.ADMITTED)
)
