"""What a machine sees on a page: axe's rules, what the browser keeps, how wide it is."""

from pathlib import Path

from playwright.sync_api import Page, ViewportSize

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
DESK: ViewportSize = {"width": 1280, "height": 720}
PHONE: ViewportSize = {"width": 360, "height": 740}
_FAULTS = """
async (rules) => {
  const only = rules.length ? {runOnly: {type: "rule", values: rules}} : {};
  const found = await axe.run(document, {...only, iframes: false, resultTypes: ["violations"]});
  return found.violations.map(
    (one) => `${one.id}: ${one.nodes.map((node) => node.target).join(" ")}`);
}
"""
_KEPT = """
async () => [...Object.values({...localStorage}), ...Object.values({...sessionStorage}),
  ...(await indexedDB.databases()).map((one) => one.name)]
"""
_BUILD = """
() => {
  const spoken = new Set(["action", "aria-controls", "aria-describedby", "aria-labelledby",
    "content", "data-resume", "for", "href", "id", "name", "nonce", "src", "title", "value"]);
  const told = (one) => [one.tagName, ...[...one.attributes]
    .filter((each) => !spoken.has(each.name)).map((each) => `${each.name}=${each.value}`).sort(),
    one.childElementCount || one.textContent.trim() ? "" : "empty"].join(" ");
  return [...document.body.children].map((part) =>
    [part, ...part.querySelectorAll("*")].map(told).join("\\n"));
}
"""


def faults_of(page: Page, *rules: str) -> list[str]:
    """Return what axe says against the page as it is shown now, by some rules or by all."""
    if page.evaluate("!window.axe"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[str] = page.evaluate(_FAULTS, list(rules))
    return found


def faults_by_day_and_night(page: Page, *, judged: bool = True) -> list[str]:
    """Return what is wrong on a desk and on a telephone: every rule by day, the colours by night.

    Not `judged`: what depends on the words alone, the width.
    """
    found: list[str] = []
    for size in (DESK, PHONE):
        if page.viewport_size != size:
            page.set_viewport_size(size)
        where = f"at {size['width']}"
        found += [f"{where}: scrolls sideways"] if width_of(page) > size["width"] else []
        if judged:
            found += [f"{where}: {fault}" for fault in faults_of(page)]
            page.emulate_media(color_scheme="dark")
            found += [f"{where} by night: {fault}" for fault in faults_of(page, "color-contrast")]
            page.emulate_media(color_scheme="light")
    page.set_viewport_size(DESK)
    return found


def build_of(page: Page) -> list[str]:
    """Return how each part of the page is built: elements and what they are, without the words."""
    found: list[str] = page.evaluate(_BUILD)
    return found


def kept_by(page: Page) -> list[str]:
    """Return everything that the browser stores for the service, its cookies aside."""
    found: list[str] = page.evaluate(_KEPT)
    return found


def width_of(page: Page) -> int:
    """Return how wide the content of the page is, in CSS pixels."""
    width: int = page.evaluate("document.documentElement.scrollWidth")
    return width
