"""The data protection officer sees every access and why, proves the register, and reads no case."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.looking import faults_of, kept_by
from tests.browser.stage import Stage
from tests.exports import unpacked
from tests.offline import checked
from tests.scenery import Scene, planted

pytestmark = pytest.mark.parametrize("address", ["sqlite"], indirect=True)


@pytest.fixture
def scene(stage: Stage, scene: Scene) -> Scene:
    """Give a town where one named member read a case, and one not named tried."""
    url = f"/situations/{scene.cases['followed']}"
    with stage.member("street_work") as page:
        page.goto(url)
        page.goto("/motif")
        page.locator(".deed", has_text="Une action qui m’est confiée").get_by_role("button").click()
        page.goto(url)
    with stage.member("police") as page:
        page.goto(url)
    return scene


def line(page: Page, *words: str) -> Locator:
    """Return the lines of the register that hold all these words."""
    found = page.locator("tbody tr")
    for one in words:
        found = found.filter(has_text=one)
    return found


def test_each_access_is_there_with_its_reason_and_its_article(stage: Stage, scene: Scene) -> None:
    reference = _reference(stage, scene)
    with stage.member("dpo") as page:
        page.goto("/")
        page.get_by_role("link", name="Registre d’accès").first.click()
        named, refused = ("Membre-street_work", "lecture", reference), ("Membre-police", reference)
        expect(line(page, *named, "mission", "autorisé")).to_have_count(1)
        expect(line(page, *named, "action propre", "autorisé")).to_have_count(1)
        denied = line(page, *refused, "accès refusé", "mission", "art. 4", "refusé")
        expect(denied).to_have_count(1)
        page.get_by_role("link", name="Refus", exact=True).click()
        expect(line(page, "accès refusé")).to_have_count(1)
        assert line(page, "autorisé").count() == 0
        assert faults_of(page) == []
        assert planted().found_in(page.content()) == []
    assert stage.faults == []


def _reference(stage: Stage, scene: Scene) -> str:
    with stage.member("coordination") as page:
        page.goto(f"/situations/{scene.cases['followed']}")
        found = re.search(r"SN-\d{4}-\d{3}", page.title())
    assert found is not None
    return found[0]


def test_who_opened_this_case_and_what_did_this_member_open(stage: Stage, scene: Scene) -> None:
    reference = _reference(stage, scene)
    with stage.member("dpo") as page:
        page.goto("/dpd/acces")
        page.get_by_label("Qui a consulté la situation").fill(reference)
        page.get_by_role("button", name="Chercher").click()
        expect(line(page, "Membre-police")).to_have_count(1)
        assert (
            line(page).count() == line(page, reference).count() + line(page, "situations").count()
        )
        page.get_by_role("link", name="Tout effacer").click()
        page.get_by_label("Qu’a consulté").select_option(
            label="Mme Invention Membre-police — Organisme inventé police"
        )
        page.get_by_role("button", name="Chercher").click()
        expect(line(page, "accès refusé", reference)).to_have_count(1)
        assert line(page).count() == line(page, "Membre-police").count()
        page.get_by_label("Qui a consulté la situation").fill("SN-1999-001")
        page.get_by_role("button", name="Chercher").click()
        expect(page.get_by_text("Aucune situation de ce numéro")).to_be_visible()
        assert planted().found_in(page.content()) == []
    assert stage.faults == []


def test_the_register_is_proved_on_the_page_and_the_proof_is_a_line_of_it(
    stage: Stage, scene: Scene
) -> None:
    assert scene.cases
    with stage.member("dpo") as page:
        page.goto("/dpd/acces")
        expect(page.get_by_text("Le registre n’a pas encore été vérifié")).to_be_visible()
        page.get_by_role("button", name="Vérifier maintenant").click()
        expect(page.locator(".proof")).to_have_text(
            re.compile(r"Registre vérifié jusqu’à l’entrée \d+, le .* — intact")
        )
        expect(line(page, "vérification du registre", "Membre-dpo")).to_have_count(1)
        assert kept_by(page) == []
    assert stage.faults == []


def test_the_officer_takes_the_register_away_and_checks_it_elsewhere(
    stage: Stage, scene: Scene, tmp_path: Path
) -> None:
    reference = _reference(stage, scene)
    with stage.member("dpo") as page:
        for address, name in (("/dpd/acces", "all"), (f"/dpd/acces?situation={reference}", "one")):
            page.goto(address)
            page.get_by_text("Exporter avec les preuves").click()
            assert faults_of(page) == []
            with page.expect_download() as coming:
                page.get_by_role("button", name="Exporter").click()
            coming.value.save_as(tmp_path / f"{name}.zip")
        assert kept_by(page) == []
    code, report = checked(tmp_path / "all.zip")
    assert (code, report["complete"], report["closed_parts"]) == (0, True, 0)
    code, report = checked(tmp_path / "one.zip", "--ancien", tmp_path / "all.zip")
    assert (code, report["complete"], report["lines"] >= 3) == (0, False, True)
    assert planted().found_in(b"".join(unpacked(tmp_path / "all.zip").values()).decode()) == []
    assert stage.faults == []


def test_no_case_opens_for_the_officer(stage: Stage, scene: Scene) -> None:
    with stage.member("dpo") as page:
        for url in ("/situations/{}", "/situations/{}/acces", "/a-traiter/{}", "/saisines/{}"):
            answer = page.goto(url.format(scene.cases["followed"]))
            assert answer is not None
            assert answer.status == 404
            assert planted().found_in(page.content()) == []
        page.goto("/dpd/conservation")
        expect(page.get_by_text("Réclamation en cours").first).to_be_visible()
        expect(page.get_by_text("attend le visa")).to_be_visible()
        assert planted().found_in(page.content()) == []
    assert stage.faults == []
