"""From rows to values: each sealed cell through the keys that the receipt opened."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, Final
from uuid import UUID

from casework.cases.models import CaseRow
from casework.cases.procedures.steps import CaseState, Step
from casework.cases.values import (
    Action,
    CaseHead,
    Contribution,
    Decision,
    Naming,
    Person,
    Referral,
    TakenStep,
    Text,
)
from casework.keys.cipher import Opened
from casework.keys.values import Withheld


@dataclass(frozen=True, slots=True)
class Cells:
    """Reads sealed columns of rows by name."""

    opened: Opened

    def text(self, table: str, row: Any, column: str, compartment: UUID | None = None) -> Text:
        """Return what a cell says, empty when nothing was sealed.

        `compartment` where the row does not name its own in `compartment_id`.
        """
        shut = compartment or row.compartment_id
        return self.opened.text(shut, (table, column, row.id), getattr(row, column))


HEAD: Final = tuple(getattr(CaseRow, one.name) for one in fields(CaseHead))
"""The columns of the clear facts of a case, for `head_from`."""


def head_from(values: Sequence[Any]) -> CaseHead:
    """Return the clear facts of a case from the columns `HEAD`."""
    own_id, group_id, kind, state, *rest = values
    return CaseHead(own_id, group_id, kind, CaseState(state), *rest)


def head_of(row: CaseRow) -> CaseHead:
    """Return the clear facts of a case."""
    return CaseHead(
        id=row.id,
        group_id=row.group_id,
        kind=row.kind,
        state=CaseState(row.state),
        reference=row.reference,
        commune=row.commune,
        referrer_id=row.referrer_id,
        referrer_organisation_id=row.referrer_organisation_id,
        lead_id=row.lead_id,
        referred_on=row.referred_on,
        followed_on=row.followed_on,
        review_by=row.review_by,
        informed_on=row.informed_on,
        delay_reason=row.delay_reason,
        closed_on=row.closed_on,
        closure_reason=row.closure_reason,
        due_on=row.due_on,
        ceiling_on=row.ceiling_on,
        meetings_without_decision=row.meetings_without_decision,
        agenda_of=row.agenda_of,
        in_meeting=row.in_meeting,
        protected=row.protected,
        awaited_on=row.awaited_on,
        version=row.version,
        merged_into=row.merged_into,
        unmerged_ceiling_on=row.unmerged_ceiling_on,
    )


def person_of(row: Any, cells: Cells) -> Person:
    """Open somebody of a case."""
    return Person(
        id=row.id,
        relation=row.relation,
        family_name=cells.text("persons", row, "family_name_sealed"),
        given_name=cells.text("persons", row, "given_name_sealed"),
        birth_date=cells.text("persons", row, "birth_date_sealed"),
        address=cells.text("persons", row, "address_sealed"),
        phone=cells.text("persons", row, "phone_sealed"),
        school=cells.text("persons", row, "school_sealed"),
        home=cells.text("persons", row, "home_sealed"),
    )


def referral_of(row: Any, cells: Cells) -> Referral:
    """Open a referral: the sheet's part, and the origin's for the few who may."""
    sheet, origin = row.sheet_id, row.origin_id
    return Referral(
        sent_at=row.sent_at,
        reason=cells.text("referrals", row, "reason_sealed", sheet),
        fact=cells.text("referrals", row, "fact_sealed", sheet),
        fact_on=cells.text("referrals", row, "fact_on_sealed", sheet),
        origin=cells.text("referrals", row, "origin_sealed", origin),
        reporter=cells.text("referrals", row, "reporter_sealed", origin),
        words=cells.text("referrals", row, "words_sealed", origin),
        question=cells.text("referrals", row, "question_sealed", origin),
        answer=cells.text("referrals", row, "answer_sealed", origin),
    )


def contribution_of(row: Any, cells: Cells) -> Contribution:
    """Open something a partner wrote."""
    return Contribution(
        id=row.id,
        compartment_id=row.compartment_id,
        author_id=row.author_id,
        organisation_id=row.organisation_id,
        written_at=row.written_at,
        text=cells.text("contributions", row, "text_sealed"),
    )


def decision_of(row: Any, cells: Cells) -> Decision:
    """Open what a meeting decided."""
    return Decision(
        id=row.id,
        meeting_id=row.meeting_id,
        number=row.number,
        code=cells.text("decisions", row, "code_sealed"),
        made_at=row.made_at,
    )


def action_of(row: Any, cells: Cells) -> Action:
    """Open an action."""
    return Action(
        id=row.id,
        case_id=row.case_id,
        kind=cells.text("actions", row, "kind_sealed"),
        detail=cells.text("actions", row, "detail_sealed"),
        outcome=cells.text("actions", row, "outcome_sealed"),
        lead_id=row.lead_id,
        organisation_id=row.organisation_id,
        opened_on=row.opened_on,
        due_on=row.due_on,
        state=row.state,
        version=row.version,
    )


def step_of(row: Any, cells: Cells) -> TakenStep:
    """Open a step that was recorded."""
    record = cells.text("case_steps", row, "record_sealed")
    return TakenStep(
        id=row.id,
        compartment_id=row.compartment_id,
        step=Step(row.step),
        taken_by=row.taken_by,
        taken_at=row.taken_at,
        asked_member_id=row.asked_member_id,
        asked_organisation_id=row.asked_organisation_id,
        answers=record if isinstance(record, Withheld) else json.loads(record),
    )


def naming_of(row: Any) -> Naming:
    """Return who is named, and until when."""
    return Naming(row.member_id, row.organisation_id, row.from_on, row.until_on)
