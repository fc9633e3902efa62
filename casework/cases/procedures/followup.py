"""The follow-up by name (groupe de suivi nominatif): from the referral to the erasure."""

from typing import Final

from casework.cases.procedures.steps import CaseState, Guard, Procedure, Standing, Step

S = CaseState

_FROM_TRIAGE: Final = {
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
_FORGETTING: Final = {
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


FOLLOWUP: Final = Procedure(
    moves={**_FROM_TRIAGE, **_FROM_MEETING, **_FORGETTING},
    guards={
        Step.MAINTAIN: (Guard(_informed, "information-due", "CNIL, note du 7 janvier 2020"),),
        Step.SEAL: (
            Guard(_due, "not-due", "CNIL 2014-262, art. 5"),
            Guard(_not_held, "on-hold", "code du patrimoine, L. 212-3"),
        ),
        Step.ERASE: (Guard(_not_held, "on-hold", "code du patrimoine, L. 212-3"),),
    },
)
