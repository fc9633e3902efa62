"""Somebody asks before referring; the coordinator next door is told who and when, no more."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looking import DESK, PHONE, faults_by_day_and_night, kept_by
from tests.browser.stage import Stage
from tests.neighbours import NAMES, join
from tests.planted import Planted

pytestmark = pytest.mark.parametrize("address", ["sqlite"], indirect=True)
TOLD = Planted.of(NAMES)


def look(page: Page, name: str) -> list[str]:
    shots = os.environ.get("SHOTS")
    if shots:
        for size, where in ((DESK, "1280"), (PHONE, "360")):
            page.set_viewport_size(size)
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                page.screenshot(path=Path(shots) / f"{name}-{where}-{scheme}.png", full_page=True)
        page.emulate_media(color_scheme="light")
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
        assert look(page, "missing") == []
        page.get_by_role("button", name="Les inscrire").click()
        expect(page.get_by_text("1 situation répond désormais.")).to_be_visible()
    with stage.member("street_work") as page:
        page.goto("/saisines/nouvelle")
        page.get_by_role("link", name="déjà suivie").click()
        assert look(page, "form") == []
        page.get_by_role("button", name="Demander").click()
        expect(page.get_by_role("heading", name="champs sont à reprendre")).to_be_visible()
        assert look(page, "faults") == []
        ask(page, NAMES[1])
        expect(page.get_by_text("contactez Mme Invention Membre-mission")).to_be_visible()
        assert look(page, "yes") == []
        assert TOLD.found_in(f"{page.title()}{page.url}{page.content()}") == []
        page.reload()
        expect(page.get_by_text("contactez Mme Invention Membre-mission")).to_be_visible()
        page.get_by_role("link", name="Poser une autre question").click()
        ask(page, "Océane")
        expect(page.get_by_text("Aucun groupe interrogé ne répond oui")).to_be_visible()
        assert look(page, "no") == []
    with stage.member("mission") as page:
        page.goto("/presence")
        expect(page.get_by_text("Membre-street_work")).to_have_count(1)
        assert look(page, "notices") == []
    assert stage.faults == []
