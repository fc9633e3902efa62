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


def faults_of(page: Page, *rules: str) -> list[str]:
    """Return what axe says against the page as it is shown now, by some rules or by all."""
    if page.evaluate("!window.axe"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[str] = page.evaluate(_FAULTS, list(rules))
    return found


def kept_by(page: Page) -> list[str]:
    """Return everything that the browser stores for the service, its cookies aside."""
    found: list[str] = page.evaluate(_KEPT)
    return found


def width_of(page: Page) -> int:
    """Return how wide the content of the page is, in CSS pixels."""
    width: int = page.evaluate("document.documentElement.scrollWidth")
    return width
