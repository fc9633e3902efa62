"""The real application of the invented town, served on loopback to real browsers."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from tests.browser.looking import DESK
from tests.office import COOKIE, Office
from tests.staff import PASSWORD, Staff
from tests.town import Town

PATIENCE = 20_000
WATCH = """
document.addEventListener("securitypolicyviolation", (event) =>
  window.tell(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
"""


@dataclass
class Stage:
    """The served application, what happened in it, and the browsers that look at it."""

    office: Office
    address: str
    browser: Browser
    faults: list[str] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)

    @property
    def town(self) -> Town:
        return self.office.town

    @property
    def staff(self) -> Staff:
        return self.office.staff

    @contextmanager
    def stranger(self, size: ViewportSize = DESK) -> Iterator[Page]:
        """Open a browser of somebody who is not signed in."""
        context = self.browser.new_context(
            viewport=size, locale="fr-FR", reduced_motion="reduce", base_url=self.address
        )
        context.set_default_timeout(PATIENCE)
        self._watch(context)
        yield context.new_page()
        context.close()

    @contextmanager
    def member(self, body: str, size: ViewportSize = DESK) -> Iterator[Page]:
        """Open a browser of a member who has signed in."""
        self.enrol(body)
        cookie = self.office.cookie(body)
        with self.stranger(size) as page:
            page.context.add_cookies([{"name": COOKIE, "value": cookie, "url": self.address}])
            yield page

    def enrol(self, body: str) -> None:
        """Make the account of a member, once."""
        if body not in self.staff.phones:
            self.staff.enrol(body)

    def sign_in(self, page: Page, body: str) -> None:
        """Fill the two forms of signing in, wherever the page shows the first of them."""
        page.get_by_label("Identifiant").fill(body)
        page.get_by_label("Mot de passe").fill(PASSWORD)
        page.get_by_role("button", name="Continuer").click()
        page.get_by_label("Code à six chiffres").fill(self.staff.code(body))
        page.get_by_role("button", name="Ouvrir ma session").click()
        page.get_by_role("heading", name="Le code de votre téléphone").wait_for(state="detached")
        self.staff.wait(seconds=30)

    def _watch(self, context: BrowserContext) -> None:
        context.expose_function("tell", self._tell)
        context.add_init_script(WATCH)
        context.on("weberror", lambda error: self._tell(f"script: {error.error}"))
        context.on("request", lambda request: self.seen.append(request.url))
        context.on("console", lambda said: self._hear(said.text) if said.type == "error" else None)

    def _tell(self, fault: str) -> None:
        self.faults.append(fault)

    def _hear(self, words: str) -> None:
        # A refused request is the subject of many tests, and the browser says so each time.
        if "Failed to load resource" not in words:
            self._tell(f"console: {words}")
