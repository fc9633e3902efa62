"""The coordinator writes to a family: the letterhead once, a letter checked, printed and sent."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from casework.letters.fields import LetterField as F
from tests.browser.looking import faults_by_day_and_night, kept_by
from tests.browser.stage import Stage
from tests.gathering import accepted, fact, today
from tests.letters import SAID
from tests.scenery import planted

both = pytest.mark.parametrize("address", ["sqlite", "postgresql"], indirect=True)


@both
def test_a_letter_is_checked_issued_printed_and_marked_as_sent(stage: Stage) -> None:
    case_id = accepted(stage.town)
    with stage.member("coordination") as page:
        _write_the_letterhead(page)
        page.goto(f"/situations/{case_id}")
        with page.expect_navigation():
            page.get_by_role("link", name="Les lettres aux personnes").click()
        assert faults_by_day_and_night(page) == []
        _issue(page)
        assert faults_by_day_and_night(page) == []
        _download(page)
        _print(page)
        _mark_as_sent(page, stage)
        page.get_by_role("link", name="Courriers", exact=True).click()
        expect(page.get_by_text("Aucune lettre ici")).to_be_visible()
        page.get_by_role("link", name="Envoyées ou remises").click()
        expect(page.get_by_text("SN-2026-C001")).to_be_visible()
        assert faults_by_day_and_night(page) == []
        assert kept_by(page) == []
    assert str(fact(stage.town, case_id, "informed_on")) == today(stage.town).isoformat()
    assert stage.faults == []
    assert planted().found_in("\n".join(stage.seen)) == []


def _write_the_letterhead(page: Page) -> None:
    page.goto("/courriers")
    page.get_by_role("link", name="En-tête et modèles").click()
    for label, name in (
        ("Expéditeur", F.SENDER),
        ("Fait à", F.PLACE),
        ("Signataire", F.SIGNATORY),
        ("Pour répondre", F.CONTACT),
        ("Protection des données", F.OFFICER),
    ):
        page.get_by_label(label).fill(SAID[name])
    page.get_by_role("button", name="Enregistrer l’en-tête").click()
    expect(page.get_by_text("En-tête enregistré")).to_be_visible()
    assert faults_by_day_and_night(page) == []
    with page.expect_navigation():
        page.get_by_role("link", name="Information de la personne").first.click()
    assert faults_by_day_and_night(page) == []


def _issue(page: Page) -> None:
    page.get_by_label("Information de la personne").check()
    page.get_by_role("button", name="Préparer").click()
    expect(page.get_by_label("Destinataire")).to_have_value("Maïlys ZÉPHIRINQUOIS")
    page.get_by_label("Destinataire").fill("")
    page.get_by_role("button", name="Établir la lettre").click()
    expect(page.get_by_text("Un champ est à reprendre")).to_be_visible()
    assert faults_by_day_and_night(page) == []
    page.get_by_label("Destinataire").fill(SAID[F.RECIPIENT])
    page.get_by_role("button", name="Établir la lettre").click()
    expect(page.get_by_text("Lettre établie : elle porte son numéro")).to_be_visible()


def _download(page: Page) -> None:
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Télécharger (pdf)").click()
    assert waiting.value.suggested_filename == "SN-2026-C001.pdf"
    assert Path(waiting.value.path()).read_bytes().startswith(b"%PDF-")


def _print(page: Page) -> None:
    page.get_by_role("link", name="Imprimer cette page").click()
    expect(page.get_by_text("3 mois après la fin du suivi")).to_be_visible()
    assert faults_by_day_and_night(page) == []
    page.get_by_role("link", name="C’est imprimé").click()


def _mark_as_sent(page: Page, stage: Stage) -> None:
    page.get_by_label("Envoyée par la poste").check()
    page.get_by_label("Quel jour ?").fill(f"{today(stage.town):%d/%m/%Y}")
    page.get_by_label("Inscrire aussi que la famille est informée").check()
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("C’est noté")).to_be_visible()
