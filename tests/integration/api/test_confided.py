"""What is confided to a few, by program: the same walls, and the same answers for the others."""

import pytest

from tests.confided import MEASURE, SECRET, WHY
from tests.integration.api.program import Program
from tests.integration.api.test_cases import followed, tag_of

pytestmark = pytest.mark.usefixtures("confidants")


def test_social_workers_share_by_program_and_others_read_that_there_is_nothing(
    program: Program,
) -> None:
    case_id = followed(program, "street_work", "social_service", "police")
    url, told = f"/cases/{case_id}/contributions", {"text": SECRET, "part": "social"}
    before = program.get("police", f"/cases/{case_id}").json
    assert program.post("street_work", url, told).status_code == 201
    for body in ("police", "coordination"):
        assert program.post(body, url, told).status_code == 404
    assert program.get("police", f"/cases/{case_id}").json == before
    assert before["social"] == []
    read = program.get("social_service", f"/cases/{case_id}").json
    assert [one["text"] for one in read["social"]] == [SECRET]
    assert read["contributions"] == []
    too_long = {"text": "x" * 401, "part": "social"}
    assert program.post("street_work", url, too_long).status_code == 422


def test_rule_07_a_measure_is_mentioned_and_read_by_program_after_a_reason(
    program: Program,
) -> None:
    case_id = followed(program, "youth_justice", "police", "social_service")
    url, step = f"/cases/{case_id}/measures", {"step": "mention", "answers": MEASURE}
    nothing = program.get("police", f"/cases/{case_id}").json
    assert program.get("coordination", url).status_code == 403
    why = program.post("coordination", f"/cases/{case_id}/reasons", {"words": WHY})
    assert why.status_code == 204
    version = tag_of(program, case_id)
    for body, status in (("police", 404), ("youth_justice", 404), ("coordination", 204)):
        taken = program.post(body, f"/cases/{case_id}/steps", step, if_match=version)
        assert taken.status_code == status, taken.text
    for body in ("coordination", "youth_justice"):
        read = program.get(body, url).json
        assert [one["answers"] for one in read["items"]] == [MEASURE]
        assert program.get(body, f"/cases/{case_id}").json["steps"] == []
    for body in ("police", "social_service", "street_work", "landlord", "dpo"):
        assert program.get(body, url).status_code == 404
    assert program.get("police", f"/cases/{case_id}").json == nothing
    wrong = f"{url}/{program.get('coordination', url).json['items'][0]['id']}"
    for body, status in (("police", 404), ("youth_justice", 404), ("coordination", 204)):
        assert program.ask(body, "DELETE", f"/api/v1{wrong}").status_code == status
    assert program.get("youth_justice", url).json["items"] == []
