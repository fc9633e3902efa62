"""Rules of access reviews: when a body is asked, reminded, suspended, and who answers for it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from casework.errors import AccessDenied, InvalidInput
from casework.identity import Principal, PrincipalKind, Role
from casework.months import latest_start
from casework.reviews.values import Review, ReviewState, Said
from casework.sentences import N_

ANSWER_WITHIN: Final = timedelta(days=21)
"""From the day on which a body is asked, to the last day to answer."""

REMINDED_BEFORE: Final = timedelta(days=7)
KEPT_MONTHS: Final = 36
"""How long a review is kept: it shows that access was looked after (law note 9.1)."""

_QUARTER: Final = 3


class Step(StrEnum):
    """What the daily pass does about a review that has no answer."""

    REMIND = "remind"
    SUSPEND = "suspend"


@dataclass(frozen=True, slots=True)
class BodyPast:
    """What decides whether a body is asked: its first mandate, and its newest review."""

    first_mandate_on: date
    newest: Review | None = None


def quarter_of(day: date) -> date:
    """Return the first day of the quarter of a day."""
    return date(day.year, day.month - (day.month - 1) % _QUARTER, 1)


def is_asked(past: BodyPast, day: date) -> bool:
    """Say whether a body is asked on `day`: once a quarter, not in the one in which it came.

    A question that still waits is not asked again: one answer is owed, not two.
    """
    quarter, newest = quarter_of(day), past.newest
    if newest is not None and (newest.state is not ReviewState.DONE or newest.opened_on >= quarter):
        return False
    return past.first_mandate_on < quarter


def step_of(review: Review, day: date) -> Step | None:
    """Return what is to be done about a review on `day`, each step once."""
    if review.state is ReviewState.DONE:
        return None
    if day > review.due_on:
        return None if review.suspended_on else Step.SUSPEND
    near = day >= review.due_on - REMINDED_BEFORE
    return Step.REMIND if near and review.reminded_on is None else None


def state_after(answers: Mapping[UUID, Said], by: UUID) -> ReviewState:
    """Return where an answer leads: nobody says alone that they themselves are still there."""
    staying = {member_id for member_id, said in answers.items() if said is not Said.LEFT}
    return ReviewState.AWAITING if staying == {by} else ReviewState.DONE


def oldest_kept(day: date) -> date:
    """Return the last day of opening whose reviews have been kept long enough."""
    return latest_start(day, KEPT_MONTHS)


def require_complete(answers: Mapping[UUID, Said], people: Collection[UUID]) -> None:
    """Raise `InvalidInput` by person unless each of today's people was spoken of, and no other."""
    missing = [one for one in people if one not in answers]
    if missing:
        said = [N_("Dites si cette personne est toujours là.")]
        raise InvalidInput({f"said-{one}": said for one in missing})
    if set(answers) - set(people):
        raise AccessDenied("review:answered", "other-service")


def require_own(who: Principal, organisation_id: UUID, day: date, wanted: str) -> None:
    """Raise `AccessDenied` unless a body is the acting member's own, by an engaged mandate.

    A suspended one serves too: the answer is what ends the suspension.
    """
    engaged = any(one.signed and one.covers(day) for one in who.mandates)
    if who.kind is not PrincipalKind.MEMBER or who.member_id is None or not engaged:
        raise AccessDenied(wanted, "no-mandate", subject=str(organisation_id))
    if who.organisation_id != organisation_id:
        raise AccessDenied(wanted, "other-service", subject=str(organisation_id))


def require_follower(who: Principal, day: date, wanted: str) -> None:
    """Raise `AccessDenied` unless somebody coordinates a group, or controls the accesses."""
    if not (who.holds(Role.COORDINATOR, day) or who.holds(Role.DPO, day)):
        raise AccessDenied(wanted, "other-function")


def may_confirm(who: Principal, review: Review, day: date) -> bool:
    """Say whether somebody may confirm a person who answered for themselves alone.

    The coordination does, though never for itself; then the operator, by order of the mayor.
    """
    if review.state is not ReviewState.AWAITING:
        return False
    if who.kind is PrincipalKind.OPERATOR:
        return True
    return who.holds(Role.COORDINATOR, day) and who.member_id != review.answered_by
