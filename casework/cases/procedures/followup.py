"""The follow-up by name (groupe de suivi nominatif): from the referral to the erasure."""

from typing import Final

from casework.audit.actions import Act
from casework.cases.procedures.measure import MENTION
from casework.cases.procedures.procedure import Field, FieldKind, Procedure, StepRule
from casework.cases.procedures.steps import CaseState, Guard, Standing, Step
from casework.charters.vocabulary import CharterAct, ListName

S = CaseState

FROM_TRIAGE: Final = {
    (S.REFERRED, Step.ASK): S.QUESTIONED,
    (S.QUESTIONED, Step.ANSWER): S.REFERRED,
    (S.REFERRED, Step.ACCEPT): S.ACCEPTED,
    (S.REFERRED, Step.REDIRECT): S.REDIRECTED,
    (S.REFERRED, Step.REFUSE): S.REFUSED,
    (S.QUESTIONED, Step.REDIRECT): S.REDIRECTED,
    (S.QUESTIONED, Step.REFUSE): S.REFUSED,
}
_FROM_MEETING: Final = {
    (S.ACCEPTED, Step.RETAIN): S.FOLLOWED,
    (S.ACCEPTED, Step.REFUSE): S.REFUSED,
    (S.ACCEPTED, Step.REDIRECT): S.REDIRECTED,
    (S.ACCEPTED, Step.POSTPONE): S.ACCEPTED,
    (S.FOLLOWED, Step.MAINTAIN): S.FOLLOWED,
    (S.FOLLOWED, Step.POSTPONE): S.FOLLOWED,
    (S.FOLLOWED, Step.INFORM): S.FOLLOWED,
    (S.ACCEPTED, Step.INFORM): S.ACCEPTED,
    (S.FOLLOWED, Step.CLOSE): S.CLOSED,
    (S.ACCEPTED, Step.CLOSE): S.CLOSED,
}
_ALONG: Final = {
    (state, step): state
    for state in (S.ACCEPTED, S.FOLLOWED)
    for step in (Step.SIGNAL, Step.MENTION)
}
FORGETTING: Final = {
    (S.CLOSED, Step.RESTRICT): S.RESTRICTED,
    (S.RESTRICTED, Step.SEAL): S.SEALED,
    (S.SEALED, Step.ERASE): S.ERASED,
    (S.REFUSED, Step.ERASE): S.ERASED,
    (S.REDIRECTED, Step.ERASE): S.ERASED,
}


def _informed(standing: Standing) -> bool:
    return standing.informed


def _due(standing: Standing) -> bool:
    return standing.due_on is not None and standing.due_on <= standing.today


def _not_held(standing: Standing) -> bool:
    return not standing.held


INFORMED: Final = Guard(_informed, "information-due", "CNIL, note du 7 janvier 2020")
FORGETTING_GUARDS: Final = {
    Step.SEAL: (
        Guard(_due, "not-due", "CNIL 2014-262, art. 5"),
        Guard(_not_held, "on-hold", "code du patrimoine, L. 212-3"),
    ),
    Step.ERASE: (Guard(_not_held, "on-hold", "code du patrimoine, L. 212-3"),),
}

SIGNAL: Final = StepRule(
    act=CharterAct.INFORM,
    recorded=Act.CASE_SIGNALLED,
    fields=(
        Field(
            name="signalled_to",
            kind=FieldKind.CODE,
            choices=("child_protection_unit", "prosecutor", "prefect_channel"),
        ),
        Field(name="signalled_on", kind=FieldKind.DAY),
        Field(name="persons_told", kind=FieldKind.YES_NO),
        Field(
            name="untold_because",
            kind=FieldKind.CODE,
            list=ListName.DELAY_REASONS,
            required=False,
        ),
    ),
    guards=(
        Guard(
            lambda standing: (
                standing.answers.get("persons_told") == "yes"
                or "untold_because" in standing.answers
            ),
            "untold-because",
            "CASF, L. 226-2-1",
        ),
    ),
    beside=True,
)
"""Sent elsewhere by its own channel: to whom, when, whether the persons know; never what was said.

A report to the child-protection unit, to the prosecutor (CPP art. 40) or by the prefect's channel
is no content of a case (law note 3.3, 6.1).
"""

FOLLOWUP: Final = Procedure(
    moves={**FROM_TRIAGE, **_FROM_MEETING, **_ALONG, **FORGETTING},
    rules={Step.SIGNAL: SIGNAL, Step.MENTION: MENTION},
    guards={Step.MAINTAIN: (INFORMED,), **FORGETTING_GUARDS},
)
