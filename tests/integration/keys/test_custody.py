"""Who holds the key of an organisation: the service, or its members alone."""

from uuid import UUID

import pytest
from sqlalchemy import text

from casework.audit.actions import Act
from casework.audit.lines import Asked
from casework.cases.values import CaseFile
from casework.errors import InvalidInput, Locked, StepUpRequired
from casework.identity import Principal, Reason
from casework.keys.service.custody import CustodyService, Standing
from casework.keys.values import CustodyKind, Withheld
from tests.holders import colleague, kept_by_members, session_of
from tests.postgres import broken_into
from tests.staff import Staff

LOCKED = Withheld("locked")
NAME = "Zéphirinquois"


def service_of(staff: Staff) -> CustodyService:
    return staff.town.runtime.custody_service


def read(staff: Staff, who: Principal, case_id: UUID) -> CaseFile:
    return staff.town.runtime.cases.read(who, Reason.DUTY, case_id)


def name_in(case: CaseFile) -> object:
    assert case.subject is not None
    return case.subject.family_name


def rows(staff: Staff, sql: str) -> list[tuple[object, ...]]:
    with (
        broken_into(staff.town.runtime.stores.main) as owned,
        owned.engine.connect() as connection,
    ):
        return [tuple(row) for row in connection.execute(text(sql))]


def sealed_bytes(staff: Staff) -> list[tuple[object, ...]]:
    return rows(staff, "SELECT id, family_name_sealed, birth_date_sealed FROM persons") + rows(
        staff, "SELECT id, reason_sealed, words_sealed FROM referrals"
    )


def refusals(staff: Staff) -> list[object]:
    """What the register says was refused."""
    asked = Asked(acts=frozenset({Act.ACCESS_REFUSED}))
    lines = staff.town.runtime.register.read(staff.town.who("dpo"), asked).lines
    return [line.detail for line in lines]


def id_of(who: Principal) -> UUID:
    assert who.member_id is not None
    return who.member_id


@pytest.fixture
def case_id(staff: Staff) -> UUID:
    """A case that the street work club sent and its coordination has read."""
    found = staff.town.refer()
    read(staff, staff.town.who("coordination"), found)
    return found


def test_switching_touches_no_sealed_value(staff: Staff, case_id: UUID) -> None:
    before = sealed_bytes(staff)
    first, _ = kept_by_members(staff, "street_work")
    assert sealed_bytes(staff) == before
    assert name_in(read(staff, first, case_id)) == NAME
    service_of(staff).switch(first, CustodyKind.SERVER)
    assert sealed_bytes(staff) == before
    assert name_in(read(staff, staff.town.who("street_work"), case_id)) == NAME


def test_both_holders_open_and_the_service_alone_does_not(staff: Staff, case_id: UUID) -> None:
    first, second = kept_by_members(staff, "street_work")
    assert name_in(read(staff, first, case_id)) == NAME
    assert service_of(staff).overview(second).standing_of(second.member_id) is Standing.HOLDS
    assert name_in(read(staff, staff.town.who("street_work"), case_id)) == LOCKED


def test_a_program_finds_the_case_locked_and_writes_nothing(staff: Staff, case_id: UUID) -> None:
    kept_by_members(staff, "street_work")
    program = staff.town.who("street_work")
    case = read(staff, program, case_id)
    assert case.referral is not None
    assert case.referral.fact == LOCKED
    with pytest.raises(Locked):
        staff.town.refer()


def test_other_organisations_read_on(staff: Staff, case_id: UUID) -> None:
    kept_by_members(staff, "street_work")
    assert name_in(read(staff, staff.town.who("coordination"), case_id)) == NAME


def test_the_seal_of_the_service_is_gone(staff: Staff, case_id: UUID) -> None:
    kept_by_members(staff, "street_work")
    del case_id
    held = rows(staff, "SELECT version, holder FROM organisation_seals")
    bodies = len(staff.town.bodies)
    assert sorted(int(str(version)) for version, _ in held) == [1] * (bodies - 1) + [2, 2]
    assert all(str(holder).startswith("member:") for version, holder in held if version == 2)


def test_one_holder_is_not_enough(staff: Staff) -> None:
    staff.enrol("street_work")
    with pytest.raises(InvalidInput) as refused:
        service_of(staff).switch(session_of(staff, "street_work"), CustodyKind.MEMBER)
    assert list(refused.value.fields) == ["custody"]
    assert refusals(staff) == [{"wanted": "custody:changed", "code": "too-few-holders"}]


def test_a_switch_asks_for_a_fresh_second_factor(staff: Staff) -> None:
    staff.enrol("street_work")
    colleague(staff, "street_work", "club-2")
    session_of(staff, "club-2")
    who = session_of(staff, "street_work")
    staff.wait(minutes=11)
    with pytest.raises(StepUpRequired):
        service_of(staff).switch(who, CustodyKind.MEMBER)


def test_a_newcomer_waits_until_a_holder_hands_the_key_over(staff: Staff, case_id: UUID) -> None:
    first, _ = kept_by_members(staff, "street_work")
    newcomer_id = colleague(staff, "street_work", "club-3")
    assert service_of(staff).overview(first).standing_of(newcomer_id) is Standing.AWAY
    with pytest.raises(InvalidInput):
        service_of(staff).admit(first, newcomer_id)
    newcomer = session_of(staff, "club-3")
    assert service_of(staff).overview(newcomer).standing_of(newcomer_id) is Standing.WAITS
    with pytest.raises(Locked):
        service_of(staff).admit(newcomer, newcomer_id)
    service_of(staff).admit(first, newcomer_id)
    assert service_of(staff).overview(newcomer).standing_of(newcomer_id) is Standing.HOLDS
    staff.town.follow(case_id)
    staff.town.name(case_id, "club-3")
    assert name_in(read(staff, newcomer, case_id)) == NAME


def test_a_removed_holder_opens_nothing_any_more(staff: Staff, case_id: UUID) -> None:
    first, second = kept_by_members(staff, "street_work")
    service_of(staff).remove(second, id_of(first))
    assert name_in(read(staff, first, case_id)) == LOCKED
    assert service_of(staff).overview(second).standing_of(first.member_id) is Standing.WAITS


def test_the_last_holder_cannot_be_removed(staff: Staff) -> None:
    first, second = kept_by_members(staff, "street_work")
    service_of(staff).remove(first, id_of(second))
    with pytest.raises(InvalidInput) as refused:
        service_of(staff).remove(first, id_of(first))
    assert list(refused.value.fields) == ["holder"]
    assert refusals(staff) == [{"wanted": "holder:removed", "code": "last-holder"}]


def test_a_reset_password_makes_its_member_wait_again(staff: Staff, case_id: UUID) -> None:
    first, second = kept_by_members(staff, "street_work")
    made = staff.accounts.enrolment.reset(staff.root, id_of(first))
    staff.activate("street_work", made.code)
    again = session_of(staff, "street_work")
    assert name_in(read(staff, again, case_id)) == LOCKED
    assert service_of(staff).overview(second).standing_of(again.member_id) is Standing.WAITS
    service_of(staff).admit(second, id_of(again))
    assert name_in(read(staff, again, case_id)) == NAME


def test_the_operator_entrusts_an_organisation_to_its_members_and_never_takes_it_back(
    staff: Staff, case_id: UUID
) -> None:
    staff.enrol("street_work")
    colleague(staff, "street_work", "club-2")
    session_of(staff, "club-2")
    first = session_of(staff, "street_work")
    body = staff.town.bodies["street_work"]
    service_of(staff).entrust(staff.root, body, CustodyKind.MEMBER)
    assert name_in(read(staff, first, case_id)) == NAME
    with pytest.raises(InvalidInput):
        service_of(staff).entrust(staff.root, body, CustodyKind.SERVER)


def test_every_change_of_custody_has_its_leaf(staff: Staff) -> None:
    kept_by_members(staff, "street_work")
    assert staff.acts().count("custody:changed") == 1
