"""What each reader finds on the pages of situations, and what they never find."""

import pytest

from tests.office import Office

NAME = "ZÉPHIRINQUOIS"


def case_of(office: Office, *named: str) -> str:
    """Refer, accept and name; return the path of the case."""
    case_id = office.town.refer()
    office.town.follow(case_id)
    for body in named:
        office.town.name(case_id, body)
    return f"/situations/{case_id}"


def test_the_tab_of_a_case_holds_no_name_and_its_page_does(office: Office) -> None:
    page = office.at("coordination").get(case_of(office)).text
    assert "<title>Situation SN-2026-001 — casework</title>" in page
    assert f"Maïlys {NAME}, 16 ans" in page


def test_a_named_member_meets_the_origin_shut_with_its_article(office: Office) -> None:
    page = office.at("school").get(case_of(office, "school")).text
    assert "article 5 de la charte" in page
    assert "Coordination, personne qui a saisi" in page
    assert "Corbinguy" not in page
    assert "inventé street_work" not in page


def test_whoever_is_not_named_finds_nothing_anywhere(office: Office) -> None:
    path = case_of(office, "school")
    desk = office.at("police")
    absent = desk.get("/situations/01930000-0000-7000-8000-00000000dead")
    for tail in ("", "/acces", "/information", "/cloture", "/actions/nouvelle"):
        refused = desk.get(path + tail)
        assert (refused.status_code, refused.data) == (404, absent.data)
    listed = desk.get("/situations").text
    assert NAME not in listed
    assert "SN-2026-001" not in listed


def test_a_text_too_long_comes_back_whole_in_its_own_form(office: Office) -> None:
    path = case_of(office, "school")
    desk = office.at("school")
    long = "Un mot. " * 60
    answer = desk.press(f"{path}/contributions", desk.get(path), text=long)
    assert answer.status_code == 422
    assert long.strip() in answer.text
    assert "Écrivez de 1 à 400 caractères." in answer.text
    kept = desk.press(f"{path}/notes", desk.get(path), note=long)
    assert kept.text.count("Écrivez de 1 à 400 caractères.") == 1


def test_a_note_is_shown_to_its_service_alone(office: Office) -> None:
    path = case_of(office, "school")
    desk = office.at("school")
    desk.press(f"{path}/notes", desk.get(path), note="Rappeler la mère jeudi.")
    assert "Rappeler la mère jeudi." in desk.get(path).text
    assert "Rappeler la mère jeudi." not in office.at("coordination").get(path).text


def test_closing_from_an_old_page_says_so_and_closes_nothing(office: Office) -> None:
    path = case_of(office)
    desk = office.at("coordination")
    old = desk.get(f"{path}/cloture")
    informed = desk.post(
        f"{path}/information", desk.get(f"{path}/information"), informed_on="20/11/2026"
    )
    assert informed.location == path
    answer = desk.post(f"{path}/cloture", old, why="moved")
    assert answer.status_code == 409
    assert "Quelqu’un a modifié cette page entre-temps" in answer.text
    assert 'value="moved" checked' in answer.text
    closed = desk.post(f"{path}/cloture", answer, why="moved")
    assert closed.location == "/situations?etat=closes"
    listed = desk.get(closed.location).text
    assert "Scellée le 23" in listed
    assert "ZÉPHIRINQUOIS" not in listed


def test_a_closed_case_asks_why_in_its_place_and_then_opens(office: Office) -> None:
    path = case_of(office)
    desk = office.at("coordination")
    desk.post(f"{path}/cloture", desk.get(f"{path}/cloture"), why="moved")
    asked = desk.get(path)
    assert (asked.status_code, "Pourquoi rouvrir" in asked.text) == (403, True)
    assert "ZÉPHIRINQUOIS" not in asked.text
    again = desk.press(f"{path}/motif", asked, words="ok")
    assert (again.status_code, "Écrivez de" in again.text) == (422, True)
    opened = desk.press(f"{path}/motif", asked, words="La famille demande où en est le dossier")
    assert opened.location == path
    assert "Sera scellée le 23 février 2027" in desk.get(path).text


def test_a_protected_case_leads_to_its_door_and_opens_with_another(office: Office) -> None:
    path = case_of(office)
    desk, school = office.at("coordination"), office.at("school")
    members = office.town.members
    access = desk.get(f"{path}/acces")
    desk.press(f"{path}/acces", access, member=str(members["school"]))
    desk.press(f"{path}/protection", access, protected="yes")
    assert "à deux" in school.get("/situations").text
    assert school.get(path).location == f"{path}/ouverture"
    door = school.get(f"{path}/ouverture")
    assert "Membre-coordination" in door.text
    assert "ZÉPHIRINQUOIS" not in door.text
    for part in ("acces", "information", "cloture", "actions/nouvelle"):
        assert desk.get(f"{path}/{part}").location == f"{path}/ouverture"
    named = desk.press(
        f"{path}/acces", desk.get(f"{path}/ouverture"), member=str(members["police"])
    )
    assert named.status_code == 303
    school.press(f"{path}/ouverture", door)
    home = desk.get("/")
    assert "Une personne vous attend" in home.text
    questions = desk.get("/ouvertures")
    assert "Membre-school" in questions.text
    desk.press(f"{path}/ouverture/{members['school']}", questions)
    assert school.get(path).status_code == 200
    assert desk.get(path).status_code == 303


def test_a_member_says_that_they_have_a_link_and_the_coordination_sees_who_not_why(
    office: Office,
) -> None:
    path = case_of(office)
    desk, school = office.at("coordination"), office.at("school")
    member = str(office.town.members["school"])
    desk.press(f"{path}/acces", desk.get(f"{path}/acces"), member=member)
    page = school.get(f"{path}/lien")
    assert "Jamais le lien, ni avec qui" in page.text
    assert school.press(f"{path}/lien", page).location == "/situations"
    assert school.get(path).status_code == 404
    access = desk.get(f"{path}/acces")
    assert "déclaré par la personne elle-même" in access.text
    assert f'value="{member}"' not in access.text
    desk.press(f"{path}/liens/{member}/fin", access)
    officer = office.at("dpo")
    asked = officer.get("/dpd/liens")
    assert "Membre-school" in asked.text
    case_id = path.rpartition("/")[2]
    officer.press(f"/dpd/liens/{case_id}/{member}", asked, agreed="yes")
    assert "Membre-school" not in officer.get("/dpd/liens").text


def test_naming_opens_and_unnaming_closes_at_once(office: Office) -> None:
    path = case_of(office)
    desk, school = office.at("coordination"), office.at("school")
    member = office.town.members["school"]
    assert school.get(path).status_code == 404
    desk.press(f"{path}/acces", desk.get(f"{path}/acces"), member=str(member))
    assert school.get(path).status_code == 200
    desk.press(f"{path}/acces/{member}/fin", desk.get(f"{path}/acces"))
    assert school.get(path).status_code == 404


def test_an_action_is_given_then_reported_by_whoever_leads_it(office: Office) -> None:
    path = case_of(office, "school")
    desk, school = office.at("coordination"), office.at("school")
    form = desk.get(f"{path}/actions/nouvelle")
    member = str(office.town.members["school"])
    asked = {"kind": "school_contact", "lead": member, "due_on": "3/12/2026"}
    assert desk.press(f"{path}/actions", form, **asked).location == path
    listed = school.get("/actions").text
    assert "SN-2026-001" in listed
    assert NAME not in listed
    report = listed.split('compte-rendu"')[0].rsplit('href="', 1)[1] + "compte-rendu"
    page = school.get(report)
    again = school.get(report)
    done = school.post(report, page, state="done", text="Rencontre faite.")
    assert done.location == "/actions"
    late = school.post(report, again, state="impossible", text="Injoignable.")
    assert late.status_code == 409
    assert "Injoignable." in late.text
    assert "Rencontre faite." in late.text


@pytest.mark.parametrize("body", ["dpo", "archives"])
def test_those_who_control_have_their_doors_and_no_case(office: Office, body: str) -> None:
    desk = office.at(body)
    path = case_of(office)
    assert "Conservation" in desk.get("/").text
    assert "/situations" not in desk.get("/").text
    assert desk.get(path).status_code == 404
