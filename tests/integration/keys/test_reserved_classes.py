"""Parts that the charter keeps for organisations whose members hold the key themselves."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import bindparam, text

from casework.cases.service.cases import CaseService
from casework.charters.engagement import Signature
from casework.clock import local_day
from casework.db.types import Id
from casework.errors import CustodyRefused
from casework.identity import Reason
from casework.keys.values import CustodyKind
from tests.holders import kept_by_members, session_of
from tests.leaving import ROOT, WORDS, count, followed, leave, opens, read, rekey
from tests.office import Office
from tests.postgres import broken_into
from tests.staff import Staff
from tests.town import CHARTER, CONTROL, Town, referral

NOTE = "Note inventée, gardée par le collège."
SENTENCE = "n’est confiée qu’aux organismes dont les membres gardent eux-mêmes la clé"


def work_under(town: Town, *classes: str) -> None:
    """Let the group work under a charter that reserves some classes, signed by everybody."""
    part = f'[custody]\narticle = "7"\nmembers_only = {list(classes)}\n\n[persons]'.replace(
        "'", '"'
    )
    charters, own = town.runtime.charter_service, CHARTER.read_text(encoding="utf-8")
    other = own.replace("[persons]", part).replace('title = "Charte', 'title = "Autre', 1)
    charter_id = charters.adopt(ROOT, Reason.OPERATION, other)
    with broken_into(town.runtime.stores.main) as owned, owned.engine.begin() as connection:
        chosen = bindparam("charter", charter_id, type_=Id)
        connection.execute(text("UPDATE groups SET charter_id = :charter").bindparams(chosen))
    today = local_day(town.clock.now())
    for body, organisation_id in town.bodies.items():
        until = today + timedelta(days=300)
        signature = Signature(
            charter_id=charter_id, organisation_id=organisation_id, signed_on=today, until_on=until
        )
        if body not in CONTROL:
            charters.sign(ROOT, Reason.OPERATION, signature)
        charters.undertake(town.who(body), Reason.SIGN_IN, charter_id)


def cases_of(staff: Staff) -> CaseService:
    return staff.town.runtime.cases


def test_an_organisation_in_server_custody_is_given_no_reserved_part(staff: Staff) -> None:
    town = staff.town
    work_under(town, "private")
    case_id = followed(town, "school")
    private = count(town, "compartments", "compartment_class = 'private'")
    with pytest.raises(CustodyRefused):
        cases_of(staff).note(town.who("school"), Reason.DUTY, case_id, NOTE)
    assert count(town, "compartments", "compartment_class = 'private'") == private == 0
    assert staff.acts()[-1] == "access:refused"
    first, second = kept_by_members(staff, "school")
    cases_of(staff).note(first, Reason.DUTY, case_id, NOTE)
    with pytest.raises(CustodyRefused):
        town.runtime.custody_service.switch(second, CustodyKind.SERVER)
    assert staff.acts()[-1] == "access:refused"
    notes = cases_of(staff).read(first, Reason.DUTY, case_id).notes
    assert [str(one.text) for one in notes] == [NOTE]


def test_on_a_case_of_reserved_parts_only_their_holders_refer_and_are_named(staff: Staff) -> None:
    town, referrals = staff.town, staff.town.runtime.referrals
    work_under(town, "sheet")
    with pytest.raises(CustodyRefused):
        town.refer()
    kept_by_members(staff, "coordination")
    worker, _ = kept_by_members(staff, "street_work")
    case_id = referrals.send(worker, Reason.REFERRAL, referral(town))
    coordinator = session_of(staff, "coordination")
    referrals.accept(coordinator, Reason.DUTY, case_id, version=1)
    admissions = count(town, "admissions")
    with pytest.raises(CustodyRefused):
        cases_of(staff).name(coordinator, Reason.DUTY, case_id, town.members["school"], None)
    assert count(town, "admissions") == admissions
    assert staff.acts()[-1] == "access:refused"
    teacher, _ = kept_by_members(staff, "school")
    cases_of(staff).name(coordinator, Reason.DUTY, case_id, town.members["school"], None)
    assert opens(cases_of(staff).read(coordinator, Reason.DUTY, case_id))
    sheet = cases_of(staff).read(teacher, Reason.DUTY, case_id).referral
    assert sheet is not None
    assert sheet.reason == "truancy"


def test_what_was_held_before_the_charter_reserved_it_is_held_on(staff: Staff) -> None:
    """Only a new admission is refused: nobody loses a part, and partners may still leave."""
    town = staff.town
    case_id = followed(town, "school", "police")
    work_under(town, "sheet")
    leave(town, "police")
    rekey(town)
    assert [str(one.text) for one in read(town, case_id, "school").shared] == [WORDS]
    with pytest.raises(CustodyRefused):
        town.name(case_id, "mission")


def test_whoever_holds_no_reserved_part_may_trust_the_service(staff: Staff) -> None:
    town = staff.town
    followed(town, "school")
    work_under(town, "private")
    first, _ = kept_by_members(staff, "school")
    town.runtime.custody_service.switch(first, CustodyKind.SERVER)
    assert staff.acts().count("custody:changed") == 2


def test_the_pages_say_why_and_lose_no_word(office: Office) -> None:
    town = office.town
    work_under(town, "private")
    path, desk = f"/situations/{followed(town, 'school')}", office.at("school")
    refused = desk.press(f"{path}/notes", desk.get(path), note=NOTE)
    assert (refused.status_code, SENTENCE in refused.text) == (409, True)
    assert "charte, article 7" in refused.text
    assert NOTE in refused.text
    first, _ = kept_by_members(office.staff, "school")
    town.runtime.cases.note(first, Reason.DUTY, UUID(path.rpartition("/")[2]), NOTE)
    holder = office.sit("school")
    kept = holder.press("/cles/garde", holder.get("/cles"), custody="server")
    assert kept.status_code == 409
    assert "ne peut pas être rendue au service" in kept.text


def test_the_page_of_accesses_tells_whose_key_the_service_keeps(office: Office) -> None:
    town = office.town
    path = f"/situations/{followed(town, 'school')}/acces"
    weakest = "La clé de cet organisme est gardée par le service"
    page = office.at("coordination").get(path).text
    assert weakest not in page
    assert "Les clés de ces organismes sont gardées par le service" in page
    kept_by_members(office.staff, "street_work")
    # Who referred stays masked: their own custody tells nothing here.
    assert office.sit("coordination").get(path).text.count(weakest) == 0
    kept_by_members(office.staff, "coordination")
    page = office.sit("coordination").get(path).text
    assert page.count(weakest) == 1
    assert "Organisme inventé mission (clé gardée par le service)" in page
    assert "Organisme inventé street_work (clé gardée par le service)" not in page
    kept_by_members(office.staff, "school")
    assert weakest not in office.sit("coordination").get(path).text
