"""The pages of exceptional access: asked for on a telephone at night, reviewed the next morning."""

import re

from casework.identity import Reason
from tests.keepers import Keepers
from tests.office import Office

URL = "/acces-exceptionnels"


def test_a_case_is_opened_in_an_emergency_and_reviewed_by_the_officer(office: Office) -> None:
    town, keepers = office.town, Keepers(office.staff)
    case_id = town.refer()
    town.follow(case_id)
    coordinator = town.who("coordination")
    reference = town.runtime.cases.read(coordinator, Reason.DUTY, case_id).head.reference
    desk = office.at("mission")
    page = desk.get(URL)
    assert "Deux heures au plus" in page.text
    wrong = desk.press(URL, page, reference="SN-1999-001", why="danger")
    assert (wrong.status_code, "ne peut vous être ouverte ainsi" in wrong.text) == (404, True)
    nothing = desk.press(URL, page, reference=reference, why="")
    assert nothing.status_code == 422
    opened = desk.press(URL, page, reference=reference, why="danger")
    assert (opened.status_code, opened.location) == (303, f"/situations/{case_id}")
    case = desk.get(opened.location)
    assert "Accès exceptionnel, jusqu’à" in case.text
    assert "ZÉPHIRINQUOIS" in case.text
    assert "Écrire sur la fiche partagée" not in case.text
    assert "Accès exceptionnel à" in office.at("dpo").get("/").text
    review = office.at("dpo").get(URL)
    assert "ZÉPHIRINQUOIS" not in review.text
    assert "Demander un accès" not in review.text
    found = re.search(r"/acces-exceptionnels/[0-9a-f-]+/examen", review.text)
    assert found is not None
    assert office.at("dpo").press(found[0], review, verdict="justified").status_code == 303
    shown = office.at("coordination").get(f"/situations/{case_id}/acces").text
    assert "justifié, revu par Mme Invention Membre-dpo" in shown
    assert keepers.outcomes("access:reviewed") == ["allowed"]
