"""A member entrusts the key to the members, hands it to a colleague, and takes it back."""

import re
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looking import PHONE, faults_of, kept_by, width_of
from tests.browser.stage import Stage
from tests.holders import colleague

pytestmark = pytest.mark.parametrize("address", ["sqlite"], indirect=True)
BODY, SECOND, THIRD = "street_work", "street_work-2", "street_work-3"
NAME, WAITING = "Zéphirinquois", "Livraison de clé en attente"


def test_a_key_is_entrusted_handed_over_and_taken_back(stage: Stage) -> None:
    case_id = _case(stage)
    page_of_case = f"/situations/{case_id}"
    with stage.member(BODY) as first, stage.member(SECOND, PHONE) as second:
        second.goto("/")
        _entrust(first)
        # The colleague had never come before: they see that it waits, where, and whom to call.
        with stage.member(THIRD, PHONE) as third:
            third.goto("/")
            expect(third.get_by_text(WAITING)).to_be_visible()
            third.get_by_role("link", name="Voir").click()
            words = _six_words(third)
            _sound(third)
            _shut(third, page_of_case)
            _hand_over(first, words)
            third.goto(page_of_case)
            expect(
                third.get_by_role("heading", name=re.compile(NAME, re.IGNORECASE))
            ).to_be_visible()
            expect(third.get_by_text(WAITING)).to_have_count(0)
            _take_back(first)
            _shut(third, page_of_case)
            third.goto("/situations")
            expect(third.get_by_text("Clé en attente")).to_be_visible()
        first.goto(page_of_case)
        expect(first.get_by_role("heading", name=re.compile(NAME, re.IGNORECASE))).to_be_visible()
    assert stage.faults == []


def _case(stage: Stage) -> UUID:
    """Refer a case of the town, and name on it two colleagues of who referred it."""
    case_id = stage.town.refer(BODY)
    stage.town.follow(case_id)
    stage.enrol(BODY)
    for one in (SECOND, THIRD):
        colleague(stage.staff, BODY, one)
        stage.town.name(case_id, one)
    return case_id


def _entrust(page: Page) -> None:
    page.goto("/cles")
    page.get_by_text("La confier à nos seuls membres").click()
    expect(page.get_by_text("Ce que cela coûte")).to_be_visible()
    _sound(page)
    page.get_by_role("button", name="Confier la clé à nos membres").click()
    expect(page.get_by_text("vos membres seuls ouvrent la clé")).to_be_visible()
    expect(page.get_by_text("détient la clé", exact=True)).to_have_count(2)


def _hand_over(page: Page, words: list[str]) -> None:
    page.goto("/")
    page.get_by_text("Un collègue attend la clé").wait_for()
    page.get_by_role("link", name="Voir").click()
    assert _six_words(page) == words
    page.get_by_role("button", name="J’ai entendu ces mots").click()
    expect(page.get_by_text("La clé est remise")).to_be_visible()


def _six_words(page: Page) -> list[str]:
    words = page.locator(".six-words span")
    expect(words).to_have_count(6)
    return words.all_inner_texts()


def _take_back(page: Page) -> None:
    line = page.locator(".list-line", has_text=THIRD)
    line.get_by_text("Lui retirer la clé").click()
    expect(line.get_by_text("n’ouvrira plus les situations de votre organisme")).to_be_visible()
    _sound(page)
    line.get_by_role("button", name="Retirer la clé").click()
    expect(page.get_by_text("La clé est retirée")).to_be_visible()


def _shut(page: Page, url: str) -> None:
    """See that a case says that its key is on the way, and nothing of what it holds."""
    page.goto(url)
    expect(page.get_by_text(WAITING).first).to_be_visible()
    assert NAME.lower() not in page.content().lower()


def _sound(page: Page) -> None:
    """See that the page is accessible, no wider than its window, and keeps nothing."""
    assert faults_of(page) == []
    assert width_of(page) <= (page.viewport_size or PHONE)["width"]
    assert kept_by(page) == []
