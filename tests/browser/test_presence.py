"""Somebody asks before referring; the coordinator next door is told who and when, no more."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looking import faults_by_day_and_night, kept_by
from tests.browser.stage import Stage
from tests.neighbours import NAMES, join
from tests.planted import Planted

pytestmark = pytest.mark.parametrize("address", ["sqlite"], indirect=True)
TOLD = Planted.of(NAMES)


def faults_in(page: Page) -> list[str]:
    return [*faults_by_day_and_night(page), *kept_by(page)]


def ask(page: Page, given: str) -> None:
    page.get_by_label("Nom", exact=True).fill(NAMES[0])
    page.get_by_label("Prénom").fill(given)
    page.get_by_label("Date de naissance").fill("17/05/2010")
    page.get_by_role("button", name="Demander").click()


def test_a_question_is_answered_without_a_trace_of_the_name(stage: Stage) -> None:
    neighbours = join(stage.town)
    neighbours.follow_east()
    index = stage.town.runtime.presence_index
    index.forget(index.seals.council_id, list(index.versions()))
    with stage.member("mission") as page:
        page.goto("/a-traiter")
        page.get_by_role("link", name="Déjà suivie").click()
        expect(page.get_by_role("heading", name="À inscrire")).to_be_visible()
        assert faults_in(page) == []
        page.get_by_role("button", name="Les inscrire").click()
        expect(page.get_by_text("1 situation répond désormais.")).to_be_visible()
    with stage.member("street_work") as page:
        page.goto("/saisines/nouvelle")
        page.get_by_role("link", name="déjà suivie").click()
        assert faults_in(page) == []
        page.get_by_role("button", name="Demander").click()
        expect(page.get_by_role("heading", name="champs sont à reprendre")).to_be_visible()
        assert faults_in(page) == []
        ask(page, NAMES[1])
        expect(page.get_by_text("contactez Mme Invention Membre-mission")).to_be_visible()
        assert faults_in(page) == []
        assert TOLD.found_in(f"{page.title()}{page.url}{page.content()}") == []
        page.reload()
        expect(page.get_by_text("contactez Mme Invention Membre-mission")).to_be_visible()
        page.get_by_role("link", name="Poser une autre question").click()
        ask(page, "Océane")
        expect(page.get_by_text("Aucun groupe interrogé ne répond oui")).to_be_visible()
        assert faults_in(page) == []
    with stage.member("mission") as page:
        page.goto("/presence")
        expect(page.get_by_text("Membre-street_work")).to_have_count(1)
        assert faults_in(page) == []
    assert stage.faults == []
