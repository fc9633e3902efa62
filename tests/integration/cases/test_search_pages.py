"""The search on its page and by program: what is typed stays in the form, and in no address."""

import logging
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.gathering import accepted
from tests.integration.api.program import Program, program_of
from tests.office import Office
from tests.scenery import MAILYS
from tests.side_doors import still

PAGE = "/recherche"
NAME = "Zephirinquois maïlys"


def seek(office: Office, body: str, **told: str) -> Any:
    desk = office.at(body)
    return desk.press(PAGE, desk.get(PAGE), **{"words": NAME, **told})


@pytest.fixture
def program(office: Office, tmp_path: Path) -> Program:
    return program_of(office.town, tmp_path)


def test_a_person_is_found_from_the_head_of_any_page(office: Office) -> None:
    case_id = accepted(office.town)
    desk = office.at("coordination")
    home = desk.get("/")
    assert f'action="{PAGE}"' in home.text
    page = desk.press(PAGE, home, words=NAME)
    assert page.status_code == 200
    assert "Maïlys ZÉPHIRINQUOIS" in page.text
    assert f'href="/situations/{case_id}"' in page.text
    assert f'value="{NAME}"' in page.text
    assert page.headers["Cache-Control"] == "no-store"


def test_no_name_stands_in_a_title_a_link_or_a_log(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    accepted(office.town)
    with caplog.at_level(logging.DEBUG):
        page = seek(office, "coordination")
    title = re.search("<title>(.*)</title>", page.text)
    assert title is not None
    assert title[1].startswith("Recherche")
    links = " ".join(re.findall(r'(?:href|action)="([^"]*)"', page.text)).lower()
    for text in (title[1].lower(), links, caplog.text.lower()):
        assert not any(word in text for word in ("zephirinquois", "zéphirinquois", "maïlys"))


def test_what_cannot_be_searched_is_said_and_nothing_typed_is_lost(office: Office) -> None:
    for told in ({"words": "1 - 2"}, {"words": ""}, {"birth": "17/05"}, {"birth": "2210"}):
        page = seek(office, "coordination", **told)
        assert page.status_code == 422
        assert "Un champ est à reprendre" in page.text
        assert f'value="{told.get("words", NAME)}"' in page.text


def test_who_is_not_named_gets_the_page_of_a_name_that_nobody_has(office: Office) -> None:
    accepted(office.town)
    other = "Personnevrac noélie x"
    known = seek(office, "landlord").text.replace(NAME, other)
    assert "Personne de ce nom" in known
    assert still(known) == still(seek(office, "landlord", words=other).text)


def test_the_officer_and_the_archives_search_nothing(office: Office) -> None:
    for body in ("dpo", "archives"):
        page = office.at(body).get(PAGE)
        assert "Aucun groupe où chercher" in page.text
        assert seek(office, body).status_code == 422


def test_a_referral_tells_the_coordination_whom_it_resembles(office: Office) -> None:
    known = accepted(office.town)
    person = replace(MAILYS, given_name="Mailys")
    path = f"/a-traiter/{office.town.refer(persons=(person,))}"
    page = office.at("coordination").get(path)
    assert "Peut-être déjà suivie" in page.text
    assert f'href="/situations/{known}"' in page.text
    office.at("coordination").post(f"{path}/retenir", page)
    assert "Peut-être déjà suivie" not in office.at("coordination").get(path).text


def test_a_program_finds_the_same_and_is_told_the_same(program: Program) -> None:
    case_id = accepted(program.town)
    asked = {"group_id": str(program.town.group_id), "words": NAME, "birth": "2010"}
    answer = program.ask("coordination", "POST", "/api/v1/cases/searches", json=asked)
    (item,) = answer.json["items"]
    assert (item["id"], item["likeness"], item["birth"]) == (str(case_id), "same", "year")
    nothing = program.ask("landlord", "POST", "/api/v1/cases/searches", json=asked)
    assert nothing.json == {"items": [], "more": False, "unread": 0}
    elsewhere = {**asked, "group_id": str(case_id)}
    assert (
        program.ask("coordination", "POST", "/api/v1/cases/searches", json=elsewhere).status_code
        == 404
    )
    other = program.town.refer()
    path = f"/api/v1/referrals/{other}/resemblances"
    told = program.ask("coordination", "GET", path).json["items"]
    assert [one["id"] for one in told] == [str(case_id)]
    assert program.ask("street_work", "GET", path).status_code == 404
    assert program.ask("landlord", "GET", path).status_code == 404
