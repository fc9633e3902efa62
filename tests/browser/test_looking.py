"""What was judged is not judged again, and no fault hides behind that."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.judged import Judged
from tests.browser.looking import DESK, PHONE, faults_by_day_and_night, faults_of

PALE = "color: #ddd; background: #fff"
READABLE = "color: #111; background: #fff"
CONTRAST = ["color-contrast"]


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=DESK)
    yield context.new_page()
    context.close()


def shown(page: Page, *paragraphs: str, around: str = "") -> Page:
    """Show an invented page of these paragraphs."""
    text = "".join(f"<div><p {one}>Texte inventé</p></div>" for one in paragraphs)
    page.set_content(
        "<!doctype html><html lang=fr><title>Invention</title>"
        f"<main {around}><h1>Invention</h1>{text * 20}</main></html>"
    )
    return page


def rules(faults: list[str]) -> list[str]:
    """Return the rules that were broken."""
    return [one.split(":")[0] for one in faults]


def test_a_fault_is_found_as_often_as_it_is_looked_at(page: Page) -> None:
    shown(page, f'style="{PALE}"')
    assert rules(faults_of(page)) == CONTRAST
    assert rules(faults_of(page)) == CONTRAST
    shown(page, f'style="{READABLE}"')
    assert faults_of(page) == []


def test_a_colour_is_judged_in_what_it_stands_in(page: Page) -> None:
    shown(page, 'style="color: #111"', around='style="background: #fff"')
    assert faults_of(page) == []
    shown(page, 'style="color: #111"', around='style="background: #222"')
    assert rules(faults_of(page)) == CONTRAST


def test_a_colour_is_judged_by_what_it_stands_beside(page: Page) -> None:
    beside = "<style>.dark + div p { color: #eee }</style>"
    shown(page, 'class="one"')
    assert faults_of(page) == []
    page.set_content(page.content().replace("<div>", f"{beside}<i class=dark></i><div>", 1))
    assert rules(faults_of(page)) == CONTRAST


def test_each_theme_and_each_width_is_judged(page: Page) -> None:
    pale = '<style id="here">@media (prefers-color-scheme: dark) { p { color: #ddd } }</style>'
    shown(page, 'class="two"')
    page.set_content(page.content().replace("</head>", f"{pale}</head>"))
    found = faults_by_day_and_night(page)
    sizes = [f"at {one['width']} by night" for one in (DESK, PHONE)]
    assert [one.partition(":")[0] for one in found] == sizes


def test_a_text_that_is_off_or_out_of_sight_acquits_no_other(page: Page) -> None:
    shown(page, f'style="{PALE}; position: absolute; left: -999px"')
    assert faults_of(page) == []
    shown(page, f'style="{PALE}"')
    page.set_content(page.content().replace("<p ", "<button disabled ").replace("/p>", "/button>"))
    assert faults_of(page) == []
    shown(page, f'style="{PALE}"')
    assert rules(faults_of(page)) == CONTRAST


def test_every_other_rule_is_judged_by_day(page: Page) -> None:
    shown(page, "")
    faults_of(page)
    page.set_content(page.content().replace("<p>", "<p><img src=''>", 1))
    assert rules(faults_of(page)) == ["image-alt"]
    assert faults_of(page, by_night=True) == []


def test_what_is_built_alike_is_not_judged_again(page: Page) -> None:
    shown(page, 'class="three"')
    assert faults_of(page) == []
    shown(page, 'class="three"').evaluate("window.axe = undefined")
    assert faults_of(page) == []
    assert page.evaluate("window.axe === undefined")


def test_without_a_file_everything_is_new() -> None:
    judged = Judged()
    judged.add(["a part"])
    assert judged.new_in(["a part"]) == ["a part"]
