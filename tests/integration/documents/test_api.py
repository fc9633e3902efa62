"""Documents by program: the same tasks, the same words, the same leaves."""

from pathlib import Path
from typing import Any

import pytest

from tests.integration.api.program import Program, Reply, program_of
from tests.integration.documents.conftest import Shelf, change
from tests.leaving import count
from tests.papers import opened, plain_pdf


@pytest.fixture
def program(shelf: Shelf, tmp_path: Path) -> Program:
    return program_of(shelf.town, tmp_path)


def url(shelf: Shelf, more: str = "") -> str:
    return f"/cases/{shelf.case_id}/documents{more}"


def send(program: Program, shelf: Shelf, body: str = "school", **sent: Any) -> Reply:
    told: dict[str, Any] = {"data": plain_pdf(), "content_type": "application/pdf"}
    headers = {"Casework-Title": "Attestation%20invent%C3%A9e", **sent.pop("headers", {})}
    return program.ask(body, "POST", f"/api/v1{url(shelf)}", headers=headers, **{**told, **sent})


def test_a_program_adds_lists_saves_and_removes(program: Program, shelf: Shelf) -> None:
    made = send(program, shelf)
    assert made.status_code == 201
    (one,) = program.get("coordination", url(shelf)).json["items"]
    assert made.headers["Location"] == f"/api/v1{url(shelf)}/{one['id']}"
    assert (one["name"], one["kind"], one["number"]) == ("Attestation inventée", "pdf", 1)
    assert one["removable"]
    saved = program.get("coordination", url(shelf, f"/{one['id']}"))
    assert len(opened(saved.data).pages) == 1
    assert saved.headers["Content-Disposition"].startswith("attachment; filename=")
    assert len(saved.data) == int(one["size"])
    gone = program.ask("school", "DELETE", f"/api/v1{url(shelf)}/{one['id']}")
    assert gone.status_code == 204
    assert program.get("school", url(shelf)).json == {"items": []}


def test_a_file_sent_twice_with_one_key_is_added_once(program: Program, shelf: Shelf) -> None:
    headers, data = {"Idempotency-Key": program.key()}, plain_pdf()
    first, again = (send(program, shelf, headers=headers, data=data) for _ in range(2))
    assert first.json == again.json
    assert count(shelf.town, "documents") == 1
    other = send(program, shelf, headers=headers, data=plain_pdf("Autre"))
    assert (other.status_code, other.json["code"]) == (422, "repeat-key-reused")


@pytest.mark.parametrize(
    ("sent", "status", "code"),
    [
        ({"data": b"GIF89a"}, 422, "invalid-input"),
        ({"data": b""}, 422, "invalid-input"),
        ({"data": bytes(21 * 1024 * 1024)}, 413, "document-too-large"),
        ({"headers": {"Casework-Title": "x" * 121}}, 422, "invalid-input"),
        ({"headers": {"Casework-Title": "%FF%FE"}}, 422, "invalid-input"),
        (
            {"headers": {"Casework-Title": "2%2010%2005%2067%20482%20123%2045"}},
            422,
            "invalid-input",
        ),
    ],
)
def test_what_is_refused_is_a_problem_in_words(
    program: Program, shelf: Shelf, sent: dict[str, Any], status: int, code: str | None
) -> None:
    answer = send(program, shelf, **sent)
    assert (answer.status_code, answer.json.get("code")) == (status, code)


def test_without_the_key_a_program_is_told_the_article_and_nothing_else(
    program: Program, shelf: Shelf
) -> None:
    send(program, shelf, "coordination")
    held = "compartment_id IN (SELECT id FROM compartments WHERE compartment_class='attachments')"
    for table in ("rings", "grants"):
        change(shelf.town, f"DELETE FROM {table} WHERE {held}")
    (one,) = program.get("school", url(shelf)).json["items"]
    assert one["name"]["withheld"] is True
    assert one["size"] == one["kind"] == one["name"]
    answer = program.get("school", url(shelf, f"/{one['id']}"))
    assert (answer.status_code, answer.json["code"]) == (423, "key-pending")


def test_whom_nobody_named_is_told_of_no_case(program: Program, shelf: Shelf) -> None:
    added = shelf.add()
    answers = [
        program.get("police", url(shelf)),
        program.get("police", url(shelf, f"/{added}")),
        send(program, shelf, "police"),
        program.ask("police", "DELETE", f"/api/v1{url(shelf)}/{added}"),
    ]
    assert {(one.status_code, one.json["code"]) for one in answers} == {(404, "not-found")}
