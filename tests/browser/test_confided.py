"""What is confided to a few, written and read by those it is for, and not there for another."""

from uuid import UUID

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.looking import DESK, PHONE, faults_of, width_of
from tests.browser.stage import Stage
from tests.confided import MEASURE, SECRET, named_on

pytestmark = [
    pytest.mark.parametrize("address", ["sqlite"], indirect=True),
    pytest.mark.usefixtures("confidants"),
]
NATURE = "Contrôle judiciaire"
WHY = "Fixer le jour du prochain rendez-vous"


def see(page: Page) -> None:
    """Look at a page as a machine does: nothing against axe, nothing wider than its window."""
    assert faults_of(page) == []
    size = page.viewport_size
    assert size is not None
    assert width_of(page) <= size["width"]


def test_social_workers_share_on_a_telephone_and_the_police_sees_no_place_for_it(
    stage: Stage,
) -> None:
    case_id = _case(stage)
    with stage.member("street_work", PHONE) as page:
        page.goto(f"/situations/{case_id}")
        expect(page.get_by_role("heading", name="Entre travailleurs sociaux")).to_be_visible()
        page.get_by_text("Écrire entre travailleurs sociaux").first.click()
        form = page.locator("form#write-secret")
        form.get_by_role("textbox").fill(SECRET)
        see(page)
        form.get_by_role("button", name="Ajouter").click()
        expect(page.get_by_text("Texte partagé entre travailleurs sociaux.")).to_be_visible()
        see(page)
    with stage.member("social_service") as page:
        page.goto(f"/situations/{case_id}")
        expect(page.get_by_text(SECRET)).to_be_visible()
        see(page)
    for body in ("police", "coordination", "school"):
        _does_not_see(stage, case_id, body, SECRET, "Entre travailleurs sociaux")
    assert stage.faults == []


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_the_coordination_mentions_a_measure_and_justice_reads_it(
    stage: Stage, size: ViewportSize
) -> None:
    case_id = _case(stage)
    with stage.member("coordination", size) as page:
        page.goto(f"/situations/{case_id}")
        page.get_by_role("link", name="Ouvrir la partie judiciaire").click()
        page.get_by_label("Motif").fill(WHY)
        see(page)
        page.get_by_role("button", name="Ouvrir").click()
        expect(page.get_by_text("Aucune mesure n’est mentionnée.")).to_be_visible()
        page.get_by_text("Mentionner une mesure").click()
        _fill(page, "Non")
        see(page)
        page.get_by_role("button", name="Mentionner").click()
        expect(page.get_by_text("rien n’a été gardé")).to_be_visible()
        _fill(page, "Oui")
        page.get_by_role("button", name="Mentionner").click()
        expect(page.get_by_text("Mesure mentionnée.")).to_be_visible()
        see(page)
    with stage.member("youth_justice", size) as page:
        page.goto(f"/situations/{case_id}")
        page.get_by_role("link", name="Ouvrir la partie judiciaire").click()
        expect(page.get_by_role("definition").filter(has_text=NATURE)).to_be_visible()
        see(page)
    for body in ("police", "street_work", "school"):
        _does_not_see(stage, case_id, body, NATURE, "judiciaire")
    _withdraw(stage, case_id, size)
    assert MEASURE["measure"] not in "\n".join(stage.seen)


def _withdraw(stage: Stage, case_id: UUID, size: ViewportSize) -> None:
    """Take the mention back: whoever read it finds none."""
    with stage.member("coordination", size) as page:
        page.goto(f"/situations/{case_id}/mesure")
        page.get_by_label("Motif").fill(WHY)
        page.get_by_role("button", name="Ouvrir").click()
        page.get_by_text("Retirer cette mention").click()
        see(page)
        page.get_by_role("button", name="Retirer", exact=True).click()
        expect(page.get_by_text("Mention retirée.")).to_be_visible()
        expect(page.get_by_text("Aucune mesure n’est mentionnée.")).to_be_visible()
    with stage.member("youth_justice", size) as page:
        page.goto(f"/situations/{case_id}/mesure")
        expect(page.get_by_text("Aucune mesure n’est mentionnée.")).to_be_visible()


def _case(stage: Stage) -> UUID:
    return named_on(stage.town, "street_work", "social_service", "youth_justice", "police")


def _fill(page: Page, needed: str) -> None:
    page.get_by_text(NATURE, exact=True).click()
    page.get_by_label("Du", exact=True).fill("01/10/2026")
    page.get_by_label("Au, si la date est connue").fill("01/04/2027")
    page.get_by_text(needed, exact=True).click()
    page.get_by_text("Tenir compte des jours et des lieux pris").click()


def _does_not_see(stage: Stage, case_id: UUID, body: str, *words: str) -> None:
    with stage.member(body) as page:
        page.goto(f"/situations/{case_id}")
        expect(page.get_by_role("heading", name="Identité")).to_be_visible()
        shown = page.content()
        for one in words:
            assert one not in shown
