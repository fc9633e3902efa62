"""Two custodians draw their cards and give a key back, one at a desk and one on a telephone."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looking import PHONE, faults_of, kept_by, width_of
from tests.browser.stage import Stage
from tests.keepers import BODY, Keepers

pytestmark = pytest.mark.parametrize("address", ["sqlite"], indirect=True)
OVERVIEW = "/cle-de-secours"


def test_two_custodians_draw_cards_and_give_a_forgotten_key_back(stage: Stage) -> None:
    keepers = Keepers(stage.staff)
    members = [stage.town.members[one] for one in ("coordination", "school")]
    for body in ("coordination", "school"):
        stage.enrol(body)
    keepers.escrow_id = keepers.recovery.escrows.create(keepers.root, 2, members)
    with stage.member("coordination") as page:
        keepers.cards["coordination"] = _draw(page)
    with stage.member("school", PHONE) as page:
        keepers.cards["school"] = _draw(page)
    keepers.recovery.escrows.enrol_all(keepers.root)
    keepers.to_members()
    keepers.forget_password()
    with stage.member("coordination") as page:
        _ask(page, keepers.cards["coordination"])
    with stage.member("school", PHONE) as page:
        _complete(page, keepers.cards["school"])
    with stage.member(BODY, PHONE) as page:
        page.goto("/")
        expect(page.get_by_text("ont rendu la clé de votre organisme")).to_be_visible()
        _sound(page)
    assert keepers.opens()
    assert stage.faults == []
    assert not [url for url in stage.seen if "carte=" in url or "card=" in url]


def test_a_member_prints_their_code_on_a_telephone(stage: Stage) -> None:
    with stage.member("school", PHONE) as page:
        page.goto(OVERVIEW)
        _sound(page)
        page.get_by_role("button", name="Imprimer mon code").click()
        expect(page.locator(".spelled code")).to_have_count(9)
        _sound(page)
        page.get_by_role("link", name=re.compile("C’est imprimé")).click()
        expect(page.get_by_text("imprimé", exact=True)).to_be_visible()
    assert stage.faults == []


def _draw(page: Page) -> str:
    page.goto("/")
    _sound(page)
    page.get_by_text("Votre carte de secours vous attend").wait_for()
    with page.expect_navigation():
        page.get_by_role("link", name="Voir").click()
    _sound(page)
    page.get_by_role("button", name="Tirer et imprimer ma carte").click()
    groups = page.locator(".spelled code")
    expect(groups).to_have_count(9)
    _sound(page)
    return "-".join(groups.all_inner_texts())


def _ask(page: Page, card: str) -> None:
    page.goto(OVERVIEW)
    _sound(page)
    page.get_by_label("Membre", exact=True).select_option(index=1)
    page.get_by_label("Raison", exact=True).select_option(label="mot de passe oublié")
    page.get_by_role("button", name="Demander qu’on lui rende la clé").click()
    expect(page.locator(".six-words span")).to_have_count(6)
    _sound(page)
    page.get_by_label("Les neuf groupes de votre carte").fill(card[:-1] + "?")
    page.get_by_role("button", name="Présenter ma carte").click()
    expect(page.get_by_text("Vérifiez d’abord les six mots par téléphone.").first).to_be_visible()
    _sound(page)
    page.get_by_label(re.compile("J’ai entendu ces six mots")).check()
    page.get_by_role("button", name="Présenter ma carte").click()
    expect(page.get_by_text("faute de copie").first).to_be_visible()
    _sound(page)
    page.get_by_label("Les neuf groupes de votre carte").fill(card)
    page.get_by_role("button", name="Présenter ma carte").click()
    expect(page.get_by_text("Votre carte est reconnue").first).to_be_visible()
    _sound(page)


def _complete(page: Page, card: str) -> None:
    page.goto("/")
    page.get_by_text("Une ouverture de secours est demandée").wait_for()
    _sound(page)
    with page.expect_navigation():
        page.get_by_role("link", name="Voir").first.click()
    _sound(page)
    page.get_by_label(re.compile("J’ai entendu ces six mots")).check()
    page.get_by_label("Les neuf groupes de votre carte").fill(card.lower().replace("-", " "))
    page.get_by_role("button", name="Présenter ma carte").click()
    expect(page.get_by_text("la clé est rendue")).to_be_visible()
    _sound(page)


def _sound(page: Page) -> None:
    """See that the page is accessible, no wider than its window, and keeps nothing."""
    assert faults_of(page) == []
    assert width_of(page) <= (page.viewport_size or PHONE)["width"]
    assert kept_by(page) == []
