"""A case ends: closed by hand, sealed by time, destroyed under a visa, and then found nowhere."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looking import faults_of
from tests.browser.stage import Stage
from tests.gathering import accepted, fact, keep, rows, sweep, wait
from tests.scenery import MAILYS, TANCREDE, planted, told
from tests.town import COUNCIL

pytestmark = pytest.mark.parametrize("address", ["sqlite"], indirect=True)


def test_a_case_is_closed_sealed_visaed_destroyed_and_nowhere(stage: Stage) -> None:
    town = stage.town
    case_id, kept_id = (accepted(town, **told(one)) for one in (MAILYS, TANCREDE))
    keep(town, case_id)
    with stage.member("coordination") as page:
        _close(page, f"/situations/{case_id}")
    with stage.member("dpo") as page:
        _hold(page, "SN-2026-002")
    wait(town, until=fact(town, case_id, "due_on"))
    sweep(town)
    with stage.member("archives") as page:
        _give_visa(page)
    sweep(town)
    with stage.member("dpo") as page:
        _certificate_is_there(page)
    with stage.member("coordination") as page:
        _case_is_nowhere(page, f"/situations/{case_id}", f"/situations/{kept_id}")
    assert rows(town, "cases") == 1
    assert fact(town, case_id, "id") is None
    assert town.runtime.stores.keystore.count(COUNCIL) > 0
    assert stage.faults == []


def _close(page: Page, url: str) -> None:
    page.goto(url)
    page.get_by_role("link", name="Clore le suivi").click()
    page.get_by_label("Objectifs atteints").check()
    expect(page.get_by_text("la situation serait scellée le 23 février 2027")).to_be_visible()
    page.get_by_role("button", name="Clore le suivi").click()
    expect(page.get_by_text("La situation est close.")).to_be_visible()
    assert page.get_by_text("Écrire sur la fiche partagée").count() == 0


def _hold(page: Page, reference: str) -> None:
    page.goto("/dpd/conservation")
    page.get_by_text("Geler une situation").click()
    page.get_by_label("Situation").fill(reference)
    page.get_by_label("Motif").select_option(label="Réclamation en cours")
    page.get_by_label("Jusqu’au").fill("31/3/2027")
    page.get_by_role("button", name="Geler").click()
    expect(page.get_by_text("Gel enregistré")).to_be_visible()
    expect(page.get_by_text(reference)).to_be_visible()


def _give_visa(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Conservation").first.click()
    expect(page.get_by_text("1 situation", exact=False).first).to_be_visible()
    page.get_by_label("Référence du visa").fill("AD67-2027-042")
    assert faults_of(page) == []
    assert planted().found_in(page.content()) == []
    page.get_by_role("button", name="Donner le visa").click()
    expect(page.get_by_text("Visa donné")).to_be_visible()
    expect(page.get_by_text("visé, à détruire")).to_be_visible()


def _certificate_is_there(page: Page) -> None:
    page.goto("/dpd/conservation")
    title = page.get_by_role("heading", name="Certificats d’effacement")
    row = page.locator(".card").filter(has=title).locator("tbody tr")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("Suivi nominatif")
    expect(row).to_contain_text("après le 9 mars 2027")
    page.goto("/dpd/acces?famille=effacements")
    expect(page.get_by_text("certificat d’effacement").first).to_be_visible()
    page.get_by_role("button", name="Vérifier maintenant").click()
    expect(page.locator(".proof")).to_contain_text("intact")


def _case_is_nowhere(page: Page, gone: str, kept: str) -> None:
    answer = page.goto(gone)
    assert answer is not None
    assert answer.status == 404
    page.goto("/situations")
    expect(page.get_by_text("OULMEVRAC")).to_be_visible()
    assert page.get_by_text("ZÉPHIRINQUOIS").count() == 0
    page.goto("/situations?etat=closes")
    assert page.get_by_text("ZÉPHIRINQUOIS").count() == 0
    page.goto(kept)
    expect(page.get_by_role("heading", name="OULMEVRAC")).to_be_visible()
