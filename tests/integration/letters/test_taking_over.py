"""A summons that was recorded is not typed twice: its letter starts from what the step said."""

import re
from html import unescape

import pytest

from casework.letters.fields import LetterField as F
from tests.families import INVITED, Families
from tests.gathering import rows, today
from tests.letters import SAID
from tests.mayor import FACT, cleared, found_register, summoned
from tests.office import Office

CALLED = "Préparer la convocation"


def values(page: str) -> dict[str, str]:
    """Return what the lines of a form hold."""
    found = re.findall(r'<input id="f-(\w+)" [^>]*?value="([^"]*)"', page)
    return {name: unescape(said) for name, said in found}


def test_the_letter_of_a_summons_says_what_the_step_recorded(office: Office) -> None:
    case_id, desk = summoned(office.town, found_register(office.town)), office.at("clerk")
    page = desk.get(f"/situations/{case_id}")
    assert CALLED in page.text
    at = f"/situations/{case_id}/courriers"
    form = desk.press(f"{at}/preparation", page, called="yes")
    assert form.status_code == 200
    assert "Convocation d’un mineur" in form.text
    told = values(form.text)
    assert (told[F.HOUR], told[F.VENUE]) == (
        "17\u00a0h\u00a030",
        "Mairie inventée, salle des Platanes",
    )
    assert (told[F.FACTS], told[F.FACTS_ON]) == (FACT, "20/11/2026")
    typed = {one.value: SAID[one] for one in (F.SENDER, F.PLACE, F.SIGNATORY, F.CONTACT, F.OFFICER)}
    kept = {"kind": "summons_minor", "format": "odt", "lieu": "Salle retapée"}
    kept["once"] = "01930000-0000-7000-8000-0000000000d1"
    wrong = desk.press(at, form, **{**told, **typed, **kept, "heure": ""})
    assert wrong.status_code == 422
    assert values(wrong.text)[F.VENUE] == "Salle retapée"
    sent = desk.press(at, wrong, **{**told, **typed, **kept})
    assert sent.status_code == 303
    assert rows(office.town, "letters") == 1
    printed = desk.get(sent.headers["Location"]).text
    assert "Salle retapée" in printed
    assert FACT in unescape(printed)


def test_a_letter_of_a_step_not_yet_taken_starts_without_a_day(office: Office) -> None:
    case_id, desk = cleared(office.town, found_register(office.town)), office.at("clerk")
    page = desk.get(f"/situations/{case_id}")
    assert CALLED not in page.text
    at = f"/situations/{case_id}/courriers/preparation"
    form = desk.press(at, page, kind="summons_minor")
    assert form.status_code == 200
    assert values(form.text)[F.DAY] == ""
    uncalled = desk.press(at, page, called="yes")
    assert uncalled.status_code == 409
    assert "Personne n’est convoqué ici en ce moment" in uncalled.text


def test_who_may_not_write_the_letter_is_not_offered_it(office: Office) -> None:
    case_id = summoned(office.town, found_register(office.town))
    assert CALLED not in office.at("mayor").get(f"/situations/{case_id}").text


@pytest.mark.parametrize(
    ("place", "hour", "venue"),
    [(INVITED["place"], "17\u00a0h\u00a030", "mairie inventée"), ("salle 2", "", "salle 2")],
)
def test_the_invitation_of_a_family_says_what_the_step_recorded(
    office: Office, families: Families, place: str, hour: str, venue: str
) -> None:
    case_id = families.kept()
    families.invite(case_id, place=place)
    desk = office.at("families")
    page = desk.get(f"/situations/{case_id}")
    assert "Préparer l’invitation" in page.text
    form = desk.press(f"/situations/{case_id}/courriers/preparation", page, called="yes")
    told = values(form.text)
    assert (told[F.HOUR], told[F.VENUE]) == (hour, venue)
    assert told[F.DAY] == f"{today(office.town):%d/%m/%Y}"
