"""The same pages in English for whoever asks for it; the charter and what people wrote stay."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from flask.testing import FlaskClient

from casework.i18n import TRANSLATIONS
from tests.heard import words_of
from tests.office import Office, hidden_fields, office_of
from tests.scenery import TEXTS, Scene
from tests.town import CHARTER

pytestmark = pytest.mark.parametrize("address", ["sqlite"], indirect=True)
ENGLISH = {"Accept-Language": "en-GB,en;q=0.9,fr;q=0.5"}
FRENCH = {"Accept-Language": "de"}
ACCENTED = re.compile(r"[À-ÖØ-öø-ÿœŒ«»]")
MONTHS = re.compile(
    r"\b(janvier|février|mars|avril|juin|juillet|août|septembre|octobre|novembre|décembre)\b"
)
FRAGMENT = 12


def leaves(value: object) -> Iterator[str]:
    """Yield every sentence and every label of a charter."""
    if isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from leaves(one)
    elif isinstance(value, str) and value[:1].isupper():
        yield value


# What is French by design: the charter, and what people wrote.
KEPT = sorted({*leaves(tomllib.loads(CHARTER.read_text("utf-8"))), *TEXTS}, key=len, reverse=True)


@dataclass(frozen=True)
class Visit:
    """Somebody in the office who reads English."""

    client: FlaskClient

    def page(self, path: str, status: int = 200) -> str:
        answer = self.client.get(path, headers=ENGLISH)
        assert answer.status_code == status
        assert '<html lang="en">' in answer.text
        return answer.text


@pytest.fixture
def office(scene: Scene, tmp_path: Path) -> Office:
    return office_of(scene.town, tmp_path)


def at(office: Office, body: str) -> Visit:
    return Visit(office.at(body).client)


@pytest.fixture(scope="module")
def fragments() -> frozenset[str]:
    """Give the French of the catalogue, cut at its values; what is the same in English is not."""
    with (TRANSLATIONS / "en/LC_MESSAGES/messages.po").open("rb") as file:
        catalog = read_po(file, locale="en")
    pairs = [(said, text) for one in catalog if one.id for said, text in _forms(one.id, one.string)]
    return frozenset(
        piece.strip()
        for french, english in pairs
        for piece in re.split(r"%\(\w+\)[sd]", french)
        if piece.strip(" .,:·()\u00a0") and piece.strip() not in english
    )


def _forms(french: object, english: object) -> Iterator[tuple[str, str]]:
    if isinstance(french, str):
        yield french, str(english)
    elif isinstance(french, tuple | list) and isinstance(english, tuple | list):
        yield from zip(map(str, french), map(str, english), strict=True)


def still_french(markup: str, fragments: frozenset[str]) -> list[str]:
    """Return the texts of a page that are a French message, or hold a long piece of one."""
    long = [one for one in fragments if len(one) >= FRAGMENT and " " in one]
    return [
        text
        for text in map(ours_of, words_of(markup))
        if text in fragments or any(one in text for one in long) or MONTHS.search(text)
    ]


def ours_of(text: str) -> str:
    """Return what is ours in a text: without the charter, without what people wrote."""
    for kept in KEPT:
        text = text.replace(kept, "")
    return text.strip()


def test_the_search_finds_french(office: Office, fragments: frozenset[str]) -> None:
    page = office.app.test_client().get("/connexion", headers=FRENCH)
    assert '<html lang="fr">' in page.text
    found = still_french(page.text, fragments)
    assert {"Mot de passe", "Continuer", "Vos consultations sont enregistrées."} <= set(found)


def test_the_sign_in_page_is_english_to_the_last_word(
    office: Office, fragments: frozenset[str]
) -> None:
    page = Visit(office.app.test_client()).page("/connexion")
    assert "Your accesses are recorded." in page
    assert still_french(page, fragments) == []
    said = [text.replace("Eurocité-des-Tilleuls", "") for text in words_of(page)]
    assert [text for text in said if ACCENTED.search(text)] == []


@pytest.mark.parametrize("body", ["coordination", "street_work", "school"])
def test_a_case_is_told_in_english(
    office: Office, scene: Scene, fragments: frozenset[str], body: str
) -> None:
    page = at(office, body).page(f"/situations/{scene.cases['followed']}")
    assert "Decisions and follow-up" in page
    assert "Six-month review" in page
    assert still_french(page, fragments) == []


@pytest.mark.parametrize("body", ["coordination", "street_work", "dpo", "archives"])
def test_every_page_without_a_number_is_english(
    office: Office, fragments: frozenset[str], body: str
) -> None:
    visit = at(office, body)
    wrong = {}
    for rule in office.app.url_map.iter_rules():
        if rule.arguments or "GET" not in (rule.methods or ()) or rule.rule.startswith("/api"):
            continue
        answer = visit.client.get(rule.rule, headers=ENGLISH)
        if answer.mimetype == "text/html" and answer.status_code != 302:
            wrong[rule.rule] = still_french(answer.text, fragments)
    assert len(wrong) > 8
    assert {path: found for path, found in wrong.items() if found} == {}


def test_pages_around_a_case_are_english(
    office: Office, scene: Scene, fragments: frozenset[str]
) -> None:
    visit = at(office, "coordination")
    case, meeting = scene.cases["followed"], scene.meetings["open"]
    paths = (
        f"/situations/{case}/acces",
        f"/situations/{case}/cloture",
        f"/a-traiter/{scene.cases['referred']}",
        f"/a-traiter/{scene.cases['answered']}",
        f"/seances/{meeting}",
        f"/seances/{meeting}/situations/{scene.cases['agenda']}",
    )
    found = {path: still_french(visit.page(path), fragments) for path in paths}
    assert {path: said for path, said in found.items() if said} == {}


def test_what_a_service_refuses_is_said_in_english(office: Office, scene: Scene) -> None:
    desk = office.at("coordination")
    path = f"/situations/{scene.cases['followed']}"
    page = desk.client.get(path, headers=ENGLISH)
    token = hidden_fields(page)["csrf_token"]
    sent = {"csrf_token": token, "text": "x" * 1500}
    headers = {**ENGLISH, "Sec-Fetch-Site": "same-origin"}
    answer = desk.client.post(f"{path}/contributions", data=sent, headers=headers)
    assert answer.status_code == 422
    assert re.search(r"Write between 1 and \d+ characters\.", answer.text)


def test_a_program_is_answered_in_its_language(office: Office) -> None:
    client = office.app.test_client()
    said = client.get("/api/v1/cases", headers=ENGLISH).get_json()
    assert (said["code"], said["title"]) == ("not-signed-in", "Your session has ended")
    said = client.get("/api/v1/cases", headers=FRENCH).get_json()
    assert said["title"] == "Votre session est terminée"
