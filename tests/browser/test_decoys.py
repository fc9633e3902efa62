"""The officer is told of a decoy that was opened, plainly, until they say that they saw it."""

import pytest
from playwright.sync_api import expect

from casework.identity import operator
from tests.browser.looking import faults_of
from tests.browser.stage import Stage
from tests.scenery import Scene, planted
from tests.town import COUNCIL

pytestmark = pytest.mark.parametrize("address", ["sqlite"], indirect=True)


def test_the_officer_sees_who_opened_a_decoy_until_it_is_seen(stage: Stage, scene: Scene) -> None:
    town = stage.town
    town.runtime.decoy_service.place(operator(COUNCIL, "root"), town.group_id)
    with stage.member("coordination") as page:
        page.goto("/situations")
        known = {f"/situations/{one}" for one in scene.cases.values()}
        links = page.locator("main a[href^='/situations/']").all()
        (decoy,) = {str(one.get_attribute("href")) for one in links} - known
        page.goto(decoy)
        assert page.get_by_text("leurre").count() == 0
    with stage.member("dpo") as page:
        page.goto("/")
        alert = page.get_by_role("alert")
        expect(alert.get_by_text("Une situation leurre a été ouverte")).to_be_visible()
        expect(alert.get_by_text("Membre-coordination")).to_be_visible()
        assert faults_of(page) == []
        alert.get_by_role("button", name="Marquer comme vu").click()
        expect(page.get_by_text("Alerte marquée comme vue")).to_be_visible()
        expect(page.locator("tbody tr").filter(has_text="alerte de leurre vue")).to_have_count(1)
        page.goto("/")
        assert page.get_by_text("leurre").count() == 0
        assert planted().found_in(page.content()) == []
    assert stage.faults == []
