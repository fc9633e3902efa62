"""Where one can go: never two lines of entries, one menu for several registers, all by thumb."""

from datetime import timedelta
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from casework.charters.engagement import Signature
from casework.db.engine import Scope
from casework.identity import Reason, Role, operator
from casework.partners import gateway as partners
from casework.partners.service import MemberService
from casework.partners.values import NewMandate
from tests.browser.looking import PHONE, faults_by_day_and_night, faults_of, width_of
from tests.browser.stage import Stage
from tests.families import Families
from tests.gathering import today
from tests.mayor import found_register
from tests.network import Network
from tests.town import COUNCIL, Town

pytestmark = pytest.mark.parametrize("address", ["sqlite"], indirect=True)
MOST = 7
REGISTERS = ("Liste des situations", "Rappels", "Orientations")


def coordinate(town: Town, group_id: UUID) -> None:
    """Have the coordination of the town coordinate one more group."""
    root, runtime, day = operator(COUNCIL, "founder"), town.runtime, today(town)
    until = day + timedelta(days=300)
    with runtime.stores.main.reading(Scope(COUNCIL, whole=True)) as session:
        group = partners.group(session, COUNCIL, group_id)
    assert group is not None
    charter_id, body = group.charter_id, town.bodies["coordination"]
    signature = Signature(
        charter_id=charter_id, organisation_id=body, signed_on=day, until_on=until
    )
    runtime.charter_service.sign(root, Reason.OPERATION, signature)
    mandate = NewMandate(
        member_id=town.members["coordination"],
        role=Role.COORDINATOR,
        from_on=day,
        until_on=until,
        group_id=group_id,
    )
    people = MemberService(runtime.ledger, runtime.edges.clock, runtime.edges.entropy)
    people.give_mandate(root, mandate)
    runtime.charter_service.undertake(town.who("coordination"), Reason.SIGN_IN, charter_id)


@pytest.fixture
def everywhere(stage: Stage, families: Families, network: Network) -> Stage:
    """Have one member coordinate groups of all four kinds."""
    assert network.town is stage.town
    for group_id in (found_register(stage.town), families.group_id):
        coordinate(stage.town, group_id)
    return stage


def entries(page: Page) -> list[str]:
    """Return the entries that are seen."""
    seen = page.locator(".main-nav > a:visible, .main-nav > details > summary:visible")
    return [words.strip() for words in seen.all_inner_texts()]


def lines(page: Page) -> int:
    """Return on how many lines they stand."""
    tops: list[float] = page.evaluate(
        """() => [...document.querySelectorAll(".main-nav > a, .main-nav > details > summary")]
        .filter((one) => one.offsetParent).map((one) => one.getBoundingClientRect().top)"""
    )
    return len(set(tops))


def test_who_coordinates_all_four_kinds_has_one_line_and_a_menu_of_registers(
    everywhere: Stage,
) -> None:
    with everywhere.member("coordination") as page:
        page.goto("/rappels")
        assert "Situations" in entries(page)
        assert len(entries(page)) <= MOST
        assert lines(page) == 1
        menu = page.locator(".nav-menu", has_text="Situations").first
        expect(menu.locator("summary")).to_have_attribute("aria-current", "true")
        menu.locator("summary").press("Enter")
        for name in REGISTERS:
            expect(menu.get_by_role("link", name=name)).to_be_visible()
        expect(menu.get_by_role("link", name="Rappels")).to_have_attribute("aria-current", "page")
        assert faults_of(page) == []
        page.keyboard.press("Escape")
        expect(menu.get_by_role("link", name="Rappels")).to_be_hidden()
        menu.locator("summary").click()
        menu.get_by_role("link", name="Orientations").click()
        page.wait_for_url("**/orientations-victimes")
        assert faults_by_day_and_night(page) == []
    assert everywhere.faults == []


def test_on_a_telephone_what_does_not_fit_is_one_tap_further(everywhere: Stage) -> None:
    with everywhere.member("coordination", PHONE) as page:
        page.goto("/courriers")
        assert entries(page)[-1] == "Plus"
        assert (len(entries(page)), lines(page)) == (5, 1)
        more = page.locator(".main-nav > .rest")
        expect(more.locator("summary")).to_have_attribute("aria-current", "true")
        more.locator("summary").click()
        for name in ("Mes actions", "Courriers"):
            box = more.get_by_role("link", name=name).bounding_box()
            assert box is not None
            assert box["height"] >= 44
        assert faults_of(page) == []
        assert width_of(page) <= PHONE["width"]
        more.get_by_role("link", name="Mes actions").click()
        page.wait_for_url("**/actions")
        page.locator(".nav-menu summary", has_text="Situations").click()
        page.get_by_role("link", name="Rappels").click()
        page.wait_for_url("**/rappels")
    assert everywhere.faults == []


@pytest.mark.parametrize("body", ["dpo", "street_work", "coordination"])
def test_everybody_has_one_line_on_a_desk_and_reaches_it_all_on_a_telephone(
    stage: Stage, body: str
) -> None:
    with stage.member(body) as page:
        page.goto("/")
        wanted = page.locator(".main-nav > a").count()
        assert len(entries(page)) <= MOST
        assert lines(page) == 1
        page.set_viewport_size(PHONE)
        if wanted > len(entries(page)):
            page.locator(".main-nav > .rest > summary").click()
        assert page.locator(".main-nav a:visible").count() == wanted
    assert stage.faults == []
