"""The coordination's desk: look, accept, ask, redirect, refuse; and the referrer's answer."""

from tests.office import Office


def test_a_referral_is_looked_into_then_taken(office: Office) -> None:
    path = f"/a-traiter/{office.town.refer()}"
    desk = office.at("coordination")
    page = desk.get(path)
    assert "Schiltigheim, dans le territoire" in page.text
    assert "16 ans, couvert par la charte" in page.text
    taken = desk.post(f"{path}/retenir", page)
    assert taken.location.endswith("/acces")
    assert "SN-2026-001" in desk.get(taken.location).text


def test_a_question_goes_to_the_referrer_and_the_answer_comes_back(office: Office) -> None:
    case_id = office.town.refer()
    desk, referrer = office.at("coordination"), office.at("street_work")
    desk.post(f"/a-traiter/{case_id}/question", desk.get(f"/a-traiter/{case_id}"), text="Quand ?")
    home = referrer.get("/").text
    assert "La coordination vous demande" in home
    assert "Quand" not in home
    page = referrer.get(f"/saisines/{case_id}")
    assert "Quand ?" in page.text
    referrer.post(f"/saisines/{case_id}/reponse", page, text="Lundi.")
    assert "Lundi." in desk.get(f"/a-traiter/{case_id}").text


def test_an_answer_to_a_question_already_answered_shows_both_texts(office: Office) -> None:
    case_id = office.town.refer()
    desk, referrer = office.at("coordination"), office.at("street_work")
    desk.post(f"/a-traiter/{case_id}/question", desk.get(f"/a-traiter/{case_id}"), text="Quand ?")
    first, second = (referrer.get(f"/saisines/{case_id}") for _ in range(2))
    referrer.post(f"/saisines/{case_id}/reponse", first, text="Lundi.")
    late = referrer.post(f"/saisines/{case_id}/reponse", second, text="Mardi matin.")
    assert late.status_code == 409
    assert "Lundi." in late.text
    assert "Mardi matin." in late.text


def test_a_referral_not_kept_leaves_its_outcome_and_no_page(office: Office) -> None:
    case_id = office.town.refer()
    desk, referrer = office.at("coordination"), office.at("street_work")
    page = desk.get(f"/a-traiter/{case_id}")
    assert desk.post(f"/a-traiter/{case_id}/refus", page).location == "/a-traiter"
    listed = referrer.get("/saisines").text
    assert "Non retenue" in listed
    assert str(case_id) not in listed
    assert referrer.get(f"/saisines/{case_id}").status_code == 404


def test_redirecting_asks_for_a_place_of_the_list(office: Office) -> None:
    case_id = office.town.refer()
    desk = office.at("coordination")
    page = desk.get(f"/a-traiter/{case_id}")
    assert desk.post(f"/a-traiter/{case_id}/reorientation", page).status_code == 422
    wrong = desk.post(f"/a-traiter/{case_id}/reorientation", page, to="nowhere")
    assert wrong.status_code == 422
    sent = desk.post(f"/a-traiter/{case_id}/reorientation", page, to="ordinary_service")
    assert sent.location == "/a-traiter"


def test_a_member_triages_nothing(office: Office) -> None:
    case_id = office.town.refer()
    desk = office.at("street_work")
    assert "Saisine du" not in desk.get("/a-traiter").text
    page = desk.get(f"/saisines/{case_id}")
    assert desk.post(f"/a-traiter/{case_id}/retenir", page, version="1").status_code == 404
