"""Each quarter, each partner says who still works there; without an answer its access waits."""

from datetime import timedelta
from uuid import UUID

import pytest

from casework.errors import AccessDenied, Conflict, InvalidInput, StepUpRequired
from casework.identity import Reason, operator
from casework.partners.service import MemberService
from casework.partners.values import Member
from casework.reviews.policy import ANSWER_WITHIN, REMINDED_BEFORE
from casework.reviews.round import Passed
from casework.reviews.values import EndKind, ReviewState, Said
from tests.holders import colleague
from tests.integration.accounts.conftest import staff
from tests.leaving import followed, read
from tests.rounds import answer, ask, asked, day_of, fresh, prolong, review_of
from tests.staff import Staff
from tests.town import CONTROL, COUNCIL, Town

__all__ = ["staff"]

LATE = ANSWER_WITHIN.days + 1
ROOT = operator(COUNCIL, "root")


def acts(town: Town, prefix: str = "review:") -> list[str]:
    with town.runtime.stores.main.engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT kind FROM audit_leaves ORDER BY seq")
        return [kind for (kind,) in found if kind.startswith(prefix)]


@pytest.fixture
def pair(staff: Staff) -> Town:
    """Give a town in a new quarter, whose school has two people."""
    colleague(staff, "school", "school-2")
    return asked(staff.town)


def test_every_body_is_asked_when_the_quarter_comes_and_once(town: Town) -> None:
    assert ask(town) == Passed()
    asked(town)
    assert acts(town) == ["review:opened"] * len(town.bodies)
    assert ask(town) == Passed()
    assert review_of(town, "school").due_on == day_of(town) + ANSWER_WITHIN


def test_a_body_sees_its_own_people_with_their_functions(pair: Town) -> None:
    own = pair.runtime.reviews.answers.own(pair.who("school"))
    assert [one.id for one in own.people] == [pair.members["school"], pair.members["school-2"]]
    assert {(seat.role, seat.group) for one in own.people for seat in one.seats} == {
        ("member", "Groupe inventé")
    }


def test_one_answer_ends_the_review_and_is_a_leaf(pair: Town) -> None:
    assert answer(pair, "school").state is ReviewState.DONE
    told = review_of(pair, "school")
    assert told.state is ReviewState.DONE
    assert told.answered_by == pair.members["school"]
    assert set(told.said.values()) == {Said.HERE}
    assert acts(pair)[-2:] == ["review:answered", "review:read"]
    pair.clock.advance(days=LATE)
    ask(pair)
    assert pair.runtime.directory.organisations()[pair.bodies["school"]].suspended_on is None


def test_who_left_loses_everything_at_once(pair: Town) -> None:
    case_id = followed(pair, "school")
    assert answer(pair, "school-2", school=Said.LEFT).state is ReviewState.AWAITING
    assert pair.who("school").mandates == ()
    with pytest.raises(AccessDenied):
        read(pair, case_id, "school")
    locked = {one.id: one.locked for one in _members(pair)}
    assert locked[pair.members["school"]]
    assert not locked[pair.members["school-2"]]


def _members(town: Town) -> list[Member]:
    runtime = town.runtime
    people = MemberService(runtime.ledger, runtime.edges.clock, runtime.edges.entropy)
    return people.list(ROOT)


def test_shutting_colleagues_out_asks_for_a_fresh_second_factor(pair: Town) -> None:
    review = review_of(pair, "school")
    said = {pair.members["school"]: Said.HERE, pair.members["school-2"]: Said.LEFT}
    answers = pair.runtime.reviews.answers
    with pytest.raises(StepUpRequired):
        answers.answer(pair.who("school"), review.id, review.version, said)
    here = dict.fromkeys(said, Said.HERE)
    done = answers.answer(pair.who("school"), review.id, review.version, here)
    assert done.state is ReviewState.DONE


def test_of_two_who_answer_at_once_the_second_is_told(pair: Town) -> None:
    review, answers = review_of(pair, "school"), pair.runtime.reviews.answers
    said = {pair.members[one]: Said.HERE for one in ("school", "school-2")}
    answers.answer(pair.who("school"), review.id, review.version, said)
    with pytest.raises(Conflict):
        answers.answer(pair.who("school-2"), review.id, review.version, said)


def test_a_person_left_out_is_named_and_nothing_is_kept(pair: Town) -> None:
    review, answers = review_of(pair, "school"), pair.runtime.reviews.answers
    with pytest.raises(InvalidInput) as fault:
        answers.answer(
            pair.who("school"), review.id, review.version, {pair.members["school"]: Said.HERE}
        )
    assert list(fault.value.fields) == [f"said-{pair.members['school-2']}"]
    assert review_of(pair, "school").state is ReviewState.OPEN


def test_nobody_answers_for_another_body_or_speaks_of_its_people(pair: Town) -> None:
    answers, review = pair.runtime.reviews.answers, review_of(pair, "school")
    said = {pair.members[one]: Said.LEFT for one in ("school", "school-2")}
    with pytest.raises(AccessDenied):
        answers.answer(fresh(pair, "police"), review.id, review.version, said)
    own = review_of(pair, "police")
    told = {pair.members["police"]: Said.HERE, pair.members["school"]: Said.LEFT}
    with pytest.raises(AccessDenied):
        answers.answer(fresh(pair, "police"), own.id, own.version, told)
    with pytest.raises(AccessDenied):
        answers.answer(fresh(pair, "police"), UUID(int=7), 1, told)
    assert review_of(pair, "school").state is ReviewState.OPEN
    assert len(pair.who("school").mandates) == 1
    assert acts(pair, "access:refused")


def test_who_is_alone_is_confirmed_by_the_coordination_and_not_by_themselves(town: Town) -> None:
    asked(town)
    assert answer(town, "police").state is ReviewState.AWAITING
    answers, review = town.runtime.reviews.answers, review_of(town, "police")
    for body in ("police", "school", "dpo"):
        with pytest.raises(AccessDenied):
            answers.confirm(town.who(body), review.id, review.version)
    overview = answers.overview(town.who("coordination"))
    assert [one.may_confirm for one in overview.reviews if one.review.id == review.id] == [True]
    answers.confirm(town.who("coordination"), review.id, review.version)
    assert review_of(town, "police").state is ReviewState.DONE
    with pytest.raises(Conflict):
        answers.confirm(town.who("coordination"), review.id, review.version)


def test_a_coordinator_who_is_alone_is_confirmed_by_order_of_the_mayor(town: Town) -> None:
    asked(town)
    assert answer(town, "coordination").state is ReviewState.AWAITING
    answers, review = town.runtime.reviews.answers, review_of(town, "coordination")
    with pytest.raises(AccessDenied):
        answers.confirm(town.who("coordination"), review.id, review.version)
    answers.confirm(ROOT, review.id, review.version)
    assert review_of(town, "coordination").state is ReviewState.DONE


def test_a_body_with_nobody_left_is_told_to_the_coordination(town: Town) -> None:
    asked(town)
    assert answer(town, "mission", mission=Said.LEFT).state is ReviewState.DONE
    overview = town.runtime.reviews.answers.overview(town.who("coordination"))
    told = next(one for one in overview.reviews if "mission" in one.organisation)
    assert set(told.review.said.values()) == {Said.LEFT}
    assert list(told.people.values()) == ["Mme Invention Membre-mission"]
    town.clock.advance(days=90)
    assert ask(town).asked == 0


def test_without_an_answer_a_body_is_reminded_then_suspended_and_an_answer_reopens(
    pair: Town,
) -> None:
    case_id = followed(pair, "school")
    pair.clock.advance(days=(ANSWER_WITHIN - REMINDED_BEFORE).days)
    bodies = len(pair.bodies)
    assert ask(pair) == Passed(reminded=bodies)
    assert ask(pair) == Passed()
    read(pair, case_id, "school")
    pair.clock.advance(days=REMINDED_BEFORE.days + 1)
    assert ask(pair) == Passed(suspended=bodies)
    with pytest.raises(AccessDenied):
        read(pair, case_id, "school")
    assert not any(one.valid_on(day_of(pair)) for one in pair.who("school").mandates)
    assert answer(pair, "school").state is ReviewState.DONE
    read(pair, case_id, "school")
    assert pair.who("police").mandates[0].suspended


def test_the_suspended_are_not_among_those_who_may_come_into_a_case(pair: Town) -> None:
    group = pair.runtime.directory.groups()[pair.group_id]
    books = pair.runtime.books
    before = {seat.member_id for seat in books.of(pair.who("coordination"), group.id).seats}
    assert pair.members["school"] in before
    pair.clock.advance(days=LATE)
    ask(pair)
    after = {seat.member_id for seat in books.of(pair.who("coordination"), group.id).seats}
    assert after == set()


def test_an_answer_nobody_confirmed_in_time_suspends_and_the_confirmation_reopens(
    town: Town,
) -> None:
    asked(town)
    town.clock.advance(days=LATE)
    answer(town, "police")
    ask(town)
    assert town.who("police").mandates[0].suspended
    review = review_of(town, "police")
    assert review.state is ReviewState.AWAITING
    town.runtime.reviews.answers.confirm(ROOT, review.id, review.version)
    assert not town.who("police").mandates[0].suspended


def test_a_job_alone_asks_and_suspends(town: Town) -> None:
    town.clock.advance(days=45)
    with pytest.raises(AccessDenied):
        town.runtime.reviews.round.run(town.who("coordination"))


def test_reviews_are_forgotten_after_three_years(town: Town) -> None:
    asked(town)
    answer(town, "police")
    town.clock.advance(days=3 * 366)
    assert ask(town).forgotten == len(town.bodies)


def test_only_the_coordination_and_the_officer_see_who_answered(town: Town) -> None:
    answers = asked(town).runtime.reviews.answers
    for body in ("coordination", "dpo"):
        assert len(answers.overview(town.who(body)).reviews) == len(town.bodies)
    for body in ("police", "archives"):
        with pytest.raises(AccessDenied):
            answers.overview(town.who(body))


def test_what_ends_within_the_month_is_told_to_whose_it_is_and_to_the_coordination(
    town: Town,
) -> None:
    endings = town.runtime.reviews.endings
    assert endings.of(town.who("school")).endings == ()
    town.clock.advance(days=275)
    mine = endings.of(town.who("school")).endings
    assert {one.kind for one in mine} == {EndKind.MANDATE, EndKind.SIGNATURE}
    told = town.runtime.reviews.answers.overview(town.who("coordination")).endings
    kinds = [one.kind for one in told]
    assert kinds.count(EndKind.MANDATE) == len(town.bodies)
    assert kinds.count(EndKind.SIGNATURE) == len(town.bodies.keys() - CONTROL)
    assert "Mme Invention Membre-school" in {one.whose for one in told}
    prolong(town, "school")
    assert endings.of(town.who("school")).endings == ()


def test_access_closes_the_day_after_an_undertaking_ends_and_signing_again_opens_it(
    town: Town,
) -> None:
    prolong(town, "school")
    town.clock.advance(days=365)
    assert [one.kind for one in town.runtime.reviews.endings.of(town.who("school")).endings] == [
        EndKind.UNDERTAKING
    ]
    assert any(one.signed for one in town.who("school").mandates)
    town.clock.advance(days=1)
    assert not any(one.signed for one in town.who("school").mandates)
    charter_id = town.runtime.directory.groups()[town.group_id].charter_id
    service = town.runtime.charter_service
    until = service.undertake(town.who("school"), Reason.SIGN_IN, charter_id)
    assert until == day_of(town) + timedelta(days=365)
    assert any(one.signed for one in town.who("school").mandates)
