"""Letters by program: the same tasks, the same numbers, once for each key."""

import base64
from pathlib import Path

import pytest

from casework.letters.kinds import LetterKind
from tests.gathering import accepted, fact, rows, today
from tests.integration.api.program import Program, program_of
from tests.letters import said_in
from tests.town import Town

KIND = LetterKind.INFORMATION_REPRESENTATIVES


@pytest.fixture
def program(town: Town, tmp_path: Path) -> Program:
    return program_of(town, tmp_path)


def body(**changed: str) -> dict[str, object]:
    typed = {name.value: words for name, words in said_in(KIND).items()}
    return {"kind": KIND.value, "format": "odt", "fields": {**typed, **changed}}


def test_a_letter_is_issued_read_and_marked_by_program(town: Town, program: Program) -> None:
    case_id = accepted(town)
    letters, key = f"/cases/{case_id}/letters", program.key()
    made = program.post("coordination", letters, body(), idempotency_key=key)
    again = program.post("coordination", letters, body(), idempotency_key=key)
    assert (made.status_code, made.json) == (again.status_code, again.json)
    assert rows(town, "letters") == 1
    at = f"{letters}/{made.json['id']}"
    read = program.get("coordination", at)
    assert (read.json["kind"], read.headers["ETag"]) == (KIND.value, '"2"')
    assert read.json["fields"]["reference"] == f"SN-{today(town).year}-C001"
    kept = program.get("coordination", f"{at}/file").json
    assert base64.b64decode(kept["content"]).startswith(b"PK")
    said = {"state": "sent", "on": today(town).isoformat(), "inform": True}
    assert program.post("coordination", f"{at}/state", said).status_code == 428
    assert program.post("coordination", f"{at}/state", said, if_match='"1"').status_code == 412
    assert program.post("coordination", f"{at}/state", said, if_match='"2"').status_code == 204
    assert str(fact(town, case_id, "informed_on")) == today(town).isoformat()
    listed = program.get("coordination", "/letters").json["items"]
    assert [(one["state"], one["kind"]) for one in listed] == [("sent", KIND.value)]
    assert program.get("coordination", letters).json["items"] == listed


def test_faults_are_said_by_field_and_others_meet_nothing(town: Town, program: Program) -> None:
    case_id = accepted(town)
    letters = f"/cases/{case_id}/letters"
    key = program.key()
    wrong = program.post("coordination", letters, body(personne=""), idempotency_key=key)
    assert wrong.status_code == 422
    assert [one["pointer"] for one in wrong.json["errors"]] == ["#/personne"]
    for other in ("police", "landlord"):
        refused = program.post(other, letters, body(), idempotency_key=program.key())
        assert refused.status_code == 404
        assert program.get(other, letters).status_code == 404
        assert program.get(other, "/letters").json["items"] == []
