"""A partner whom the group did not name finds nothing anywhere, nor that there is anything."""

from uuid import UUID

import pytest
from playwright.sync_api import APIResponse, Page, expect

from tests.browser.stage import Stage
from tests.integration.api.program import V1, Program
from tests.scenery import Scene, planted

pytestmark = pytest.mark.parametrize("address", ["sqlite"], indirect=True)
NOBODY = UUID("01930000-0000-7000-8000-00000000dead")
OUTSIDER = "police"


def says_nothing(page: Page) -> bool:
    """Say whether a page holds no word of any case, not even a reference."""
    source = page.content()
    return planted().found_in(source) == [] and "SN-20" not in source


def test_the_lists_of_somebody_not_named_are_empty_and_count_nothing(
    stage: Stage, scene: Scene
) -> None:
    lists = {
        "/": "Aucune action ne vous attend.",
        "/situations": "Aucune situation ne vous est ouverte",
        "/situations?etat=closes": "Aucune situation dans cet état",
        "/actions": "Aucune action ne vous attend",
        "/saisines": "Vous n’avez pas encore fait de saisine",
        f"/seances/{scene.meetings['open']}": "Aucune situation à l’ordre du jour",
        f"/seances/{scene.meetings['closed']}": "Aucune situation à l’ordre du jour",
    }
    with stage.member(OUTSIDER) as page:
        for url, words in lists.items():
            page.goto(url)
            expect(page.get_by_text(words).first).to_be_visible()
            assert says_nothing(page), url
            assert page.locator("main .count, main table").count() == 0, url
    assert stage.faults == []


def test_every_page_of_a_case_is_absent_like_one_that_never_was(stage: Stage, scene: Scene) -> None:
    case_id, action_id = scene.cases["followed"], scene.actions["bridge_place"]
    pages = [
        "/situations/{}",
        "/situations/{}/acces",
        "/situations/{}/information",
        "/situations/{}/cloture",
        "/situations/{}/actions/nouvelle",
        f"/situations/{{}}/actions/{action_id}/compte-rendu",
        "/saisines/{}",
        "/a-traiter/{}",
        f"/seances/{scene.meetings['open']}/situations/{{}}",
    ]
    with stage.member(OUTSIDER) as page:
        for url in pages:
            told = [_bytes_of(page, url.format(one)) for one in (case_id, NOBODY)]
            assert told[0] == told[1], url
            assert told[0][0] == 404, url
            assert planted().found_in(told[0][1]) == []


def _bytes_of(page: Page, url: str) -> tuple[int, bytes, str]:
    answer: APIResponse = page.request.get(url)
    return answer.status, answer.body(), _lasting(answer.headers)


def _lasting(headers: dict[str, str]) -> str:
    return str(sorted(pair for pair in headers.items() if pair[0] not in {"date", "set-cookie"}))


def test_what_a_person_sees_of_it_is_the_page_of_what_does_not_exist(
    stage: Stage, scene: Scene
) -> None:
    with stage.member(OUTSIDER) as page:
        page.goto(f"/situations/{scene.cases['followed']}")
        seen = page.locator("body").inner_text()
        page.goto(f"/situations/{NOBODY}")
        assert page.locator("body").inner_text() == seen
    assert stage.faults == []


def test_a_program_of_theirs_finds_nothing_either(stage: Stage, scene: Scene) -> None:
    program = Program(stage.town, stage.office.app)
    stage.staff.wait(seconds=1)
    headers = {"Authorization": f"Bearer {program.token(OUTSIDER)}"}
    with stage.stranger() as page:
        for place in ("/cases/{}", "/meetings/{}"):
            ids = (scene.cases["followed"], scene.cases["agenda"], NOBODY)
            answers = [page.request.get(V1 + place.format(one), headers=headers) for one in ids]
            assert {one.status for one in answers} == {404}
            assert len({one.body() for one in answers}) == 1
        for place in ("/cases", "/actions", "/referrals", f"/meetings/{scene.meetings['open']}"):
            answer = page.request.get(V1 + place, headers=headers)
            assert answer.status == 200, place
            assert planted().found_in(answer.body()) == []
            assert b"SN-20" not in answer.body(), place
