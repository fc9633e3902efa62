"""The pages of versions, as a coordinator and an officer go through them."""

from io import BytesIO

import pytest
from werkzeug.test import TestResponse

from casework.charters.lifecycle import VersionState
from tests.integration.charters.revising import draft, in_force, second, versions
from tests.office import Office

pytestmark = pytest.mark.parametrize("address", ["sqlite"], indirect=True)
LEAD = (
    'categories = ["youth_justice", "social_service", "street_work"]\nacts = ["read"]',
    'categories = ["youth_justice", "social_service"]\nacts = ["read"]',
)


def send(office: Office, body: str, text: str) -> TestResponse:
    desk = office.at(body)
    file = (BytesIO(text.encode()), "gsn.toml")
    return desk.press("/chartes", desk.get("/chartes"), file=file)


def press(office: Office, body: str, path: str, page: str = "", **fields: str) -> TestResponse:
    desk = office.at(body)
    return desk.press(path, desk.get(page or path.rpartition("/")[0]), **fields)


def test_a_draft_goes_all_the_way_on_its_pages(office: Office) -> None:
    made = send(office, "coordination", second(LEAD))
    assert made.status_code == 303
    path = made.headers["Location"]
    page = office.at("school").get(path).text
    assert "ne pourra plus lire la mesure judiciaire" in page
    assert "Comparer au texte" not in page
    for body in ("coordination", "dpo"):
        compared = office.at(body).get(f"{path}/comparaison").text
        assert "Approuver ce texte" in compared
        unread = press(office, body, f"{path}/approbation", f"{path}/comparaison")
        assert unread.status_code == 422
        done = press(office, body, f"{path}/approbation", f"{path}/comparaison", seen="yes")
        assert done.status_code == 303, done.text
    page = office.at("coordination").get(path).text
    assert "Il manque 3 signatures avant de pouvoir choisir le jour" in page
    for body in ("coordination", "school", "police"):
        given = {"organisation": str(office.town.bodies[body]), "signed_on": "20/11/2026"}
        signed = press(office, "coordination", f"{path}/signatures", **given, until_on="1/9/2027")
        assert signed.status_code == 303, signed.text
    page = office.at("coordination").get(path).text
    assert "N’ont pas signé" in page
    assert "Organisme inventé landlord" in page
    entered = press(
        office,
        "coordination",
        f"{path}/entree-en-vigueur",
        enters_on=f"{office.town.clock.now():%d/%m/%Y}",
    )
    assert entered.headers["Location"] == "/charte"
    assert str(in_force(office.town)) in path
    assert office.at("school").get("/").status_code == 403
    assert "À lire et à signer" in office.at("school").get("/charte").text


def test_a_file_with_faults_says_each_with_its_line(office: Office) -> None:
    page = send(office, "coordination", second(("quorum = 3", "quorum = 99")))
    assert page.status_code == 422
    assert "doit être entre 2 et 20" in page.text
    assert "(ligne " in page.text
    unreadable = office.at("coordination").press(
        "/chartes", office.at("coordination").get("/chartes"), file=(BytesIO(b"\xff"), "a.toml")
    )
    assert "UTF-8" in unreadable.text
    desk = office.at("coordination")
    assert "Choisissez le fichier" in desk.press("/chartes", desk.get("/chartes")).text


def test_who_does_not_coordinate_is_shown_no_way_to_bring_in_a_draft(office: Office) -> None:
    assert "Déposer un projet" not in office.at("school").get("/chartes").text
    assert send(office, "school", second()).status_code == 404


def test_an_approval_that_waited_asks_for_a_new_code(office: Office) -> None:
    charter_id = draft(office.town)
    desk = office.at("coordination")
    page = desk.get(f"/chartes/{charter_id}/comparaison")
    office.town.clock.advance(minutes=11)
    asked = desk.press(f"/chartes/{charter_id}/approbation", page, seen="yes")
    assert asked.status_code == 403
    assert "Confirmez que c’est bien vous" in asked.text
    sheet = versions(office.town).read(office.town.who("school"), charter_id)
    assert sheet.version.state is VersionState.COMPARED


def test_a_draft_that_is_withdrawn_stays_readable(office: Office) -> None:
    charter_id = draft(office.town)
    path = f"/chartes/{charter_id}"
    assert press(office, "coordination", f"{path}/retrait").status_code == 303
    page = office.at("school").get(path).text
    assert "Ce projet a été retiré" in page
    again = press(office, "dpo", f"{path}/retrait")
    assert again.status_code == 422
    assert "l’étape est passée" in again.text


def test_the_register_says_which_version_allowed_an_access(office: Office) -> None:
    town = office.town
    case_id = town.refer()
    town.follow(case_id)
    office.at("coordination").get(f"/situations/{case_id}")
    assert "art. 9, v. 1" in office.at("dpo").get("/dpd/acces").text
