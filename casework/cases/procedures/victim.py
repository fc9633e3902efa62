"""The referral of a victim: one service receives, accepts or refuses, confirms the first contact.

She is only ever referred with her consent, and what it does not cover is not written.
"""

from collections.abc import Mapping
from typing import Final

from casework.audit.actions import Act
from casework.cases.ceilings import CEILINGS
from casework.cases.procedures.procedure import (
    Field,
    FieldKind,
    Procedure,
    StepRule,
)
from casework.cases.procedures.steps import CaseState, Guard, Standing, Step
from casework.charters.vocabulary import CaseKind, CharterAct, CompartmentClass, ListName
from casework.charters.walls import VICTIM_SERVICES

S = CaseState
HERSELF: Final = "victim"
"""Who gives the consent of an adult."""

CONTACT_ONLY: Final = "contact_only"
COVERS: Final[Mapping[str, tuple[str, ...]]] = {
    "identity_and_needs": ("needs", "urgency"),
    "children_too": ("children", "children_ages"),
    "protected_address": ("hidden_address",),
}
"""What each scope of a consent lets be written; without it the field stays empty."""

CONSENT: Final = (
    Field(name="consent_by", kind=FieldKind.CODE, choices=(HERSELF, "representative")),
    Field(name="consent_on", kind=FieldKind.DAY),
    Field(name="consent_channel", kind=FieldKind.CODE, list=ListName.CONSENT_CHANNELS),
    Field(name="consent_scope", kind=FieldKind.CODES, list=ListName.CONSENT_SCOPES),
    Field(name="leaflet", kind=FieldKind.YES_NO),
)
DANGER: Final = (
    Field(name="danger_evaluated", kind=FieldKind.YES_NO),
    Field(name="danger_by", kind=FieldKind.CODE, list=ListName.ORIGINS, required=False),
    Field(name="danger_on", kind=FieldKind.DAY, required=False),
    Field(
        name="danger_level",
        kind=FieldKind.CODE,
        choices=("not_evaluated", "standard", "characterised"),
    ),
)
NEEDS: Final = (
    Field(name="needs", kind=FieldKind.CODES, list=ListName.NEEDS, required=False),
    Field(
        name="urgency",
        kind=FieldKind.CODE,
        choices=("today", "this_week", "usual"),
        required=False,
    ),
)
PERSON: Final = (
    Field(name="age", kind=FieldKind.LINE),
    Field(name="children", kind=FieldKind.LINE, required=False),
    Field(name="children_ages", kind=FieldKind.LINE, required=False),
)
CONTACT: Final = (
    Field(name="contact_phone", kind=FieldKind.LINE),
    Field(name="contact_when", kind=FieldKind.LINE, required=False),
    Field(name="contact_message", kind=FieldKind.YES_NO),
    Field(name="contact_language", kind=FieldKind.LINE, required=False),
    Field(name="hidden_address", kind=FieldKind.LINE, required=False),
    # Kept beside it, so that a later address can be held against what she agreed to.
    Field(name="address_covered", kind=FieldKind.YES_NO),
)
LEGAL_REPORT: Final = (
    Field(name="report_on", kind=FieldKind.DAY),
    Field(name="report_channel", kind=FieldKind.CODE, list=ListName.REDIRECTIONS),
    Field(
        name="report_ground",
        kind=FieldKind.CODE,
        choices=("ill_treatment", "immediate_danger", "crime", "public_official", "child"),
    ),
)
"""What is noted of a report made without her consent (code pénal, art. 226-14), elsewhere."""

RECORDS: Final[Mapping[CompartmentClass, tuple[Field, ...]]] = {
    CompartmentClass.SHEET: (*CONSENT, *DANGER, *NEEDS),
    CompartmentClass.IDENTITY: PERSON,
    CompartmentClass.PROTECTED_CONTACT: CONTACT,
}
"""What a referral records, in which part of the case."""

_MOVES: Final = {
    (S.REFERRED, Step.ACCEPT): S.ACCEPTED,
    (S.REFERRED, Step.DECLINE): S.QUESTIONED,
    (S.QUESTIONED, Step.ADDRESS): S.REFERRED,
    (S.ACCEPTED, Step.DECLINE): S.QUESTIONED,
    (S.ACCEPTED, Step.CONFIRM): S.CLOSED,
    (S.ACCEPTED, Step.CLOSE): S.CLOSED,
    (S.REFERRED, Step.REFUSE): S.REFUSED,
    (S.QUESTIONED, Step.REFUSE): S.REFUSED,
}
_WITHDRAWN: Final = dict.fromkeys(
    [
        (state, Step.WITHDRAW)
        for state in (S.REFERRED, S.QUESTIONED, S.ACCEPTED, S.CLOSED, S.RESTRICTED)
    ],
    S.REFUSED,
)
_FORGETTING: Final = {
    (S.CLOSED, Step.RESTRICT): S.RESTRICTED,
    (S.RESTRICTED, Step.SEAL): S.SEALED,
    (S.SEALED, Step.ERASE): S.ERASED,
    (S.REFUSED, Step.ERASE): S.ERASED,
}


def _due(standing: Standing) -> bool:
    return standing.due_on is not None and standing.due_on <= standing.today


def _not_held(standing: Standing) -> bool:
    return not standing.held


_NOT_HELD: Final = Guard(_not_held, "on-hold", "code du patrimoine, L. 212-3")

VICTIM: Final = Procedure(
    moves={**_MOVES, **_WITHDRAWN, **_FORGETTING},
    guards={
        Step.SEAL: (Guard(_due, "not-due", CEILINGS[CaseKind.VICTIM].source), _NOT_HELD),
        Step.ERASE: (_NOT_HELD,),
    },
    swept=frozenset({Step.CLOSE}),
    rules={
        Step.ACCEPT: StepRule(act=CharterAct.TRIAGE, recorded=Act.REFERRAL_ACCEPTED),
        Step.CONFIRM: StepRule(
            act=CharterAct.REPORT,
            recorded=Act.CONTACT_CONFIRMED,
            fields=(Field(name="contact_on", kind=FieldKind.DAY),),
            closes="contact_confirmed",
        ),
        Step.DECLINE: StepRule(
            act=CharterAct.TRIAGE, recorded=Act.REFERRAL_DECLINED, releases=True
        ),
        Step.ADDRESS: StepRule(
            act=CharterAct.NAME,
            recorded=Act.REFERRAL_ADDRESSED,
            # She agreed to one service: another is told nothing before she agrees anew.
            fields=(CONSENT[1], CONSENT[2]),
            addresses=VICTIM_SERVICES,
        ),
        Step.REFUSE: StepRule(act=CharterAct.NAME, recorded=Act.REFERRAL_REFUSED, tally="given_up"),
        Step.WITHDRAW: StepRule(
            act=CharterAct.INFORM,
            recorded=Act.CONSENT_WITHDRAWN,
            tally="withdrawn",
            at_any_time=True,
        ),
    },
)
