"""A document on a telephone: added, saved, taken away; too large, it is refused in words."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looking import PHONE, faults_by_day_and_night, kept_by
from tests.browser.stage import Stage
from tests.papers import SECRET, armed_pdf, opened
from tests.scenery import TITLE, Scene, planted

pytestmark = pytest.mark.parametrize("address", ["sqlite"], indirect=True)


def choose(page: Page, name: str, content: bytes) -> None:
    """Choose a file as a person does; it stays in the memory of the browser."""
    chosen = {"name": name, "mimeType": "application/pdf", "buffer": content}
    page.get_by_label("Fichier").set_input_files(chosen)  # type: ignore[arg-type]


def add(page: Page) -> None:
    page.get_by_role("button", name="Ajouter", exact=True).click()


def test_a_document_is_added_saved_and_taken_away_on_a_telephone(
    stage: Stage, scene: Scene
) -> None:
    with stage.member("school", PHONE) as page:
        page.goto(f"/situations/{scene.cases['followed']}")
        page.get_by_role("link", name="Documents").click()
        expect(page.get_by_text(TITLE).first).to_be_visible()
        choose(page, "facture.exe", b"MZ" + bytes(100))
        page.get_by_label("Intitulé").fill("Un intitulé inventé")
        add(page)
        expect(page.get_by_role("alert")).to_contain_text("ni un PDF, ni une image")
        assert page.get_by_label("Intitulé").input_value() == "Un intitulé inventé"
        choose(page, "attestation.pdf", armed_pdf())
        box = page.get_by_label("J’ai relu ce texte et je le garde ainsi.")
        expect(box).to_be_hidden()
        page.get_by_label("Intitulé").fill("Un certificat médical inventé")
        expect(page.get_by_text("Cela parle-t-il de santé")).to_be_visible()
        expect(box).to_be_visible()
        page.get_by_label("Intitulé").fill("Un intitulé inventé")
        expect(box).to_be_hidden()
        add(page)
        expect(page.get_by_text("Document ajouté.")).to_be_visible()
        assert faults_by_day_and_night(page) == []
        with page.expect_download() as saved:
            page.get_by_role("link", name="Enregistrer").first.click()
        assert saved.value.suggested_filename.endswith("-piece-2.pdf")
        kept = Path(saved.value.path()).read_bytes()
        assert SECRET.encode() not in kept
        assert len(opened(kept).pages) == 1
        page.locator("summary", has_text="Retirer").first.click()
        page.get_by_role("button", name="Retirer ce document").first.click()
        expect(page.get_by_text("Document retiré")).to_be_visible()
        expect(page.get_by_text("Un intitulé inventé")).to_have_count(0)
        assert kept_by(page) == []
    assert stage.faults == []
    assert planted().found_in("\n".join(stage.seen)) == []


def test_a_file_too_large_is_refused_in_words_that_the_browser_shows(
    stage: Stage, scene: Scene, tmp_path: Path
) -> None:
    large = tmp_path / "grand.pdf"
    large.write_bytes(b"%PDF-" + bytes(21 * 1024 * 1024))
    with stage.member("school") as page:
        page.goto(f"/situations/{scene.cases['followed']}/documents")
        page.get_by_label("Fichier").set_input_files(large)
        add(page)
        expect(page.get_by_role("heading", name="Ce fichier dépasse 20 Mo")).to_be_visible()
