"""A name is looked for, somebody is perhaps followed already, two cases are merged and parted."""

from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looking import PHONE, faults_of, kept_by
from tests.browser.stage import Stage
from tests.gathering import accepted
from tests.scenery import MAILYS, planted, told

one = pytest.mark.parametrize("address", ["sqlite"], indirect=True)
AGAIN = replace(MAILYS, family_name="Zefirinquois")


@one
def test_a_name_is_found_from_the_head_of_a_page_on_a_desk_and_on_a_telephone(
    stage: Stage,
) -> None:
    accepted(stage.town, **told(MAILYS))
    with stage.member("coordination") as page:
        page.goto("/")
        page.keyboard.press("/")
        page.keyboard.type("mailys zefirinquois")
        page.keyboard.press("Enter")
        expect(page.get_by_role("link", name="SN-2026-001")).to_be_visible()
        expect(page.get_by_text("Nom proche")).to_be_visible()
        assert page.url.endswith("/recherche")
        assert faults_of(page) == []
        page.get_by_label("Date ou année de naissance").fill("2010")
        page.get_by_role("button", name="Chercher").click()
        expect(page.get_by_text("même année")).to_be_visible()
        assert kept_by(page) == []
    with stage.member("landlord", PHONE) as page:
        page.goto("/situations")
        page.get_by_role("link", name="Rechercher par nom").click()
        page.get_by_label("Nom et prénom").fill("Maïlys Zéphirinquois")
        page.get_by_role("button", name="Chercher").click()
        expect(page.get_by_text("Personne de ce nom parmi ce qui vous est ouvert")).to_be_visible()
        assert faults_of(page) == []
    assert stage.faults == []
    assert planted().found_in("\n".join(stage.seen)) == []


@one
def test_a_second_referral_of_somebody_is_noticed_merged_and_parted(stage: Stage) -> None:
    accepted(stage.town, **told(MAILYS))
    case_id = stage.town.refer(persons=(AGAIN,))
    with stage.member("coordination") as page:
        page.goto(f"/a-traiter/{case_id}")
        expect(page.get_by_role("heading", name="Peut-être déjà suivie")).to_be_visible()
        assert faults_of(page) == []
        page.get_by_role("button", name="Retenir pour la prochaine séance").click()
        page.get_by_role("link", name="Situations").click()
        page.get_by_role("link", name="SN-2026-001").click()
        page.get_by_role("link", name="Réunir une autre situation de la même personne").click()
        assert faults_of(page) == []
        page.get_by_role("button", name="Réunir ici").click()
        expect(page.get_by_text("Situations réunies")).to_be_visible()
        _read_the_other(page)
        page.get_by_role("button", name="Séparer").click()
        expect(page.get_by_text("Situations séparées")).to_be_visible()
        page.wait_for_load_state()
        expect(page.get_by_text("Cette situation est réunie à une autre")).to_have_count(0)
        assert kept_by(page) == []
    assert stage.faults == []
    assert planted().found_in("\n".join(stage.seen)) == []


def _read_the_other(page: Page) -> None:
    page.get_by_role("link", name="SN-2026-002").click()
    expect(page.get_by_text("Cette situation est réunie à une autre")).to_be_visible()
    expect(page.get_by_text("Écrire sur la fiche partagée")).to_have_count(0)
    assert faults_of(page) == []
