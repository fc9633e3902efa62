"""A member leaves: nothing is open to them any more, and their organisation goes on."""

from uuid import UUID

import pytest
from sqlalchemy import bindparam

from casework.accounts.tokens import NewToken
from casework.db.types import Id
from casework.errors import AccessDenied, InvalidInput
from casework.identity import Principal, Reason
from casework.keys.values import CustodyKind
from casework.web.permissions import Permission
from tests.holders import kept_by_members
from tests.integration.accounts.conftest import staff
from tests.keepers import Keepers
from tests.leaving import ROOT, count, followed, keys_of, opens, read, rekey
from tests.office import Office
from tests.postgres import broken_into
from tests.raw import raw
from tests.staff import Staff
from tests.town import COUNCIL, Town

__all__ = ["staff"]


def go(town: Town, who: Principal | str) -> dict[str, int]:
    """Let a member leave, by themselves or by the name of their body."""
    member_id = town.members[who] if isinstance(who, str) else who.member_id
    assert member_id is not None
    return town.runtime.member_leaving.leave(ROOT, member_id)


def lead(town: Town, case_id: UUID, body: str) -> None:
    with broken_into(town.runtime.stores.main) as owned, owned.engine.begin() as connection:
        chosen = bindparam("lead", town.members[body], type_=Id)
        case = bindparam("case", case_id, type_=Id)
        led = raw("UPDATE cases SET lead_id = :lead WHERE id = :case")
        connection.execute(led.bindparams(chosen, case))


def faults_of_keys(town: Town, body: str) -> tuple[str, ...]:
    bodies = town.runtime.key_status.of(COUNCIL).organisations
    return next(one.faults for one in bodies if one.organisation_id == town.bodies[body])


def test_everything_that_was_open_ends_at_once_and_is_counted(staff: Staff) -> None:
    town, body = staff.town, staff.town.bodies["school"]
    case_id = followed(town, "school")
    followed(town, "school")
    lead(town, case_id, "school")
    signed = staff.sign_in("school")
    session = staff.accounts.sessions.session_of(signed.secret)
    assert session is not None
    wanted = NewToken("essai", frozenset({Permission.CASE_LIST}), 30)
    _, secret = staff.accounts.tokens.add(session.principal, Reason.DUTY, wanted)
    assert go(town, "school") == {"mandates": 1, "due": 0, "cards": 0, "named": 2, "led": 1}
    assert staff.accounts.sessions.session_of(signed.secret) is None
    assert staff.accounts.tokens.authenticate(secret) is None
    assert town.who("school").mandates == ()
    with pytest.raises(AccessDenied):
        read(town, case_id, "school")
    assert staff.acts().count("member:left") == 1
    # In server custody they never held the secret: it stays as it is.
    versions = "organisation_id = :own AND version = 1 AND due_since IS NULL"
    assert count(town, "organisation_keys", versions, own=body) == 1
    assert count(town, "member_keys", "member_id = :own", own=town.members["school"]) == 0


def test_where_nobody_else_of_it_is_named_the_keys_go_with_the_regular_job(town: Town) -> None:
    case_id, led = followed(town, "school"), followed(town, "school")
    lead(town, led, "school")
    go(town, "school")
    rekey(town)
    # Of the case that waits for another lead it keeps the two shared parts.
    assert keys_of(town, "school") == 2
    assert opens(read(town, case_id))


def test_the_last_holder_stays_unless_the_escrow_holds_the_key_too(staff: Staff) -> None:
    town, keepers = staff.town, Keepers(staff)
    first, second = kept_by_members(staff, "street_work")
    go(town, second)
    with pytest.raises(InvalidInput) as refused:
        go(town, first)
    assert "la dernière personne" in str(refused.value.fields["holder"][0])
    assert count(town, "members", "locked") == 1
    keepers.found()
    town.runtime.recovery.escrows.enrol_own(keepers.who("street_work"))
    assert go(town, first)["due"] == 1


def test_a_colleague_whose_seal_opens_nothing_any_more_is_no_other_holder(staff: Staff) -> None:
    first, second = kept_by_members(staff, "street_work")
    assert second.member_id is not None
    made = staff.accounts.enrolment.reset(staff.root, second.member_id)
    staff.activate("street_work-2", made.code)
    staff.session("street_work-2")
    with pytest.raises(InvalidInput):
        go(staff.town, first)


def test_a_custodian_who_leaves_is_told_of_to_the_operator(staff: Staff) -> None:
    Keepers(staff).found()
    assert go(staff.town, "school")["cards"] == 1


def test_whoever_holds_the_key_is_told_at_home_and_renews_it_on_the_page(office: Office) -> None:
    town, gone = office.town, "Une personne qui détenait la clé"
    stays, leaver = kept_by_members(office.staff, "street_work")
    go(town, leaver)
    assert "renewal-due" in faults_of_keys(town, "street_work")
    assert gone not in office.at("school").get("/").text
    desk = office.sit("street_work")
    assert gone in desk.get("/").text
    page = desk.get("/cles")
    assert gone in page.text
    assert desk.press("/cles/renouvellement", page).status_code == 303
    assert gone not in desk.get("/cles").text
    assert gone not in desk.get("/").text
    view = town.runtime.custody_service.overview(stays)
    assert (view.kind, view.due, len(view.members)) == (CustodyKind.MEMBER, False, 1)
    assert faults_of_keys(town, "street_work") == ("one-holder",)


def test_only_the_operator_lets_a_member_go_and_only_one_there_is(town: Town) -> None:
    with pytest.raises(AccessDenied):
        town.runtime.member_leaving.leave(town.who("coordination"), town.members["school"])
    with pytest.raises(AccessDenied):
        town.runtime.member_leaving.leave(ROOT, COUNCIL)
