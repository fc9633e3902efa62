"""The formal reminder (rappel à l’ordre): from the report of a fact to its check, or to nothing."""

from datetime import date
from typing import Final

from casework.audit.actions import Act
from casework.cases.procedures.followup import FORGETTING, FORGETTING_GUARDS, FROM_TRIAGE
from casework.cases.procedures.procedure import Answers, Field, FieldKind, Procedure, StepRule
from casework.cases.procedures.reminder_guards import (
    CHECKED,
    DAY_CAME,
    ELIGIBLE,
    ENDING,
    FRAMED,
    HEARING,
    NO_ANSWER,
    NOTICE,
    OPINION,
    SUMMONS,
)
from casework.cases.procedures.steps import CaseState, Step
from casework.charters.charter import Charter
from casework.charters.vocabulary import CharterAct, ListName, PartnerCategory
from casework.months import months_after

S, K = CaseState, FieldKind

_DECIDING: Final = (S.ACCEPTED, S.CONSULTED, S.CLEARED, S.SUMMONED)
_ENDING: Final = (*_DECIDING, S.FOLLOWED)
_OPINION: Final = {
    (S.ACCEPTED, Step.CONSULT): S.CONSULTED,
    (S.CONSULTED, Step.CONSULT): S.CONSULTED,
    (S.CONSULTED, Step.FAVOUR): S.CLEARED,
    (S.CONSULTED, Step.OPPOSE): S.REFUSED,
    (S.CONSULTED, Step.WAIVE): S.CLEARED,
}
_LATE_OPINION: Final = {
    (S.CLEARED, Step.FAVOUR): S.CLEARED,
    (S.SUMMONED, Step.FAVOUR): S.SUMMONED,
    (S.CLEARED, Step.OPPOSE): S.REFUSED,
    (S.SUMMONED, Step.OPPOSE): S.REFUSED,
}
"""Silence let it go on: the answer is taken until the hearing, and an opposition still stops it."""

_HEARING: Final = {
    (S.ACCEPTED, Step.SUMMON): S.SUMMONED,
    (S.CLEARED, Step.SUMMON): S.SUMMONED,
    (S.SUMMONED, Step.SUMMON): S.SUMMONED,
    (S.SUMMONED, Step.HEAR): S.FOLLOWED,
    (S.SUMMONED, Step.MISS): S.CLEARED,
    (S.FOLLOWED, Step.ORIENT): S.FOLLOWED,
    (S.FOLLOWED, Step.CHECK): S.FOLLOWED,
    (S.ACCEPTED, Step.NOTIFY): S.CLOSED,
    (S.CLEARED, Step.NOTIFY): S.CLOSED,
}
_ANY_TIME: Final = {
    **{(state, Step.INFORM): state for state in _ENDING},
    **{(state, Step.REFUSE): S.REFUSED for state in _DECIDING},
    **{(state, Step.REDIRECT): S.REDIRECTED for state in _DECIDING},
    **{(state, Step.CLOSE): S.CLOSED for state in _ENDING},
}
WITH_A_MINOR: Final = ("parents", "other_representative", "educational_responsible")


def _days_to_answer(charter: Charter) -> int:
    return charter.protocol.opinion_working_days


def _hearing_day(_charter: Charter, _today: date, answers: Answers) -> date:
    return date.fromisoformat(answers["hearing_on"])


def _check_day(charter: Charter, today: date, _answers: Answers) -> date:
    return months_after(today, charter.clocks.review_months)


def _day(name: str, *, coming: bool = False, required: bool = True, minor: bool = False) -> Field:
    return Field(name=name, kind=K.DAY, coming=coming, required=required, minor=minor)


_SUMMONS: Final = (
    _day("sent_on"),
    _day("hearing_on", coming=True),
    Field(name="hour", kind=K.LINE),
    Field(name="place", kind=K.LINE),
    Field(name="held_by", kind=K.CODE, choices=("mayor", "delegate")),
    _day("delegated_on", required=False),
    Field(name="conflict", kind=K.YES_NO, minor=True),
    Field(
        name="present",
        kind=K.CODE,
        choices=(*WITH_A_MINOR, "impossible", "of_age"),
        required=False,
        minor=True,
    ),
    Field(name="companion", kind=K.LINE, required=False, minor=True),
    Field(name="impossible_why", kind=K.TEXT, required=False, minor=True),
    _day("copied_on", required=False, minor=True),
)

_RULES: Final = {
    Step.REFER: StepRule(
        act=CharterAct.REFER,
        recorded=Act.REFERRAL_SENT,
        fields=(Field(name="place", kind=K.LINE),),
    ),
    Step.ACCEPT: StepRule(
        act=CharterAct.TRIAGE,
        recorded=Act.REFERRAL_ACCEPTED,
        fields=tuple(Field(name=one, kind=K.YES_NO) for one in ("crime", "complaint", "inquiry")),
        guards=ELIGIBLE,
    ),
    Step.CONSULT: StepRule(
        act=CharterAct.NAME,
        recorded=Act.OPINION_ASKED,
        within=_days_to_answer,
        asks=PartnerCategory.PROSECUTOR,
    ),
    Step.FAVOUR: StepRule(
        act=CharterAct.REPORT, recorded=Act.OPINION_FAVOURED, own=True, beside=True
    ),
    Step.OPPOSE: StepRule(
        act=CharterAct.REPORT, recorded=Act.OPINION_OPPOSED, own=True, tally="opposed"
    ),
    Step.WAIVE: StepRule(act=CharterAct.TRIAGE, recorded=Act.OPINION_LAPSED, opens=NO_ANSWER),
    Step.HEAR: StepRule(
        act=CharterAct.DECIDE,
        recorded=Act.PERSON_HEARD,
        fields=(
            Field(name="rules", kind=K.CODES, list=ListName.RULES_RECALLED),
            Field(name="attended", kind=K.CODES, choices=("person", *WITH_A_MINOR)),
            Field(name="alone_why", kind=K.TEXT, required=False, minor=True),
        ),
        opens=(DAY_CAME,),
        guards=HEARING,
        awaits=_check_day,
        releases=True,
    ),
    Step.MISS: StepRule(
        act=CharterAct.REPORT,
        recorded=Act.PERSON_MISSED,
        fields=(Field(name="absence", kind=K.CODE, choices=("excused", "no_answer", "returned")),),
        opens=(DAY_CAME,),
    ),
    Step.SUMMON: StepRule(
        act=CharterAct.DECIDE,
        recorded=Act.PERSON_SUMMONED,
        fields=_SUMMONS,
        opens=(CHECKED, OPINION),
        guards=SUMMONS,
        awaits=_hearing_day,
        informs="sent_on",
    ),
    Step.CHECK: StepRule(
        act=CharterAct.REPORT,
        recorded=Act.OUTCOME_CHECKED,
        fields=(
            Field(name="stopped", kind=K.YES_NO),
            Field(name="seen", kind=K.TEXT, required=False),
        ),
    ),
    Step.ORIENT: StepRule(
        act=CharterAct.REPORT,
        recorded=Act.PERSON_ORIENTED,
        fields=(
            Field(name="towards", kind=K.CODE, choices=("mediation", "repair", "service")),
            Field(name="agreed", kind=K.YES_NO),
        ),
        beside=True,
    ),
    Step.NOTIFY: StepRule(
        act=CharterAct.DECIDE,
        recorded=Act.NOTICE_SENT,
        fields=(
            _day("sent_on"),
            Field(name="rules", kind=K.CODES, list=ListName.RULES_RECALLED),
            _day("copied_on", required=False, minor=True),
        ),
        opens=(CHECKED, FRAMED),
        guards=NOTICE,
        informs="sent_on",
        closes="notice_sent",
        releases=True,
    ),
    Step.REFUSE: StepRule(act=CharterAct.DECIDE, recorded=Act.REFERRAL_REFUSED),
    Step.REDIRECT: StepRule(
        act=CharterAct.DECIDE,
        recorded=Act.REFERRAL_REDIRECTED,
        fields=(Field(name="to", kind=K.CODE, list=ListName.REDIRECTIONS),),
    ),
}

REMINDER: Final = Procedure(
    moves={**FROM_TRIAGE, **_OPINION, **_LATE_OPINION, **_HEARING, **_ANY_TIME, **FORGETTING},
    guards={**FORGETTING_GUARDS, Step.CLOSE: ENDING},
    rules=_RULES,
)
