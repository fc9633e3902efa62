"""Every macro in a real browser: policy, accessibility, narrow screens, nothing typed lost."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from tests.browser import looking
from tests.browser.conftest import Serve
from tests.browser.gallery.app import gallery_app
from tests.browser.looking import DESK, PHONE, faults_by_day_and_night

PAGES = [
    *("case", "form", "faulty", "register", "room", "states", "sign_in", "paper"),
    *("aide", "accessibilite", "aide/problemes", "fault/denied", "fault/ended", "fault/broken"),
    *("fault/wait", "fault/unsigned", "fault/invalid"),
]
WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
"""
STORED = "() => JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])"


@pytest.fixture
def home(serve: Serve) -> str:
    return serve(gallery_app())


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    yield from _page(browser, PHONE)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    yield from _page(browser, DESK)


def _page(browser: Browser, size: ViewportSize) -> Iterator[Page]:
    context = browser.new_context(viewport=size, locale="fr-FR", reduced_motion="reduce")
    context.add_init_script(WATCH)
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def faults_of(page: Page) -> list[str]:
    """Return what axe and the policy say against the page as it is shown now."""
    found = looking.faults_of(page)
    violations: list[str] = page.evaluate("window.violations")
    return found + violations


@pytest.mark.parametrize("url", PAGES)
def test_a_page_has_no_fault_by_day_by_night_on_a_desk_or_on_a_phone(
    page: Page, home: str, url: str
) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: errors.append(said.text) if "hx-csp" in said.text else None)
    page.goto(f"{home}/{url}")
    assert faults_by_day_and_night(page) == []
    assert page.evaluate("window.violations") == []
    assert errors == []


@pytest.mark.parametrize("url", ["case", "form", "states"])
def test_targets_on_a_phone_are_wide_enough_for_a_thumb(phone: Page, home: str, url: str) -> None:
    phone.goto(f"{home}/{url}")
    small: list[str] = phone.evaluate(
        """() => [...document.querySelectorAll(".btn, .main-nav a, .option, .chip, input, select")]
        .filter((one) => one.offsetParent && one.type !== "hidden" && !one.matches(".option input"))
        .filter((one) => one.getBoundingClientRect().height < 44)
        .map((one) => one.outerHTML)"""
    )
    assert small == []


def test_the_navigation_of_a_phone_is_under_the_thumb(phone: Page, home: str) -> None:
    phone.goto(f"{home}/case")
    box = phone.locator(".main-nav").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] == 740


def test_the_circle_says_who_can_see_and_closes_by_itself(page: Page, home: str) -> None:
    page.goto(f"{home}/case")
    pill = page.locator(".card details.who summary").first
    panel = page.locator(".card details.who .panel").first
    pill.click()
    assert panel.is_visible()
    assert "Mission locale" in panel.inner_text()
    page.keyboard.press("Escape")
    assert not panel.is_visible()
    pill.press("Enter")
    assert panel.is_visible()
    page.locator("h1").click()
    assert not panel.is_visible()


def test_a_draft_saves_itself_with_its_token_and_is_in_no_browser_storage(
    page: Page, home: str
) -> None:
    page.goto(f"{home}/form")
    line = page.locator("#form-draft")
    page.evaluate("document.getElementById('form-draft').textContent = ''")
    page.fill("#f-fact", "Vu trois fois")
    with page.expect_request("**/draft") as sent:
        page.wait_for_timeout(100)
    assert sent.value.headers["x-csrf-token"]
    line.get_by_text("Brouillon").wait_for()
    assert line.inner_text() == "Brouillon enregistré à 14 h 32"
    assert "Vu trois fois" not in page.evaluate(STORED)
    assert page.evaluate("window.violations") == []


def test_who_leaves_before_the_draft_is_saved_loses_nothing(page: Page, serve: Serve) -> None:
    app = gallery_app()
    home = serve(app)
    page.goto(f"{home}/form")
    page.locator("#f-fact").press_sequentially("Vu trois fois")
    page.goto(f"{home}/case")
    saved = app.extensions["gallery.drafts"]
    assert "Vu trois fois" in iter(lambda: saved.get(timeout=10), None)


def test_an_injected_element_without_the_nonce_does_nothing(page: Page, home: str) -> None:
    page.goto(f"{home}/form")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.method))
    page.evaluate(
        """() => {
        const button = document.createElement("button");
        button.id = "injected";
        button.setAttribute("hx-post", "/draft");
        document.querySelector("main").append(button);
        htmx.process(button);
        button.click();
        }"""
    )
    page.wait_for_timeout(300)
    assert "POST" not in asked


def test_text_survives_a_session_that_ended(phone: Page, home: str) -> None:
    phone.goto(f"{home}/form")
    phone.fill("#f-fact", "Vu trois fois sur la place")
    phone.context.add_cookies([{"name": "out", "value": "yes", "url": home}])
    with phone.expect_response("**/draft") as saved:
        phone.wait_for_timeout(100)
    assert saved.value.status == 401
    phone.locator("#form-draft").get_by_text("Votre texte reste à l’écran").wait_for()
    assert phone.locator("#f-fact").input_value() == "Vu trois fois sur la place"
    phone.get_by_role("button", name="Enregistrer et continuer").click()
    phone.get_by_role("heading", name="Votre session est terminée").wait_for()
    phone.get_by_role("button", name="Se connecter").click()
    phone.get_by_text("Relire ce qui sera envoyé").click()
    assert phone.get_by_text("Vu trois fois sur la place").is_visible()
    assert faults_of(phone) == []


def test_the_counter_warns_and_never_cuts(page: Page, home: str) -> None:
    page.goto(f"{home}/form")
    page.fill("#f-fact", "x" * 401)
    assert page.locator("#f-fact-count").inner_text().endswith("401 / 400")
    assert page.locator("#f-fact").input_value() == "x" * 401


def test_a_proposed_date_fills_the_field(page: Page, home: str) -> None:
    page.goto(f"{home}/form")
    page.get_by_role("button", name="dans 15 jours").click()
    assert page.locator("#f-due_on").input_value() == "7/12/2026"


def test_the_summary_of_faults_takes_the_focus_and_leads_to_the_field(
    page: Page, home: str
) -> None:
    page.goto(f"{home}/faulty")
    assert page.evaluate("document.activeElement.className") == "error-summary"
    page.get_by_role("link", name="Échéance").click()
    assert page.evaluate("document.activeElement.id") == "f-due_on"


def test_keys_work_but_never_while_typing(page: Page, home: str) -> None:
    page.goto(f"{home}/room")
    page.keyboard.press("3")
    assert page.locator("input[value=exit]").is_checked()
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search"
    page.keyboard.type("v1")
    assert page.locator("#search").input_value() == "v1"
    assert page.url.endswith("/room")


def test_the_room_needs_no_scrolling_in_its_middle(page: Page, home: str) -> None:
    page.goto(f"{home}/room")
    box = page.get_by_role("button", name="Valider la décision").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < 720


def test_paper_has_no_navigation_and_says_whose_copy_it_is(page: Page, home: str) -> None:
    page.emulate_media(media="print")
    page.goto(f"{home}/paper")
    assert page.get_by_text("Exemplaire 3/5, remis à Mme B.").is_visible()
    assert not page.get_by_role("button", name="Imprimer").is_visible()
    page.goto(f"{home}/case")
    assert not page.locator(".main-nav").is_visible()
    assert not page.get_by_role("link", name="Ajouter une action").is_visible()
