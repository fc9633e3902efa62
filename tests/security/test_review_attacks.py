"""A body that owes an answer gets past no route; nobody learns of another body's review."""

import re
from pathlib import Path
from typing import Final
from uuid import UUID

import pytest

from casework.reviews.policy import ANSWER_WITHIN
from casework.web.permissions import BEFORE_REVIEW
from tests.integration.api.program import program_of
from tests.office import Office
from tests.rounds import answer, ask, asked, review_of
from tests.security.test_access_matrix import MATRIX
from tests.town import Town

pytestmark = pytest.mark.parametrize("address", ["sqlite"], indirect=True)
NOBODY: Final = UUID(int=7)
_HOLE: Final = re.compile(r"<[^>]*>")
_NUMBER: Final = re.compile(r"<int[^>]*>")
OPEN: Final = {permission.value for permission in BEFORE_REVIEW}


def routes() -> list[tuple[str, str]]:
    """Return (address, permission) of every page."""
    lines = (line.split() for line in MATRIX.read_text("utf-8").splitlines())
    pages = [(url, mark) for method, url, mark in lines if method == "GET"]
    return [(url, mark) for url, mark in pages if not url.startswith("/api/")]


def suspend(town: Town) -> None:
    """Let the last day to answer pass."""
    town.clock.advance(days=ANSWER_WITHIN.days + 1)
    ask(town)


def test_a_suspended_member_gets_past_no_route_but_help_and_the_answer(office: Office) -> None:
    suspend(asked(office.town))
    for body in ("school", "coordination", "dpo", "archives"):
        desk = office.at(body)
        for url, mark in routes():
            if mark in OPEN or mark.startswith("public:"):
                continue
            found = desk.get(_HOLE.sub(str(NOBODY), _NUMBER.sub("1", url)))
            assert (found.status_code, url) == (403, url)


def test_a_session_and_a_token_of_before_stop_at_once_and_work_again_after(
    office: Office, tmp_path: Path
) -> None:
    town, desk = asked(office.town), office.at("street_work")
    program = program_of(town, tmp_path)
    assert desk.get("/situations").status_code == 200
    assert program.ask("street_work", "GET", "/api/v1/cases").status_code == 200
    suspend(town)
    desk = office.sit("street_work")
    assert desk.get("/situations").status_code == 403
    refused = program.ask("street_work", "GET", "/api/v1/cases")
    assert (refused.status_code, refused.json["code"]) == (403, "review-required")
    answer(town, "street_work")
    review = review_of(town, "street_work")
    town.runtime.reviews.answers.confirm(office.staff.root, review.id, review.version)
    assert desk.get("/situations").status_code == 200
    assert program.ask("street_work", "GET", "/api/v1/cases").status_code == 200


def test_another_bodys_review_is_the_same_as_none(office: Office) -> None:
    town = asked(office.town)
    desk = office.at("school")
    page = desk.get("/revue")
    said = {f"said-{town.members['police']}": "left", "version": "1"}
    other, none = review_of(town, "police").id, NOBODY
    for path in ("/revue/{}", "/revue/{}/confirmation"):
        told = said if path.endswith("{}") else {"version": "1"}
        answers = [desk.press(path.format(one), page, **told) for one in (other, none)]
        assert [one.status_code for one in answers] == [404, 404]
        first, second = (one.text.replace(str(other), str(none)) for one in answers)
        assert re.sub(r'(nonce|value|content)="[^"]*"', "", first) == re.sub(
            r'(nonce|value|content)="[^"]*"', "", second
        )
    assert len(town.who("police").mandates) == 1
    assert desk.get("/revue/organismes").status_code == 404
