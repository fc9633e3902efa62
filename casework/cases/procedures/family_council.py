"""The family council (CASF, L. 141-1 and L. 141-2): from the checks to the certificate."""

from datetime import date
from typing import Final

from casework.audit.actions import Act
from casework.cases.procedures.family_guards import (
    AFTER_AGREEMENT,
    AFTER_HEARING,
    AFTER_INVITATION_DAY,
    AFTER_PROPOSAL,
    CHILD_UNDER_AGE,
    COUNCIL_CHECKS,
    DEPARTEMENT_ASKED,
    EVERYBODY_NOTIFIED,
    NO_CONFLICT,
    NOT_YET,
    OPINION_HAD,
    SILENCE_IS_OVER,
    SUPPORT_CHECKS,
    UNDERTAKEN,
)
from casework.cases.procedures.followup import (
    FORGETTING,
    FORGETTING_GUARDS,
    FROM_TRIAGE,
    INFORMED,
    SIGNAL,
)
from casework.cases.procedures.procedure import Answers, Field, FieldKind, Procedure, StepRule
from casework.cases.procedures.steps import CaseState, Step
from casework.charters.charter import Charter
from casework.charters.vocabulary import CharterAct, ListName, PartnerCategory

S, K = CaseState, FieldKind

_FROM_SITTING: Final = {
    (S.ACCEPTED, Step.RETAIN): S.FOLLOWED,
    (S.ACCEPTED, Step.REFUSE): S.REFUSED,
    (S.ACCEPTED, Step.REDIRECT): S.REDIRECTED,
    (S.ACCEPTED, Step.POSTPONE): S.ACCEPTED,
    (S.ACCEPTED, Step.INFORM): S.ACCEPTED,
    (S.ACCEPTED, Step.CLOSE): S.CLOSED,
    (S.FOLLOWED, Step.MAINTAIN): S.FOLLOWED,
    (S.FOLLOWED, Step.POSTPONE): S.FOLLOWED,
    (S.FOLLOWED, Step.INFORM): S.FOLLOWED,
    (S.FOLLOWED, Step.CLOSE): S.CLOSED,
    (S.SUMMONED, Step.POSTPONE): S.FOLLOWED,
    (S.SUMMONED, Step.CLOSE): S.CLOSED,
}
_HEARING: Final = {
    (S.FOLLOWED, Step.SUMMON): S.SUMMONED,
    (S.SUMMONED, Step.HEAR): S.FOLLOWED,
    (S.SUMMONED, Step.MISS): S.FOLLOWED,
    (S.FOLLOWED, Step.TELL): S.FOLLOWED,
    **{(state, Step.SIGNAL): state for state in (S.ACCEPTED, S.FOLLOWED, S.SUMMONED)},
}
NOTIFICATIONS: Final = (
    Step.NOTIFY_EDUCATION,
    Step.NOTIFY_SCHOOL,
    Step.NOTIFY_BENEFITS,
    Step.NOTIFY_PREFECT,
)
"""Whom the mayor tells of parental support, each on a day of its own (CASF, L. 141-2)."""

_SUPPORT: Final = {
    (S.FOLLOWED, Step.PROPOSE): S.FOLLOWED,
    (S.FOLLOWED, Step.CONSULT): S.FOLLOWED,
    **{
        (state, step): state
        for step in (Step.ADVISE, Step.LODGE, *NOTIFICATIONS)
        for state in (S.FOLLOWED, S.SUMMONED)
    },
    (S.FOLLOWED, Step.AGREE): S.FOLLOWED,
    (S.FOLLOWED, Step.DECLINE): S.FOLLOWED,
    (S.FOLLOWED, Step.MEET): S.FOLLOWED,
    (S.FOLLOWED, Step.CERTIFY): S.CLOSED,
}

_ELIGIBILITY: Final = (
    Field(name="resident", kind=K.YES_NO),
    Field(name="assistance", kind=K.YES_NO),
    Field(name="contract", kind=K.YES_NO),
)
_PRESENT: Final = ("parent", "both_parents", "guardian", "other_representative", "child")
_OPINIONS: Final = ("favourable", "reserved", "unfavourable")
_TOLD: Final = ("social_workers", "school", "social_centre", "street_work", "landlord", "mediator")


def _hearing_day(_charter: Charter, _today: date, answers: Answers) -> date | None:
    return date.fromisoformat(answers["hearing_on"])


def _answer_day(_charter: Charter, _today: date, answers: Answers) -> date | None:
    return date.fromisoformat(answers["answer_by"])


def _day_of_return(_charter: Charter, _today: date, answers: Answers) -> date | None:
    return date.fromisoformat(answers["back_on"]) if answers.get("back_on") else None


def _day(name: str, *, coming: bool = False, required: bool = True) -> Field:
    return Field(name=name, kind=K.DAY, coming=coming, required=required)


def _notification(step: Step) -> StepRule:
    return StepRule(
        act=CharterAct.INFORM,
        recorded=Act.SUPPORT_NOTIFIED,
        fields=(_day("told_on"),),
        opens=(AFTER_PROPOSAL, NOT_YET[step]),
        beside=True,
    )


_RULES: Final = {
    Step.ACCEPT: StepRule(
        act=CharterAct.TRIAGE,
        recorded=Act.REFERRAL_ACCEPTED,
        fields=_ELIGIBILITY,
        guards=COUNCIL_CHECKS,
    ),
    Step.SUMMON: StepRule(
        act=CharterAct.INFORM,
        recorded=Act.PERSON_SUMMONED,
        fields=(
            _day("sent_on"),
            _day("hearing_on", coming=True),
            Field(name="place", kind=K.LINE),
            Field(name="invited", kind=K.CODES, choices=_PRESENT),
            Field(name="conflict", kind=K.YES_NO),
        ),
        opens=(CHILD_UNDER_AGE,),
        guards=(NO_CONFLICT,),
        awaits=_hearing_day,
        informs="sent_on",
    ),
    Step.HEAR: StepRule(
        act=CharterAct.DECIDE,
        recorded=Act.PERSON_HEARD,
        fields=(
            Field(name="attended", kind=K.CODES, choices=_PRESENT),
            Field(name="recommendations", kind=K.CODES, list=ListName.RECOMMENDATIONS),
            Field(name="commitments", kind=K.CODES, list=ListName.COMMITMENTS, required=False),
            _day("back_on", coming=True, required=False),
        ),
        opens=(AFTER_INVITATION_DAY,),
        awaits=_day_of_return,
    ),
    Step.MISS: StepRule(
        act=CharterAct.REPORT,
        recorded=Act.PERSON_MISSED,
        fields=(
            Field(name="why_absent", kind=K.CODE, choices=("excused", "no_answer", "returned")),
        ),
        opens=(AFTER_INVITATION_DAY,),
    ),
    Step.PROPOSE: StepRule(
        act=CharterAct.DECIDE,
        recorded=Act.SUPPORT_PROPOSED,
        fields=(
            Field(name="assistance", kind=K.YES_NO),
            Field(name="contract", kind=K.YES_NO),
            Field(name="ground", kind=K.CODE, choices=("supervision", "attendance")),
            Field(name="asked_by", kind=K.CODE, choices=("mayor", "parents")),
        ),
        opens=(AFTER_HEARING, CHILD_UNDER_AGE, NOT_YET[Step.PROPOSE]),
        guards=SUPPORT_CHECKS,
        beside=True,
    ),
    Step.CONSULT: StepRule(
        act=CharterAct.ASSIGN,
        recorded=Act.OPINION_ASKED,
        fields=(_day("asked_on"), _day("answer_by", coming=True)),
        opens=(AFTER_PROPOSAL, NOT_YET[Step.CONSULT]),
        awaits=_answer_day,
        asks=PartnerCategory.SOCIAL_SERVICE,
        by_post=True,
    ),
    Step.ADVISE: StepRule(
        act=CharterAct.REPORT,
        recorded=Act.OPINION_GIVEN,
        fields=(
            Field(name="opinion", kind=K.CODE, choices=_OPINIONS),
            Field(name="remark", kind=K.TEXT, required=False),
        ),
        opens=(DEPARTEMENT_ASKED, NOT_YET[Step.ADVISE], NOT_YET[Step.LODGE]),
        own=True,
    ),
    Step.LODGE: StepRule(
        act=CharterAct.REPORT,
        recorded=Act.OPINION_GIVEN,
        fields=(
            _day("received_on"),
            Field(name="opinion", kind=K.CODE, choices=(*_OPINIONS, "none")),
        ),
        opens=(DEPARTEMENT_ASKED, NOT_YET[Step.ADVISE], NOT_YET[Step.LODGE]),
        guards=(SILENCE_IS_OVER,),
        releases=True,
    ),
    Step.AGREE: StepRule(
        act=CharterAct.REPORT,
        recorded=Act.SUPPORT_AGREED,
        fields=(
            _day("agreed_on"),
            Field(name="commitments", kind=K.CODES, list=ListName.COMMITMENTS),
        ),
        opens=(AFTER_PROPOSAL, CHILD_UNDER_AGE, NOT_YET[Step.AGREE], *OPINION_HAD),
    ),
    **{step: _notification(step) for step in NOTIFICATIONS},
    Step.DECLINE: StepRule(
        act=CharterAct.REPORT,
        recorded=Act.SUPPORT_DECLINED,
        fields=(
            _day("declined_on"),
            Field(name="motive", kind=K.CODE, choices=("given", "not_given")),
        ),
        opens=(AFTER_PROPOSAL, NOT_YET[Step.AGREE], NOT_YET[Step.DECLINE]),
    ),
    Step.MEET: StepRule(
        act=CharterAct.REPORT,
        recorded=Act.FAMILY_MET,
        fields=(
            _day("met_on"),
            Field(name="came", kind=K.CODE, choices=("all", "some", "nobody")),
        ),
        opens=(AFTER_AGREEMENT, EVERYBODY_NOTIFIED),
    ),
    Step.CERTIFY: StepRule(
        act=CharterAct.CLOSE,
        recorded=Act.SUPPORT_CERTIFIED,
        fields=(_day("certified_on"), Field(name="undertaking", kind=K.YES_NO)),
        opens=(AFTER_AGREEMENT, EVERYBODY_NOTIFIED),
        guards=(UNDERTAKEN,),
        closes="certified",
    ),
    Step.TELL: StepRule(
        act=CharterAct.INFORM,
        recorded=Act.ADVICE_TOLD,
        fields=(_day("told_on"), Field(name="told", kind=K.CODES, choices=_TOLD)),
        opens=(AFTER_HEARING,),
        beside=True,
    ),
    Step.SIGNAL: SIGNAL,
}

FAMILY_COUNCIL: Final = Procedure(
    moves={**FROM_TRIAGE, **_FROM_SITTING, **_HEARING, **_SUPPORT, **FORGETTING},
    guards={**FORGETTING_GUARDS, Step.MAINTAIN: (INFORMED,)},
    rules=_RULES,
    led=False,
)
