"""What people do with access reviews: answer for their own body, follow them all, confirm."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Final
from uuid import UUID

from casework.audit.actions import Act
from casework.audit.entry import Detail, Entry
from casework.audit.ledger import Ledger
from casework.audit.work import Work
from casework.clock import local_day
from casework.errors import AccessDenied, Conflict
from casework.identity import Principal, PrincipalKind, Reason, Role, require_fresh
from casework.partners import gateway as partners
from casework.partners.gateway import suspending
from casework.partners.gateway.suspending import PersonLine
from casework.partners.values import PersonName
from casework.reviews import gateway
from casework.reviews.endings import endings_of_council
from casework.reviews.gateway import Answer
from casework.reviews.policy import (
    may_confirm,
    require_complete,
    require_follower,
    require_own,
    state_after,
)
from casework.reviews.values import (
    Followed,
    Overview,
    OwnReview,
    Person,
    Review,
    ReviewState,
    Said,
    Seat,
)

Depart = Callable[[Work, UUID], Mapping[str, int]]
"""Lets a member go at once; counts what waits for the operator: keys `kept`, and `cards`."""

_URGENCY: Final = (ReviewState.AWAITING, ReviewState.OPEN, ReviewState.DONE)


@dataclass(frozen=True, slots=True)
class Answered:
    """Where a review stands after an answer, and what departures leave to the operator."""

    state: ReviewState
    left_over: int


@dataclass(frozen=True, slots=True)
class ReviewService:
    """One method per task; each is one unit of work with its leaf."""

    ledger: Ledger
    depart: Depart

    def own(self, who: Principal) -> OwnReview:
        """Return what one's own body is asked, and its people."""
        with self.ledger.consult(who, Reason.CONTROL) as work:
            body = _body(who)
            require_own(who, body, local_day(work.now), Act.REVIEW_READ)
            review = gateway.newest_of(work.session, who.council_id, body)
            people = _people(work, body)
            detail: Detail = {"organisation": body, "members": len(people)}
            work.record(Entry(Act.REVIEW_READ, detail=detail))
        return OwnReview(review, people)

    def answer(
        self, who: Principal, review_id: UUID, version: int, said: Mapping[UUID, Said]
    ) -> Answered:
        """Say of each of one's colleagues whether they are still there; return what came of it.

        Those who left lose their access in the same unit of work. Raises `Conflict` when somebody
        answered meanwhile, `InvalidInput` for a person left out, `StepUpRequired` to close the
        access of others without a fresh second factor.
        """
        with self.ledger.begin(who, Reason.CONTROL) as work:
            review = _shown(work, review_id, Act.REVIEW_ANSWERED)
            require_own(who, review.organisation_id, local_day(work.now), Act.REVIEW_ANSWERED)
            if review.state is ReviewState.DONE or review.version != version:
                raise Conflict(review.version)
            people = [one.id for one in _people(work, review.organisation_id)]
            require_complete(said, people)
            if Said.LEFT in said.values():
                require_fresh(who, work.now)
            state = state_after(said, _member(who))
            gateway.keep_answer(
                work.session, who.council_id, review, Answer(_member(who), work.now, said, state)
            )
            left_over = self._record(work, review, said, state)
        return Answered(state, left_over)

    def _record(
        self, work: Work, review: Review, said: Mapping[UUID, Said], state: ReviewState
    ) -> int:
        """Shut out those who left, open the body again, leave the leaf; count what is left over."""
        left = [one for one, word in said.items() if word is Said.LEFT]
        parted = [self.depart(work, one) for one in left]
        kept, cards = (sum(one.get(what, 0) for one in parted) for what in ("kept", "cards"))
        counts = {word.value: list(said.values()).count(word) for word in Said}
        detail: Detail = {
            "review": review.id,
            "organisation": review.organisation_id,
            "state": state.value,
            "reopened": _reopened(work, review.organisation_id, state),
            "kept": kept,
            "cards": cards,
            **counts,
            **{f"left{number}": one for number, one in enumerate(left)},
        }
        work.record(Entry(Act.REVIEW_ANSWERED, detail=detail))
        return kept + cards

    def overview(self, who: Principal) -> Overview:
        """Return the newest review of each body, and what ends soon in the council."""
        with self.ledger.consult(who, Reason.CONTROL) as work:
            day = local_day(work.now)
            if who.kind is not PrincipalKind.OPERATOR:
                require_follower(who, day, Act.REVIEW_LISTED)
            reviews = _followed(work)
            endings = endings_of_council(work.session, who.council_id, day)
            detail: Detail = {"reviews": len(reviews), "endings": len(endings)}
            work.record(Entry(Act.REVIEW_LISTED, detail=detail))
        return Overview(reviews, endings)

    def confirm(self, who: Principal, review_id: UUID, version: int) -> None:
        """Confirm somebody who answered for themselves alone; their access opens again."""
        with self.ledger.begin(who, Reason.CONTROL) as work:
            if who.kind is not PrincipalKind.OPERATOR and not who.holds(
                Role.COORDINATOR, local_day(work.now)
            ):
                raise AccessDenied(Act.REVIEW_CONFIRMED, "other-function", subject=str(review_id))
            review = _shown(work, review_id, Act.REVIEW_CONFIRMED)
            if review.version != version:
                raise Conflict(review.version)
            if not may_confirm(who, review, local_day(work.now)):
                raise AccessDenied(Act.REVIEW_CONFIRMED, "own-answer", subject=str(review_id))
            council_id, body = who.council_id, review.organisation_id
            gateway.keep_confirmation(work.session, council_id, review, who.member_id)
            reopened = _reopened(work, body, ReviewState.DONE)
            detail: Detail = {"review": review.id, "organisation": body, "reopened": reopened}
            work.record(Entry(Act.REVIEW_CONFIRMED, detail=detail))


def _reopened(work: Work, organisation_id: UUID, state: ReviewState) -> bool:
    """Open a body's access again once nothing is owed; say whether it was shut."""
    if state is not ReviewState.DONE:
        return False
    return suspending.reopen(work.session, work.principal.council_id, organisation_id)


def _shown(work: Work, review_id: UUID, wanted: str) -> Review:
    found = gateway.review_of(work.session, work.principal.council_id, review_id)
    if found is None:
        raise AccessDenied(wanted, "unknown", subject=str(review_id))
    return found


def _body(who: Principal) -> UUID:
    if who.organisation_id is None:
        raise AccessDenied(Act.REVIEW_READ, "no-mandate")
    return who.organisation_id


def _member(who: Principal) -> UUID:
    if who.member_id is None:
        raise AccessDenied(Act.REVIEW_ANSWERED, "not-signed-in")
    return who.member_id


def _people(work: Work, organisation_id: UUID) -> tuple[Person, ...]:
    day, council_id = local_day(work.now), work.principal.council_id
    lines = suspending.people_of(work.session, council_id, organisation_id, day)
    return tuple(_person(list(same)) for _, same in groupby(lines, key=lambda one: one.member_id))


def _person(lines: list[PersonLine]) -> Person:
    first = lines[0]
    seats = tuple(
        Seat(Role(one.role), one.group or "", one.until_on)
        for one in lines
        if one.role and one.until_on
    )
    return Person(first.member_id, PersonName(*first[1:4]).full, seats)


def _followed(work: Work) -> tuple[Followed, ...]:
    council_id, day = work.principal.council_id, local_day(work.now)
    bodies = {one.id: one for one in partners.organisations(work.session, council_id)}
    reviews = gateway.newest(work.session, council_id)
    spoken = {member_id for one in reviews for member_id in one.said}
    names = {
        one: label.name for one, label in partners.labels(work.session, council_id, spoken).items()
    }
    found = (
        Followed(
            review=one,
            organisation=bodies[one.organisation_id].name,
            people={who: names[who] for who in one.said if who in names},
            may_confirm=may_confirm(work.principal, one, day),
        )
        for one in reviews
        if bodies[one.organisation_id].left_on is None
    )
    return tuple(
        sorted(found, key=lambda one: (_URGENCY.index(one.review.state), one.organisation))
    )
