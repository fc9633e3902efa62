"""Access reviews of the invented town: the quarter comes, bodies are asked, somebody answers."""

from dataclasses import replace
from datetime import date, timedelta

from casework.charters.engagement import Signature
from casework.clock import local_day
from casework.identity import Principal, Reason, Role, operator, service
from casework.partners.service import MemberService
from casework.partners.values import NewMandate
from casework.reviews.round import Passed
from casework.reviews.service import Answered
from casework.reviews.values import Review, Said
from tests.town import COUNCIL, Town

TO_THE_QUARTER = 45
"""Days from the founding of the town to the first week of January."""

JOB = service(COUNCIL, "tick:reviews")


def day_of(town: Town) -> date:
    return local_day(town.clock.now())


def ask(town: Town) -> Passed:
    """Do the pass of today."""
    return town.runtime.reviews.round.run(JOB)


def asked(town: Town) -> Town:
    """Come to the next quarter, in which every body is asked."""
    town.clock.advance(days=TO_THE_QUARTER)
    ask(town)
    return town


def fresh(town: Town, body: str) -> Principal:
    """Return a member whose second factor is fresh."""
    return replace(town.who(body), verified_at=town.clock.now())


def review_of(town: Town, body: str) -> Review:
    found = town.runtime.reviews.answers.own(town.who(body)).review
    assert found is not None
    return found


def answer(town: Town, body: str, **said: Said) -> Answered:
    """Answer for one's own body: `here` of everybody but those named by their login."""
    own = town.runtime.reviews.answers.own(town.who(body))
    assert own.review is not None
    words = {one.id: Said.HERE for one in own.people}
    words |= {town.members[login.replace("__", "-")]: word for login, word in said.items()}
    review = own.review
    return town.runtime.reviews.answers.answer(fresh(town, body), review.id, review.version, words)


def prolong(town: Town, body: str) -> None:
    """Give the member of a body a mandate, and the body a signature, for two years from today."""
    runtime, today = town.runtime, day_of(town)
    until, root = today + timedelta(days=730), operator(COUNCIL, "founder")
    mandate = NewMandate(
        member_id=town.members[body],
        role=Role.MEMBER,
        from_on=today,
        until_on=until,
        group_id=town.group_id,
    )
    people = MemberService(runtime.ledger, runtime.edges.clock, runtime.edges.entropy)
    people.give_mandate(root, mandate)
    charter_id = runtime.directory.groups()[town.group_id].charter_id
    signature = Signature(
        charter_id=charter_id,
        organisation_id=town.bodies[body],
        signed_on=today,
        until_on=until,
    )
    runtime.charter_service.sign(root, Reason.OPERATION, signature)
