"""A partner leaves the council: nothing of it opens, and nobody else loses anything."""

import pytest
from sqlalchemy import bindparam, text

from casework.db.types import Id
from casework.errors import AccessDenied, InvalidInput
from casework.identity import Reason, Role
from casework.partners.service import MemberService
from casework.partners.values import NewMandate, PersonName
from tests.integration.accounts.conftest import staff
from tests.leaving import (
    LATER,
    ROOT,
    WORDS,
    count,
    followed,
    hand_to_member,
    keys_of,
    leave,
    opens,
    present,
    read,
    rekey,
    unname,
    waits,
)
from tests.postgres import broken_into
from tests.staff import Staff
from tests.town import Town

__all__ = ["staff"]


def test_whoever_leaves_holds_nothing_any_more(town: Town) -> None:
    followed(town, "school")
    leave(town, "school")
    own = town.bodies["school"]
    assert keys_of(town, "school") == 0
    assert count(town, "organisation_seals", "organisation_id = :own", own=own) == 0
    revoked = "organisation_id = :own AND revoked_at IS NULL"
    assert count(town, "organisation_keys", revoked, own=own) == 0


def test_the_answer_counts_what_was_held(town: Town) -> None:
    case_id = followed(town, "school", "mission")
    town.runtime.cases.note(town.who("school"), Reason.DUTY, case_id, "Note inventée.")
    counts = leave(town, "school")
    assert counts == {"members": 1, "due": 2, "own": 1, "renewed": 0, "cases": 1, "led": 0}
    assert waits(town) == (2, 0)


def test_the_job_ends_what_leaving_began(town: Town) -> None:
    case_id = followed(town, "school")
    leave(town, "school")
    rekey(town)
    assert waits(town) == (0, 0)
    assert opens(read(town, case_id))
    assert opens(read(town, case_id, "street_work"))


def test_sessions_tokens_and_mandates_end_at_once(staff: Staff) -> None:
    town = staff.town
    case_id = followed(town, "school")
    secret = staff.sign_in("school").secret
    leave(town, "school")
    assert staff.accounts.sessions.session_of(secret) is None
    with pytest.raises(AccessDenied):
        read(town, case_id, "school")
    assert town.who("school").mandates == ()


def test_a_referral_that_nobody_has_opened_yet_still_opens(town: Town) -> None:
    """The keys were on their way, signed by the very organisation that goes."""
    case_id = town.refer("street_work")
    assert leave(town, "street_work")["renewed"] == 3
    assert opens(read(town, case_id))
    rekey(town)
    assert opens(read(town, case_id))


def test_keys_on_their_way_to_members_hands_are_signed_by_another(town: Town) -> None:
    case_id = followed(town, "school", "police")
    town.name(case_id, "mission")
    hand_to_member(town, "mission")
    unname(town, case_id, "police")
    # The school draws the next epoch, and signs for it to the three others.
    town.runtime.cases.contribute(town.who("school"), Reason.DUTY, case_id, LATER)
    assert leave(town, "school")["renewed"] == 3
    mission = present(town, "mission")
    case = town.runtime.cases.read(mission, Reason.DUTY, case_id)
    assert {str(one.text) for one in case.shared} == {WORDS, LATER}
    assert opens(read(town, case_id))


def test_it_stays_while_nobody_else_could_open(town: Town) -> None:
    """The only recipient has its keys in its members' hands, and none of them came yet."""
    town.refer("street_work")
    hand_to_member(town, "coordination")
    with pytest.raises(InvalidInput):
        leave(town, "street_work")
    assert keys_of(town, "street_work") == 3
    assert count(town, "organisations", "left_on IS NOT NULL") == 0


def test_it_stays_while_it_alone_holds_a_shared_part(town: Town) -> None:
    followed(town, "school")
    school = bindparam("school", town.bodies["school"], type_=Id)
    with broken_into(town.runtime.stores.main) as owned, owned.engine.begin() as connection:
        taken = text("DELETE FROM rings WHERE organisation_id <> :school")
        connection.execute(taken.bindparams(school))
    with pytest.raises(InvalidInput) as refused:
        leave(town, "school")
    assert "2 parties" in str(refused.value.fields["organisation"][0])


def test_whoever_coordinates_a_group_stays(town: Town) -> None:
    with pytest.raises(InvalidInput):
        leave(town, "coordination")


def test_it_leaves_once(town: Town) -> None:
    leave(town, "landlord")
    with pytest.raises(InvalidInput):
        leave(town, "landlord")


def test_only_the_operator_lets_somebody_go(town: Town) -> None:
    with pytest.raises(AccessDenied):
        town.runtime.leaving.leave(town.who("coordination"), town.bodies["school"])


def test_nobody_joins_an_organisation_that_left(town: Town) -> None:
    leave(town, "landlord")
    runtime = town.runtime
    people = MemberService(runtime.ledger, runtime.edges.clock, runtime.edges.entropy)
    day = town.clock.now().date()
    with pytest.raises(InvalidInput):
        people.add(ROOT, town.bodies["landlord"], PersonName("M.", "Ivo", "Inventé"))
    mandate = NewMandate(
        member_id=town.members["landlord"],
        role=Role.MEMBER,
        from_on=day,
        until_on=day,
        group_id=town.group_id,
    )
    with pytest.raises(InvalidInput):
        people.give_mandate(ROOT, mandate)


def test_the_keys_of_one_case_go_with_the_last_who_was_named(town: Town) -> None:
    case_id, other = followed(town, "school"), followed(town, "school")
    unname(town, case_id, "school")
    assert keys_of(town, "school") == 2
    assert [str(one.text) for one in read(town, other, "school").shared] == [WORDS]
    with pytest.raises(AccessDenied):
        read(town, case_id, "school")


def test_a_service_that_is_named_again_finds_its_own_notes(town: Town) -> None:
    case_id = followed(town, "school")
    town.runtime.cases.note(town.who("school"), Reason.DUTY, case_id, "Note inventée.")
    unname(town, case_id, "school")
    rekey(town)
    town.name(case_id, "school")
    notes = [str(one.text) for one in read(town, case_id, "school").notes]
    assert notes == ["Note inventée."]
