"""What is mentioned of judicial measures: one part, opened apart from the rest of its case."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID

from sqlalchemy import bindparam, select

from casework.audit.actions import Act
from casework.audit.entry import Entry
from casework.audit.receipt import Receipt
from casework.audit.work import Work
from casework.cases.gateway.admission import Shown
from casework.cases.gateway.excluding import exclusions_of
from casework.cases.gateway.opening import Cells, step_of
from casework.cases.gateway.part import PartReading
from casework.cases.gateway.writing import namings_of
from casework.cases.measures import Measures
from casework.cases.merging import FROZEN
from casework.cases.models import CaseStepRow
from casework.cases.procedures.steps import Step
from casework.cases.values import Naming
from casework.charters.outcome import Wanted
from casework.charters.vocabulary import CharterAct, CompartmentClass
from casework.db import sight
from casework.db.direct import Direct
from casework.db.engine import connection_of
from casework.db.types import Id
from casework.keys.keyring import Keyring
from casework.keys.values import HeldKey, Withheld

_CLASS: Final = CompartmentClass.JUDICIAL
_WRITE: Final = Wanted(CharterAct.CONTRIBUTE, _CLASS)


@dataclass(frozen=True, slots=True)
class ShutMeasures:
    """Mentions before they open."""

    shown: Shown
    held: tuple[HeldKey, ...]
    rows: tuple[Any, ...]
    namings: tuple[Naming, ...]
    away: frozenset[UUID]

    def with_keys(self, held: Sequence[HeldKey]) -> "ShutMeasures":
        """Return the same with delivered keys."""
        return replace(self, held=tuple(held))


@dataclass(frozen=True, slots=True)
class MeasureReading:
    """Loads and opens them. No exceptional access counts here."""

    part: PartReading
    keyring: Keyring

    def load(self, work: Work, case_id: UUID) -> ShutMeasures:
        """Load them, and record who is about to open them and why.

        Raises `AccessDenied` alike whether there are some or none, or `ReasonRequired` where the
        charter asks for a reason typed for this case and this session has typed none.
        """
        shown, held, told = self.part.load(work, case_id, _CLASS)
        parts = tuple(key.compartment_id for key in held)
        place = {"council": work.principal.council_id, "case": case_id}
        rows = _STEPS.all(connection_of(work.session), place)
        links = exclusions_of(work.session, work.principal.council_id, [case_id])
        article = shown.decision.article or None
        work.record(Entry(Act.MEASURE_READ, case_id, parts, article=article, detail=told))
        return ShutMeasures(
            shown=shown,
            held=tuple(held),
            rows=tuple(row for row in rows if row.compartment_id in parts),
            namings=tuple(namings_of(work, case_id)),
            away=frozenset(one.holder_id for one in links),
        )

    def open(self, receipt: Receipt, shut: ShutMeasures) -> Measures:
        """Open what the receipt covers."""
        cells, shown = Cells(self.keyring.open(receipt, shut.held)), shut.shown
        steps = tuple(step_of(row, cells) for row in shut.rows)
        frozen = _WRITE.act in FROZEN and shown.row.merged_into is not None
        return Measures(
            head=shown.row,
            steps=steps,
            namings=shut.namings,
            away=shut.away,
            article=shown.decision.article,
            may_write=shown.may(_WRITE).allowed and not frozen,
            shut=any(isinstance(one.answers, Withheld) for one in steps),
        )


def withdraw(work: Work, case_id: UUID, mention_id: UUID) -> UUID | None:
    """Delete a mention of a case, and tell the trail that its sealed value is gone.

    Return the part it stood in; None when there is no such mention.
    """
    row = work.session.get(
        CaseStepRow, (work.principal.council_id, mention_id), execution_options=sight.ADMITTED
    )
    if row is None or (row.case_id, row.step) != (case_id, Step.MENTION):
        return None
    work.digest("case_steps", row.id, "record_sealed", None)
    work.session.delete(row)
    return row.compartment_id


_STEPS: Final = Direct(
    select(
        *(CaseStepRow.id, CaseStepRow.compartment_id, CaseStepRow.step),
        *(CaseStepRow.taken_by, CaseStepRow.taken_at),
        *(CaseStepRow.asked_member_id, CaseStepRow.asked_organisation_id),
        CaseStepRow.record_sealed,
    )
    .where(
        CaseStepRow.council_id == bindparam("council", type_=Id),
        CaseStepRow.case_id == bindparam("case", type_=Id),
    )
    .order_by(CaseStepRow.taken_at, CaseStepRow.id)
    .execution_options(**sight.ADMITTED)
)
