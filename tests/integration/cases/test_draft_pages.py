"""A referral written page by page, interrupted, in two tabs, sent once."""

from typing import Any

from werkzeug.test import TestResponse

from tests.office import Desk, Office
from tests.town import COMMUNE, shown_time

WHO = {
    "family_name": "Quillemont",
    "given_name": "Basile",
    "birth_date": "17/5/2010",
    "commune": COMMUNE,
}
WHY = {"reason": "truancy", "fact": "Absent huit demi-journées.", "origin": "street_work"}
TOLD = {"informed": "no", "delay_reason": "address_unknown"}


def begin(office: Office) -> tuple[Desk, str]:
    """Begin a draft and return the desk and the path of the draft."""
    desk = office.at("street_work")
    page = desk.get("/saisines/nouvelle")
    group = str(office.town.group_id)
    first = desk.press("/saisines/brouillons", page, group_id=group)
    return desk, first.location.rsplit("/", 1)[0]


def keep(desk: Desk, path: str, step: int, **fields: Any) -> TestResponse:
    page = desk.get(f"{path}/{step}")
    return desk.post(f"{path}/{step}", page, **fields)


def filled(office: Office) -> tuple[Desk, str]:
    desk, path = begin(office)
    for step, fields in ((1, WHO), (2, WHY), (3, TOLD)):
        assert keep(desk, path, step, **fields).location == f"{path}/{step + 1}"
    return desk, path


def test_four_pages_make_a_referral_that_the_coordination_finds(office: Office) -> None:
    desk, path = filled(office)
    review = desk.get(f"{path}/4")
    assert "QUILLEMONT" not in review.text.split("<main")[0]
    assert "Coordination, puis les nommés" in review.text
    sent = desk.post(f"{path}/transmission", review)
    assert sent.location == "/saisines"
    assert "Saisine transmise à la coordination." in desk.get("/saisines").text
    waiting = office.at("coordination").get("/a-traiter")
    assert "Saisine du 23 novembre 2026" in waiting.text
    assert "Quillemont" not in waiting.text


def test_pressing_send_twice_sends_once(office: Office) -> None:
    desk, path = filled(office)
    review = desk.get(f"{path}/4")
    desk.post(f"{path}/transmission", review)
    again = desk.post(f"{path}/transmission", review)
    assert again.location == "/saisines"
    assert "Ce brouillon n’existe plus" in desk.get("/saisines").text
    assert office.at("coordination").get("/a-traiter").text.count("Saisine du") == 1


def test_what_lacks_is_said_on_the_last_page_and_nothing_is_sent(office: Office) -> None:
    desk, path = begin(office)
    keep(desk, path, 1, **{**WHO, "birth_date": "17/5/1970"})
    review = desk.get(f"{path}/4")
    assert "La charte couvre les personnes de 12 à moins de 25 ans." in review.text
    assert "Transmettre au coordonnateur" not in review.text
    assert desk.post(f"{path}/transmission", review, version="1").status_code == 422


def test_a_wrong_date_is_kept_as_typed_and_said(office: Office) -> None:
    desk, path = begin(office)
    answer = keep(desk, path, 1, **{**WHO, "birth_date": "32/13"})
    assert answer.status_code == 422
    assert "Date attendue" in answer.text
    assert 'value="32/13"' in desk.get(f"{path}/1").text


def test_a_page_saves_itself_and_says_when(office: Office) -> None:
    desk, path = begin(office)
    page = desk.get(f"{path}/2")
    answer = desk.post(f"{path}/2/enregistrement", page, fact="Vu seul")
    assert f"Brouillon enregistré à {shown_time(office.town)}" in answer.text
    assert 'name="version"' in answer.text
    assert ">\nVu seul<" in desk.get(f"{path}/2").text


def test_two_tabs_on_one_page_show_both_texts_and_lose_neither(office: Office) -> None:
    desk, path = begin(office)
    left = desk.get(f"{path}/2")
    office.town.clock.advance(seconds=1)
    right = desk.get(f"{path}/2")
    desk.post(f"{path}/2", left, **{**WHY, "fact": "Texte de gauche."})
    both = desk.post(f"{path}/2", right, **{**WHY, "fact": "Texte de droite."})
    assert both.status_code == 409
    assert "Texte de gauche." in both.text
    assert "Texte de droite." in both.text
    compared = desk.post(f"{path}/2", both, **{**WHY, "fact": "Texte de droite."}, button="compare")
    assert ">\nTexte de droite.<" in compared.text
    assert "L’autre version" in compared.text
    mine = desk.post(f"{path}/2", both, **{**WHY, "fact": "Texte de droite."}, button="mine")
    assert mine.location == f"{path}/3"
    assert "Texte de droite." in desk.get(f"{path}/4").text


def test_somebody_elses_draft_does_not_exist(office: Office) -> None:
    desk, path = begin(office)
    other = office.at("school")
    assert other.get(f"{path}/1").status_code == 404
    page = other.get("/saisines/nouvelle")
    assert other.press(f"{path}/abandon", page).status_code == 404
    assert desk.get(f"{path}/1").status_code == 200


def test_an_abandoned_draft_is_gone(office: Office) -> None:
    desk, path = begin(office)
    page = desk.get(f"{path}/1")
    assert desk.press(f"{path}/abandon", page).location == "/saisines"
    assert desk.get(f"{path}/1").status_code == 404


def test_a_page_that_saves_itself_after_it_was_left_does_not_hinder_the_sending(
    office: Office,
) -> None:
    desk, path = begin(office)
    keep(desk, path, 1, **WHO)
    keep(desk, path, 2, **WHY)
    third = desk.get(f"{path}/3")
    desk.post(f"{path}/3", third, **TOLD)
    review = desk.get(f"{path}/4")
    late = desk.post(f"{path}/3/enregistrement", third, **TOLD)
    assert "Brouillon enregistré" in late.text
    assert desk.post(f"{path}/transmission", review).location == "/saisines"
