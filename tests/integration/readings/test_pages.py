"""The pages of readings, and the short code on what is printed."""

import re

import pytest

from casework.audit.actions import Act
from casework.audit.entry import Entry
from casework.audit.stamps import Stamp
from casework.identity import Reason
from tests.gathering import keep
from tests.integration.readings.test_readings import followed, reads, sign
from tests.office import Office

# What the databases say is tried with the services, on both.
pytestmark = pytest.mark.parametrize("address", ["sqlite"], indirect=True)
_CODE = re.compile(r"\b[A-Z2-7]{5}-[A-Z2-7]{5}\b")


def newest(office: Office) -> Stamp:
    found = office.town.runtime.stamps.newest(office.town.runtime.council_id)
    assert found is not None
    return found


def test_the_link_to_who_opened_a_case_is_its_leads(office: Office) -> None:
    case_id = followed(office.town)
    path = f"/situations/{case_id}/consultations"
    assert path in office.at("street_work").get(f"/situations/{case_id}").text
    page = office.at("street_work").get(path).text
    assert "Mme Invention Membre-street_work" in page
    assert "school" not in page
    for body in ("coordination", "police"):
        assert path not in office.at(body).get(f"/situations/{case_id}").text
    refused = office.at("coordination").get(path)
    absent = office.at("coordination").get(
        "/situations/01930000-0000-7000-8000-00000000dead/consultations"
    )
    assert (refused.status_code, refused.data) == (404, absent.data)


def test_ones_own_trail_is_in_the_menu_of_the_account_and_tells_no_line_number(
    office: Office,
) -> None:
    case_id = followed(office.town)
    police = office.town.who("police")
    with office.town.runtime.ledger.consult(police, Reason.DUTY) as work:
        for _ in range(51):
            work.record(Entry(Act.CASE_READ, case_id))
    desk = office.at("police")
    assert 'href="/mes-consultations"' in desk.get("/aide").text
    page = desk.get("/mes-consultations")
    assert page.text.count("SN-2026-001") == 50
    following = re.search(r'rel="next" href="([^"]+)"', page.text)
    assert following is not None
    older = desk.get(following[1])
    assert older.text.count("SN-2026-001") == 1
    assert office.at("street_work").get(following[1]).status_code == 422


def test_the_report_is_printed_with_its_reader_its_copy_and_the_code_of_the_register(
    office: Office,
) -> None:
    case_id = followed(office.town)
    reads(office.town, case_id, "school", "police")
    sign(office.town)
    desk = office.at("dpo")
    form = desk.get("/dpd/releves")
    given = {"reference": "sn-2026-001", "whom": "subject", "request": "DP-2026-004"}
    sheet = desk.press("/dpd/releves", form, **given)
    code = newest(office).code
    assert sheet.status_code == 200
    assert code in sheet.text
    assert "Exemplaire 1, remis à la personne suivie" in sheet.text
    assert "Mme Invention Membre-dpo" in sheet.text
    assert "Organisme inventé police" in sheet.text
    for hidden in ("ZÉPHIRINQUOIS", "Zéphirinquois", "Membre-police", "school", "Corbinguy"):
        assert hidden not in sheet.text
    again = desk.press("/dpd/releves", form, **{**given, "request": "Maïlys Zéphirinquois"})
    assert again.status_code == 422
    assert "Un numéro comme DP-2026-004" in again.text
    assert 'value="sn-2026-001"' in again.text
    for body in ("coordination", "archives"):
        assert office.at(body).get("/dpd/releves").status_code == 404


def test_the_officer_finds_the_checkpoint_of_a_code_on_paper(office: Office) -> None:
    followed(office.town)
    desk, stamp = office.at("dpo"), newest(office)
    page = desk.get("/dpd/acces")
    typed = stamp.code.lower().replace("-", " ").replace("o", "0")
    desk.press("/dpd/acces/code", page, code=typed)
    assert f"Le code {stamp.code} est celui du point de contrôle de {stamp.size} entrées" in (
        desk.get("/dpd/acces").text
    )
    desk.press("/dpd/acces/code", page, code="AAAAA-AAAAA")
    assert "Aucun point de contrôle de ce registre ne porte ce code." in desk.get("/dpd/acces").text
    desk.press("/dpd/acces/code", page, code="<b>rien</b>")
    assert "Dix lettres et chiffres" in desk.get("/dpd/acces").text
    refused = office.at("archives").press(
        "/dpd/acces/code", office.at("archives").get("/"), code=stamp.code
    )
    assert refused.status_code == 404


def test_a_closed_meeting_and_the_certificates_carry_the_code_of_the_register(
    office: Office,
) -> None:
    case_id = office.town.refer()
    office.town.follow(case_id)
    desk = office.at("coordination")
    meeting_id = keep(office.town, case_id)
    closed = _CODE.findall(desk.get(f"/seances/{meeting_id}").text)
    assert closed == [newest(office).code]
    assert _CODE.findall(office.at("archives").get("/dpd/conservation").text) == [
        newest(office).code
    ]
