"""The pages about somebody else's accesses, the charter on paper, and the commands beside them."""

import re
from html import unescape

import pytest
from sqlalchemy import text

from casework.db.engine import Scope
from tests.gathering import accepted, keep
from tests.holders import colleague
from tests.office import Office
from tests.town import COMMUNE, COUNCIL

# What the databases say is tried with the service, on both.
pytestmark = pytest.mark.parametrize("address", ["sqlite"], indirect=True)
MEMBER = "/dpd/simulateur"


def asked(office: Office, body: str, reference: str = "") -> str:
    desk, member = office.at("dpo"), str(office.town.members[body])
    answer = desk.press(MEMBER, desk.get(MEMBER), member=member, reference=reference)
    assert answer.status_code == 200
    return unescape(answer.text)


def test_the_officer_reads_the_rule_behind_each_line_and_no_name_of_the_case(
    office: Office,
) -> None:
    case_id = accepted(office.town)
    keep(office.town, case_id)
    office.town.name(case_id, "school")
    page = asked(office, "school", "sn-2026-001")
    assert "Le membre nommé lit l’identité et la fiche partagée." in page
    assert "est nommé pour la situation" in page
    assert "L’origine d’une saisine n’est connue que de la coordination" in page
    for secret in ("Zéphirinquois", "Maïlys", "Hêtres", "absence"):
        assert secret.lower() not in page.lower()


def test_without_a_case_the_officer_reads_how_far_a_member_reaches(office: Office) -> None:
    office.town.name(accepted(office.town), "school")
    page = asked(office, "school")
    assert "1 situation" in page
    assert "Groupe inventé" in page


def test_a_member_who_may_not_ask_is_shown_no_list_of_members(office: Office) -> None:
    desk = office.at("street_work")
    absent = desk.get("/situations/01930000-0000-7000-8000-00000000dead")
    page = desk.get("/aide")
    answers = (
        desk.get(MEMBER),
        desk.press(MEMBER, page, member="x"),
        desk.press(MEMBER, page, member=str(office.town.members["school"])),
        desk.get("/simulateur"),
    )
    for answer in answers:
        assert (answer.status_code, answer.data) == (404, absent.data)


def test_a_trainer_s_invented_person_meets_the_walls(office: Office) -> None:
    desk = office.at("coordination")
    first = unescape(desk.get("/simulateur").text)
    assert "Le membre nommé lit l’identité et la fiche partagée." in first
    shut = "/simulateur?asked=1&body=education&ties=named&ties=excluded"
    page = unescape(desk.get(shut).text)
    assert "Un lien personnel déclaré écarte de cette situation." in page
    assert "Le membre nommé lit l’identité" not in page
    assert desk.get("/simulateur?body=nobody").status_code == 422


def test_the_sheet_shows_articles_matrix_figures_and_a_place_for_each_signature(
    office: Office,
) -> None:
    desk = office.at("school")
    found = re.search(r'href="(/charte/feuille/[0-9a-f-]+)"', desk.get("/charte").text)
    assert found
    page = unescape(desk.get(found[1]).text)
    assert "Article 18 — Ce qui n’est jamais écrit" in page
    assert "lit et écrit, celles de son organisme" in page
    assert "seulement : Service social, Club de prévention, Centre social" in page.replace(
        "\u00a0", " "
    )
    assert "3 mois" in page
    for body in ("school", "police", "landlord"):
        assert f"Organisme inventé {body}" in page
    assert "Organisme inventé dpo" not in page
    assert desk.get("/charte/feuille/01930000-0000-7000-8000-00000000dead").status_code == 404


def test_a_name_that_stays_shut_in_a_list_cites_its_article(office: Office) -> None:
    town = office.town
    case_id = accepted(town)
    colleague(office.staff, "coordination", "elected")
    with town.runtime.stores.main.writing(Scope(COUNCIL, whole=True)) as session:
        session.execute(text(f"UPDATE organisations SET commune = '{COMMUNE}'"))
    office.desks["elected"] = office.sit("elected")
    page = unescape(office.at("elected").get("/situations").text)
    assert "Nom réservé <small>– article 4, «\u00a0Besoin d’en connaître\u00a0»</small>" in page
    assert str(case_id) in page


def test_what_a_case_shows_in_lists_wears_the_circle_of_those_who_list(office: Office) -> None:
    case_id = accepted(office.town)
    office.town.name(case_id, "school")
    desk = office.at("coordination")
    page = unescape(desk.get(f"/situations/{case_id}/information").text)
    assert page.count("Qui peut voir ceci") >= 2
