import json
import logging
from uuid import UUID

import pytest
from flask import Flask
from werkzeug.exceptions import Gone, ImATeapot, TooManyRequests
from werkzeug.test import TestResponse

from casework import errors
from casework.errors import AccessDenied, CaseworkError, InvalidInput, TooManyAttempts, Unavailable
from casework.web.problem_table import PROBLEMS
from tests.unit.web.house import House, page, turned_out

SECRET = "Camille EXEMPLE"


class Locked(Exception):
    """A library's error that web does not know."""


def failing(error: Exception) -> House:
    def fail() -> str:
        raise error

    def add(app: Flask) -> None:
        page(app, "/page", fail)
        page(app, "/api/v1/thing", fail)

    return House(add, {Locked: lambda _: Unavailable(after=7)})


def document(error: Exception) -> TestResponse:
    return failing(error).client().get("/api/v1/thing")


def subclasses(kind: type[CaseworkError]) -> list[type[CaseworkError]]:
    return [kind, *(one for child in kind.__subclasses__() for one in subclasses(child))]


@pytest.mark.parametrize("kind", subclasses(CaseworkError), ids=lambda kind: kind.__name__)
def test_every_error_of_ours_has_its_line_in_the_table(kind: type[CaseworkError]) -> None:
    assert kind.code in PROBLEMS


def test_the_table_holds_nothing_but_what_can_happen() -> None:
    from_http = {"bad-request", "method-not-allowed", "precondition-failed"}
    from_http |= {"too-large", "unsupported-media-type"}
    assert set(PROBLEMS) == {kind.code for kind in subclasses(CaseworkError)} | from_http


def test_a_document_follows_rfc_9457() -> None:
    answer = document(InvalidInput({"lines.0.label": ["Ce champ est nécessaire."]}))
    assert answer.status_code == 422
    assert answer.mimetype == "application/problem+json"
    assert json.loads(answer.data) == {
        "type": "/aide/problemes#invalid-input",
        "title": "Certains champs sont à reprendre",
        "status": 422,
        "code": "invalid-input",
        "detail": PROBLEMS["invalid-input"].advice,
        "errors": [{"pointer": "#/lines/0/label", "detail": "Ce champ est nécessaire."}],
    }


def test_a_page_becomes_a_document_when_json_is_preferred() -> None:
    client = failing(AccessDenied("case:read", "policy")).client()
    accept = {"Accept": "application/json"}
    assert client.get("/page", headers=accept).mimetype == "application/problem+json"
    assert client.get("/page").mimetype == "text/html"


def test_refused_and_absent_are_the_same_bytes_and_headers() -> None:
    def read(case_id: UUID) -> str:
        raise AccessDenied("case:read", "policy", subject=str(case_id), article="5")

    def add(app: Flask) -> None:
        page(app, "/situations/<uuid:case_id>", read)

    house = House(add)
    client = house.client()
    client.get("/token")
    answers = [
        client.get(f"/situations/{UUID(int=9)}"),
        client.get(f"/situations/{UUID(int=8)}"),
        client.get("/situations/not-an-id"),
        client.get("/nowhere"),
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.data for answer in answers}) == 1
    assert len({str(sorted(answer.headers)) for answer in answers}) == 1


def test_an_unknown_error_says_nothing_and_leaves_a_reference(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.ERROR):
        answer = document(ValueError(SECRET))
    body = json.loads(answer.data)
    reference = body["instance"].removeprefix("urn:casework:incident:")
    assert answer.status_code == 500
    assert body["code"] == "internal"
    assert SECRET not in answer.text + caplog.text
    assert f"incident {reference}: ValueError at test_problems.py" in caplog.text


def test_a_gap_in_the_trail_is_an_alert(caplog: pytest.LogCaptureFixture) -> None:
    assert document(errors.AuditGap(SECRET)).status_code == 500
    assert [record.levelno for record in caplog.records] == [logging.CRITICAL]


@pytest.mark.parametrize(
    ("error", "after"),
    [(TooManyAttempts(90), "90"), (Unavailable(after=0), "1"), (Locked(), "7")],
)
def test_who_must_wait_is_told_how_long(error: Exception, after: str) -> None:
    assert document(error).headers["Retry-After"] == after


def test_an_error_of_a_library_is_said_with_our_words() -> None:
    assert json.loads(document(Locked(SECRET)).data)["code"] == "unavailable"


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (Gone(), 410, "bad-request"),
        (ImATeapot(), 418, "bad-request"),
        (TooManyRequests(), 429, "too-many-attempts"),
    ],
)
def test_errors_of_http_keep_their_status(error: Exception, status: int, code: str) -> None:
    answer = document(error)
    assert answer.status_code == status
    assert json.loads(answer.data)["code"] == code


def test_a_wrong_method_says_which_are_allowed() -> None:
    answer = (
        failing(ValueError()).client().delete("/page", headers={"Sec-Fetch-Site": "same-origin"})
    )
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


def test_a_fragment_is_answered_to_a_part_of_a_page() -> None:
    house = failing(ValueError())
    house.who = turned_out()
    part = house.client().get("/page", headers={"HX-Request-Type": "partial"})
    assert part.status_code == 401
    assert part.text.startswith("<span")
    assert "Votre texte reste à l’écran" in part.text


def test_a_frame_that_cannot_be_drawn_still_leaves_a_page(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def navigation() -> dict[str, object]:
        raise Locked(SECRET)

    def fail() -> str:
        raise Unavailable

    def add(app: Flask) -> None:
        app.context_processor(navigation)
        page(app, "/page", fail)

    answer = House(add).client().get("/page")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"
    assert "Rien n’a été ouvert ni enregistré." in answer.text
    assert "Locked at" in caplog.text
    assert SECRET not in answer.text + caplog.text


def test_every_problem_has_its_place_in_the_help() -> None:
    text = failing(ValueError()).client().get("/aide/problemes").text
    assert all(f'id="{code}"' in text for code in PROBLEMS)
