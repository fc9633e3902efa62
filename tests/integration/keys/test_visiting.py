"""Where only members open the keys, what waits is done by those who come, a little at a time."""

from uuid import UUID

from casework.identity import Reason
from casework.keys import visiting
from tests.leaving import (
    LATER,
    epochs,
    followed,
    hand_to_member,
    opens,
    present,
    rekey,
    told,
    unname,
    waits,
)
from tests.town import Town


def _in_members_hands(town: Town) -> UUID:
    """Follow a case that only members open, and from which the school is gone."""
    case_id = followed(town, "school")
    unname(town, case_id, "school")
    for body in ("coordination", "street_work"):
        hand_to_member(town, body)
    return case_id


def test_the_job_leaves_what_it_cannot_open(town: Town) -> None:
    _in_members_hands(town)
    rekey(town)
    assert waits(town) == (2, 0)
    assert epochs(town) == {1}


def test_a_member_who_reads_a_case_draws_and_seals_anew(town: Town) -> None:
    case_id = _in_members_hands(town)
    cases, who = town.runtime.cases, present(town, "coordination")
    before = told(cases.read(who, Reason.DUTY, case_id))
    assert waits(town) == (0, 0)
    assert told(cases.read(who, Reason.DUTY, case_id)) == before
    assert opens(cases.read(who, Reason.DUTY, case_id))


def test_another_partner_opens_with_their_own_keys_afterwards(town: Town) -> None:
    case_id = _in_members_hands(town)
    cases = town.runtime.cases
    cases.read(present(town, "coordination"), Reason.DUTY, case_id)
    assert opens(cases.read(present(town, "street_work"), Reason.DUTY, case_id))


def test_the_home_page_goes_on_with_what_nobody_opens(town: Town) -> None:
    _in_members_hands(town)
    town.runtime.home.open(present(town, "coordination"), Reason.DUTY)
    assert waits(town) == (0, 0)


def test_a_visit_moves_no_more_than_a_page_may_wait_for(town: Town) -> None:
    case_id = followed(town, "school")
    cases = town.runtime.cases
    for _ in range(2 * visiting.VALUES):
        cases.contribute(town.who("coordination"), Reason.DUTY, case_id, LATER)
    unname(town, case_id, "school")
    hand_to_member(town, "coordination")
    hand_to_member(town, "street_work")
    who = present(town, "coordination")
    visits = 0
    while waits(town) != (0, 0):
        visits += 1
        assert opens(cases.read(who, Reason.DUTY, case_id))
    assert visits == 1 + 2 * visiting.VALUES // visiting.VALUES


def test_without_own_keys_a_visit_does_nothing(town: Town) -> None:
    case_id = _in_members_hands(town)
    town.runtime.cases.read(town.who("coordination"), Reason.DUTY, case_id)
    assert waits(town) == (2, 0)
