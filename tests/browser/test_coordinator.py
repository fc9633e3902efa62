"""The coordinator's day: triage, a meeting, a decision with its lead and an action, two windows."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looking import faults_of, kept_by
from tests.browser.stage import Stage
from tests.gathering import accepted, fact, keep, open_meeting, today
from tests.scenery import DETAIL, MAILYS, OUTCOME, SHARED, planted, told

both = pytest.mark.parametrize("address", ["sqlite", "postgresql"], indirect=True)
one = pytest.mark.parametrize("address", ["sqlite"], indirect=True)
AROUND = ("school", "police", "street_work")


@both
def test_a_referral_becomes_a_followed_case_with_a_lead_and_an_action(stage: Stage) -> None:
    case_id = stage.town.refer(**told(MAILYS))
    with stage.member("coordination") as page:
        page.goto("/")
        page.get_by_role("link", name="1 saisine attend la coordination").click()
        page.get_by_role("link", name="Saisine du").click()
        _accept(page)
        _name_the_school(page)
        _prepare_and_open(page, stage)
        _note_who_is_there(page)
        _keep_with_an_action(page)
        page.get_by_role("button", name="Clore la séance").click()
        expect(page.get_by_text("Séance close.")).to_be_visible()
        page.get_by_role("link", name="SN-2026-001").click()
        expect(page.get_by_text("Mme M., Organisme inventé street_work").first).to_be_visible()
        expect(page.get_by_text(DETAIL)).to_be_visible()
        assert kept_by(page) == []
    assert fact(stage.town, case_id, "state") == "followed"
    assert stage.faults == []
    assert planted().found_in("\n".join(stage.seen)) == []


def _accept(page: Page) -> None:
    expect(page.get_by_role("heading", name="Maïlys ZÉPHIRINQUOIS")).to_be_visible()
    expect(page.get_by_text("Schiltigheim, dans le territoire")).to_be_visible()
    page.get_by_role("button", name="Retenir pour la prochaine séance").click()
    expect(page.get_by_text("Saisine retenue sous la référence SN-2026-001.")).to_be_visible()


def _name_the_school(page: Page) -> None:
    page.get_by_label("Membre", exact=True).select_option(
        label="Mme Invention Membre-school, Organisme inventé school"
    )
    page.get_by_role("button", name="Nommer et ouvrir l’accès").click()
    expect(page.get_by_text("Membre nommé")).to_be_visible()


def _prepare_and_open(page: Page, stage: Stage) -> None:
    page.get_by_role("link", name="Séances").click()
    page.get_by_role("link", name="Préparer une séance").click()
    page.get_by_label("Jour de la séance").fill(f"{today(stage.town):%d/%m/%Y}")
    expect(page.get_by_label("SN-2026-001")).to_be_checked()
    page.get_by_role("button", name="Préparer la séance").click()
    page.get_by_role("button", name="Ouvrir la séance").click()
    expect(page.get_by_text("Pas encore de décision possible")).to_be_visible()


def _note_who_is_there(page: Page) -> None:
    for body in AROUND:
        page.get_by_role("button", name=f"Noter Mme Invention Membre-{body}", exact=True).click()
        page.get_by_role("button", name=f"Retirer Mme Invention Membre-{body}").wait_for()
    assert page.get_by_text("Pas encore de décision possible").count() == 0


def _keep_with_an_action(page: Page, *, button: bool = True) -> None:
    if button:
        page.get_by_role("link", name="Décider").click()
    page.get_by_text("Retenue : le groupe suit la situation").click()
    page.get_by_label("Référent de parcours").select_option(
        label="Mme Invention Membre-street_work — Organisme inventé street_work"
    )
    page.get_by_text("Une action, avec qui et pour quand").click()
    page.get_by_label("Action", exact=False).first.select_option(label="Rencontrer les parents")
    page.get_by_role("button", name="15 jours").click()
    page.get_by_label("Précision").fill(DETAIL)
    assert faults_of(page) == []
    page.get_by_role("button", name="Valider la décision").click()
    if button:
        expect(page.get_by_text("Décision n° 1 enregistrée.")).to_be_visible()


@one
def test_two_windows_on_one_decision_decide_once_and_lose_no_text(stage: Stage) -> None:
    case_id = accepted(stage.town, **told(MAILYS))
    meeting_id = open_meeting(stage.town, case_id)
    url = f"/seances/{meeting_id}/situations/{case_id}"
    with stage.member("coordination") as page:
        page.goto(url)
        second = page.context.new_page()
        second.goto(url)
        page.get_by_text("Reportée à la prochaine séance").click()
        page.get_by_role("button", name="Valider la décision").click()
        expect(page.get_by_text("Situation reportée")).to_be_visible()
        page.goto(url)
        _keep(page)
        _keep_with_an_action(second, button=False)
        expect(second.get_by_label("Précision")).to_be_visible()
        assert second.get_by_label("Précision").input_value() == DETAIL
        expect(second.locator("[data-focus], .notice").first).to_be_visible()
        assert faults_of(second) == []
    assert fact(stage.town, case_id, "state") == "followed"
    assert stage.faults == []


def _keep(page: Page) -> None:
    page.get_by_text("Retenue : le groupe suit la situation").click()
    page.get_by_label("Référent de parcours").select_option(index=1)
    page.get_by_role("button", name="Valider la décision").click()
    expect(page.get_by_text("Décision n° 1 enregistrée.")).to_be_visible()


@one
def test_two_windows_on_one_report_show_both_texts(stage: Stage) -> None:
    case_id = accepted(stage.town, **told(MAILYS))
    keep(stage.town, case_id)
    with stage.member("coordination") as page:
        page.goto(f"/situations/{case_id}/actions/nouvelle")
        page.get_by_label("Action").select_option(label="Rencontrer les parents")
        page.get_by_text("Mme Invention Membre-street_work").check()
        page.get_by_role("button", name="dans 15 jours").click()
        page.get_by_role("button", name="Ajouter l’action").click()
        expect(page.get_by_text("Action ajoutée")).to_be_visible()
    with stage.member("street_work") as page:
        page.goto("/actions")
        page.get_by_role("link", name="Rendre compte").click()
        page.get_by_label("Faite").wait_for()
        second = page.context.new_page()
        second.goto(page.url)
        page.get_by_label("Compte rendu").fill(DETAIL)
        _change_the_reason_in_place(page)
        expect(page.get_by_label("Compte rendu")).to_have_value(DETAIL)
        _report(page, OUTCOME)
        expect(page.get_by_text("Compte rendu enregistré")).to_be_visible()
        _report(second, SHARED)
        expect(second.get_by_text(OUTCOME).first).to_be_visible()
        assert SHARED in [area.input_value() for area in second.get_by_role("textbox").all()]
        assert faults_of(second) == []
    assert stage.faults == []


def _change_the_reason_in_place(page: Page) -> None:
    """Say that it is for one's own action, then type another reason, on the very same page."""
    page.get_by_text("Changer de motif").click()
    assert faults_of(page) == []
    page.get_by_role("button", name="Une action qui m’est confiée").click()
    expect(page.locator("#traced-reason")).to_have_text("l’action qui vous est confiée")
    page.get_by_text("Changer de motif").click()
    page.get_by_label("Une autre raison").fill("x")
    page.get_by_role("button", name="Choisir").click()
    expect(page.get_by_text("Écrivez de 3 à 120 caractères.")).to_be_visible()
    page.get_by_label("Une autre raison").fill("Astreinte de la nuit")
    page.get_by_role("button", name="Choisir").click()
    expect(page.locator("#traced-reason")).to_have_text("la raison que vous avez écrite")


def _report(page: Page, words: str) -> None:
    page.get_by_label("Faite").check()
    page.get_by_label("Compte rendu").fill(words)
    page.get_by_role("button", name="Enregistrer").click()
