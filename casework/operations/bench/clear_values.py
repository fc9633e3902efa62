"""From the floor's rows to the values that the pages show."""

import json
from uuid import UUID

from casework.cases.procedures.steps import Step
from casework.cases.values import (
    Action,
    Contribution,
    Decision,
    Person,
    Referral,
    TakenStep,
)
from casework.operations.bench.clear_rows import (
    ClearAction,
    ClearContribution,
    ClearDecision,
    ClearPerson,
    ClearReferral,
    ClearStep,
)


def clear_person(row: ClearPerson) -> Person:
    """Return somebody of a case."""
    return Person(
        id=row.id,
        relation=row.relation,
        family_name=row.family_name,
        given_name=row.given_name,
        birth_date=row.birth_date,
        address=row.address,
        phone=row.phone,
        school=row.school,
    )


def clear_referral(row: ClearReferral) -> Referral:
    """Return a referral."""
    return Referral(
        sent_at=row.sent_at,
        reason=row.reason,
        fact=row.fact,
        fact_on=row.fact_on,
        origin=row.origin,
        reporter=row.reporter,
        words=row.words,
        question=row.question,
        answer=row.answer,
    )


def clear_contribution(row: ClearContribution, sheet_id: UUID) -> Contribution:
    """Return something a partner wrote."""
    return Contribution(
        id=row.id,
        compartment_id=sheet_id,
        author_id=row.author_id,
        organisation_id=row.organisation_id,
        written_at=row.written_at,
        text=row.text,
    )


def clear_decision(row: ClearDecision) -> Decision:
    """Return what a meeting decided."""
    return Decision(
        id=row.id,
        meeting_id=row.meeting_id,
        number=row.number,
        code=row.code,
        made_at=row.made_at,
    )


def clear_action(row: ClearAction) -> Action:
    """Return an action."""
    return Action(
        id=row.id,
        case_id=row.case_id,
        kind=row.kind,
        detail=row.detail,
        outcome=row.outcome,
        lead_id=row.lead_id,
        organisation_id=row.organisation_id,
        opened_on=row.opened_on,
        due_on=row.due_on,
        state=row.state,
        version=row.version,
    )


def clear_step(row: ClearStep) -> TakenStep:
    """Return a recorded step."""
    return TakenStep(
        id=row.id,
        compartment_id=row.case_id,
        step=Step(row.step),
        taken_by=row.taken_by,
        taken_at=row.taken_at,
        asked_member_id=None,
        asked_organisation_id=None,
        answers=json.loads(row.record),
    )
