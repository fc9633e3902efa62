"""What a machine sees on a page: axe's rules, what the browser keeps, how wide it is."""

from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Page, ViewportSize

from tests.browser.judged import JUDGED

_HERE: Final = Path(__file__).parent
AXE: Final = _HERE / "vendor" / "axe.min.js"
LOOKING: Final = _HERE / "looking.js"
DESK: ViewportSize = {"width": 1280, "height": 720}
PHONE: ViewportSize = {"width": 360, "height": 740}
COLOURS: Final = "color-contrast"
"""The rule that costs more than all others together, and that the themes differ by."""

_KEPT = """
async () => [...Object.values({...localStorage}), ...Object.values({...sessionStorage}),
  ...(await indexedDB.databases()).map((one) => one.name)]
"""


def expect_many(page: Page) -> None:
    """Have axe come with each page from now on: into a page that is there, it takes three times."""
    page.context.add_init_script(path=AXE)


def faults_of(page: Page, *, by_night: bool = False) -> list[str]:
    """Return what axe says against the page as it is shown now; by night the colours alone.

    What this run has judged and found without fault is not judged again: colours by the look of
    a text and of what is behind it, all other rules by parts of the page that are built alike.
    """
    build = _build_of(page)
    parts = [f"{build['width']} {one}" for one in build["parts"]]
    looks, others = JUDGED.new_in(build["looks"]), [] if by_night else JUDGED.new_in(parts)
    found = _judge(page, _but(COLOURS)) if others else []
    found += _judge(page, _only(COLOURS), looks) if looks else []
    if not found:
        JUDGED.add([*looks, *others])
    return found


def faults_by_day_and_night(page: Page) -> list[str]:
    """Return what is wrong on a desk and on a telephone: every rule by day, the colours by night.

    The page is left as on a desk by day.
    """
    found: list[str] = []
    for size in (DESK, PHONE):
        if page.viewport_size != size:
            page.set_viewport_size(size)
        where = f"at {size['width']}"
        found += [f"{where}: scrolls sideways"] if width_of(page) > size["width"] else []
        found += [f"{where}: {fault}" for fault in faults_of(page)]
        page.emulate_media(color_scheme="dark")
        at_night = faults_of(page, by_night=True)
        found += [f"{where} by night: {fault}" for fault in at_night]
        page.emulate_media(color_scheme="light")
    page.set_viewport_size(DESK)
    return found


def kept_by(page: Page) -> list[str]:
    """Return everything that the browser stores for the service, its cookies aside."""
    page.wait_for_load_state()
    found: list[str] = page.evaluate(_KEPT)
    return found


def width_of(page: Page) -> int:
    """Return how wide the content of the page is, in CSS pixels."""
    page.wait_for_load_state()
    width: int = page.evaluate("document.documentElement.scrollWidth")
    return width


def _build_of(page: Page) -> dict[str, Any]:
    """Return how the page is built, once it is there: elements and what they are, no words."""
    page.wait_for_load_state()
    if page.evaluate("!window.looking"):
        page.evaluate(LOOKING.read_text(encoding="utf-8"))
    found: dict[str, Any] = page.evaluate("looking.build()")
    return found


def _judge(page: Page, rules: dict[str, Any], looks: list[str] | None = None) -> list[str]:
    if page.evaluate("!window.axe"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    asked = "([rules, looks]) => looking.judge(rules, looks)"
    found: list[str] = page.evaluate(asked, [rules, looks])
    return found


def _but(rule: str) -> dict[str, Any]:
    return {"rules": {rule: {"enabled": False}}}


def _only(rule: str) -> dict[str, Any]:
    return {"runOnly": {"type": "rule", "values": [rule]}}
