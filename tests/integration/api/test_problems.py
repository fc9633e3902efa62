"""Every error is a problem document of ours, and never says what was sent."""

import json
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.integration.api.program import V1, Program, referral_body
from tests.integration.api.test_cases import followed

# What is refused before any database is asked is refused alike on both.
pytestmark = pytest.mark.parametrize("address", ["sqlite"], indirect=True)
SECRET = "Zéphirinquoise"
NAME = "Zephirinquois42" * 3


def send(program: Program, text: str | bytes, kind: str = "application/json") -> TestResponse:
    """Send a body as it is."""
    headers = {"Idempotency-Key": program.key()}
    url = f"{V1}/referrals"
    return program.ask("street_work", "POST", url, data=text, content_type=kind, headers=headers)


def checked(answer: TestResponse, status: int, code: str) -> dict[str, Any]:
    """Return the problem document of an answer, looked at."""
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    document: dict[str, Any] = json.loads(answer.data)
    assert (document["status"], document["code"]) == (status, code)
    assert document["type"] == f"/aide/problemes#{code}"
    assert document["title"]
    assert document["detail"]
    assert SECRET not in json.dumps(document, ensure_ascii=False)
    assert NAME not in answer.text
    return document


WRONG_FIELDS: list[dict[str, Any]] = [
    {"fact": SECRET * 200},
    {"fact": f"{SECRET}\x00"},
    {"fact": f"{SECRET}\ud800"},
    {"fact": f"{SECRET}\u202e"},
    {"fact": [SECRET]},
    {"birth_date": SECRET},
    {"birth_date": "2010-02-30"},
    {"birth_date": "2199-01-01"},
    {"birth_date": 20100517},
    {"group_id": SECRET},
    {"group_id": 2**70},
    {"informed": SECRET},
    {"reason": {"code": SECRET}},
    {"commune": "67447" * 9},
    {SECRET: SECRET},
    {NAME: SECRET},
    {"\ud800": SECRET},
    {"family_name": None},
]
WRONG_BODIES: list[str | bytes] = [
    "{",
    "[]",
    "null",
    '"a"',
    "NaN",
    '{"fact": Infinity}',
    '{"fact": "a", "fact": "b"}',
    "[" * 100_000,
    b"\xff\xfe\x00",
    '{"fact": ' + "9" * 5000 + "}",
    "",
]


def test_what_cannot_be_accepted_is_told_without_being_repeated(program: Program) -> None:
    for changed in WRONG_FIELDS:
        text = json.dumps(referral_body(program.town, **changed))
        document = checked(send(program, text), 422, "invalid-input")
        assert all(one["pointer"].startswith("#/") and one["detail"] for one in document["errors"])


def test_a_body_that_is_no_object_is_refused(program: Program) -> None:
    for text in WRONG_BODIES:
        checked(send(program, text), 422, "invalid-input")


def test_only_json_is_read(program: Program) -> None:
    checked(send(program, "fact=a", "application/x-www-form-urlencoded"), 415,
            "unsupported-media-type")  # fmt: skip
    checked(send(program, "x" * 1_100_000), 413, "too-large")


def test_parameters_are_known_and_sent_once(program: Program) -> None:
    case_id = followed(program)
    for place in (
        f"/cases?{NAME}=1",
        f"/cases?nom={SECRET}",
        "/cases?limit=1&limit=2",
        "/cases?limit=0",
        "/cases?limit=51",
        "/cases?limit=-1",
        f"/cases?limit={'9' * 40}",
        f"/cases?state={SECRET}",
        "/cases?state=%ed%a0%80",
        "/cases?cursor=%00",
        f"/cases/{case_id}?{NAME}={SECRET}",
        f"/referrals?list={SECRET}",
    ):
        checked(program.get("coordination", place), 422, "invalid-input")


def test_a_reason_is_of_the_list(program: Program) -> None:
    headers = {"Casework-Reason": "curiosity"}
    checked(program.get("coordination", "/cases", headers=headers), 422, "invalid-input")


def test_a_method_that_is_not_offered_is_told(program: Program) -> None:
    answer = program.ask("coordination", "PUT", f"{V1}/cases")
    checked(answer, 405, "method-not-allowed")
    assert "GET" in answer.headers["Allow"]


def test_codes_outside_the_charter_are_told_by_field(program: Program) -> None:
    body = referral_body(program.town, reason=SECRET, origin=SECRET, delay_reason=SECRET)
    document = checked(send(program, json.dumps(body)), 422, "invalid-input")
    found = {one["pointer"] for one in document["errors"]}
    assert found == {"#/reason", "#/origin", "#/delay_reason"}


def test_an_age_the_charter_does_not_cover_is_a_step_refused(program: Program) -> None:
    body = referral_body(program.town, birth_date="1980-01-01")
    checked(send(program, json.dumps(body)), 409, "step-refused")
