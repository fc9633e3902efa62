"""What stands before each step of a family council, with the rule it comes from."""

from collections.abc import Callable
from typing import Final

from casework.cases.procedures.steps import Guard, Standing, Step

_HEARD_BY_LAW: Final = "CASF, L. 141-1"
_SUPPORTED_BY_LAW: Final = "CASF, L. 141-2"
_NOTIFIED: Final = frozenset(
    {Step.NOTIFY_EDUCATION, Step.NOTIFY_SCHOOL, Step.NOTIFY_BENEFITS, Step.NOTIFY_PREFECT}
)


def _passed(*steps: Step) -> Callable[[Standing], bool]:
    return lambda standing: standing.passed.issuperset(steps)


def _answered(field: str, *answers: str) -> Callable[[Standing], bool]:
    return lambda standing: standing.answers.get(field, "") in answers


def _not_passed(step: Step) -> Callable[[Standing], bool]:
    return lambda standing: step not in standing.passed


def _minor(standing: Standing) -> bool:
    return standing.minor


def _day_has_come(standing: Standing) -> bool:
    return standing.awaited_on is None or standing.awaited_on <= standing.today


def _opinion_had(standing: Standing) -> bool:
    return bool(standing.passed & {Step.ADVISE, Step.LODGE})


def _silence_is_over(standing: Standing) -> bool:
    """Nobody notes that an answer never came before the day by which it was asked."""
    silent = standing.answers.get("opinion") == "none"
    return not silent or standing.awaited_on is None or standing.awaited_on < standing.today


def _represented_without_conflict(standing: Standing) -> bool:
    """Say whether whoever stands against the child’s interest is not the one invited for them."""
    invited = standing.answers.get("invited", "").split(",")
    if standing.answers.get("conflict") == "no":
        return True
    return "other_representative" in invited and "guardian" not in invited


COUNCIL_CHECKS: Final = (
    Guard(_answered("resident", "yes"), "family-elsewhere", _HEARD_BY_LAW),
    Guard(_answered("assistance", "no"), "educative-assistance", "code civil, art. 375"),
    Guard(_answered("contract", "no"), "parental-contract", _SUPPORTED_BY_LAW),
)
"""What the coordination checks before a family is put to the council."""

SUPPORT_CHECKS: Final = (
    Guard(_answered("assistance", "no"), "support-educative-assistance", _SUPPORTED_BY_LAW),
    Guard(_answered("contract", "no"), "parental-contract", _SUPPORTED_BY_LAW),
)
"""The same, asked again before support is proposed: months have passed (law note 9.4, rule 18)."""

CHILD_UNDER_AGE: Final = Guard(_minor, "no-minor", _HEARD_BY_LAW)
NO_CONFLICT: Final = Guard(
    _represented_without_conflict, "representative-in-conflict", "code civil, art. 388-2"
)
AFTER_INVITATION_DAY: Final = Guard(_day_has_come, "hearing-not-due", _HEARD_BY_LAW)
AFTER_HEARING: Final = Guard(_passed(Step.HEAR), "hearing-first", _HEARD_BY_LAW)
AFTER_PROPOSAL: Final = Guard(_passed(Step.PROPOSE), "proposal-first", _SUPPORTED_BY_LAW)
DEPARTEMENT_ASKED: Final = Guard(_passed(Step.CONSULT), "opinion-not-asked", _SUPPORTED_BY_LAW)
OPINION_HAD: Final = (
    DEPARTEMENT_ASKED,
    Guard(_opinion_had, "opinion-awaited", _SUPPORTED_BY_LAW),
)
SILENCE_IS_OVER: Final = Guard(_silence_is_over, "opinion-day-to-come", _SUPPORTED_BY_LAW)
AFTER_AGREEMENT: Final = Guard(_passed(Step.AGREE), "agreement-first", _SUPPORTED_BY_LAW)
EVERYBODY_NOTIFIED: Final = Guard(_passed(*_NOTIFIED), "notifications-due", _SUPPORTED_BY_LAW)
UNDERTAKEN: Final = Guard(_answered("undertaking", "yes"), "undertaking-due", _SUPPORTED_BY_LAW)

NOT_YET: Final = {
    step: Guard(_not_passed(step), "already-recorded", _SUPPORTED_BY_LAW)
    for step in (
        Step.PROPOSE, Step.CONSULT, Step.ADVISE, Step.LODGE, Step.AGREE, Step.DECLINE, *_NOTIFIED
    )
}  # fmt: skip
"""What is recorded once: a second time it would blur the first day."""
