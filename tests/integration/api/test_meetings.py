"""A meeting by program: prepared, opened, attended, decided, closed."""

from typing import Any

from tests.integration.api.program import Program
from tests.integration.api.test_cases import followed, tag_of

KEY = "0b9c2f9e-6e43-4a55-9e0f-3a54a6b6d002"
BODIES = ("coordination", "street_work", "school")


def opened(program: Program, case_id: str) -> str:
    """Prepare and open a meeting about a case, with enough bodies to decide; return its path."""
    body = {"group_id": str(program.town.group_id), "held_on": "2026-11-23", "cases": [case_id]}
    made = program.post("coordination", "/meetings", body)
    assert (made.status_code, made.headers["ETag"]) == (201, '"1"')
    place = made.headers["Location"].removeprefix("/api/v1")
    tag = program.get("coordination", place).headers["ETag"]
    assert program.post("coordination", f"{place}/opening", if_match=tag).status_code == 204
    for name in BODIES:
        there = {"member": str(program.town.members[name]), "present": True}
        assert program.post("coordination", f"{place}/attendance", there).status_code == 204
    return place


def kept(program: Program, case_id: str, **changed: Any) -> dict[str, Any]:
    lead = str(program.town.members["street_work"])
    return {"case_id": case_id, "code": "kept", "lead": lead, **changed}


def test_an_agenda_tells_no_member_who_referred(program: Program) -> None:
    case_id = followed(program, "school")
    agenda = program.get("school", opened(program, case_id)).json["items"]
    assert [one["case"]["id"] for one in agenda] == [case_id]
    assert "referrer_id" not in agenda[0]["case"]


def test_a_case_is_decided_once_with_its_action(program: Program) -> None:
    case_id = followed(program)
    place, tag = opened(program, case_id), tag_of(program, case_id)
    lead = str(program.town.members["street_work"])
    action = {"kind": "meet_person", "lead": lead, "due_on": "2026-12-10"}
    body = kept(program, case_id, action=action)
    url = f"{place}/decisions"
    first, again = (
        program.post("coordination", url, body, if_match=tag, idempotency_key=KEY) for _ in range(2)
    )
    assert (first.status_code, first.json) == (201, {"number": 1})
    assert (again.status_code, again.data) == (201, first.data)
    case = program.get("coordination", f"/cases/{case_id}").json
    assert (case["state"], case["lead_id"]) == ("followed", lead)
    assert [one["code"] for one in case["decisions"]] == ["kept"]
    assert [one["kind"] for one in case["actions"]] == ["meet_person"]


def test_a_decision_needs_a_key_and_a_version(program: Program) -> None:
    case_id = followed(program)
    place = opened(program, case_id)
    body, url = kept(program, case_id), f"{place}/decisions"
    tag = tag_of(program, case_id)
    assert program.post("coordination", url, body, if_match=tag).status_code == 400
    assert program.post("coordination", url, body, idempotency_key=KEY).status_code == 428
    stale = program.post("coordination", url, body, if_match='"1"', idempotency_key=KEY)
    assert (stale.status_code, stale.headers["ETag"]) == (412, tag)


def test_a_meeting_is_read_by_its_group_and_closed(program: Program) -> None:
    case_id = followed(program)
    place = opened(program, case_id)
    body, tag = {"case_id": case_id, "code": "postponed"}, tag_of(program, case_id)
    url = f"{place}/decisions"
    put_off = program.post("coordination", url, body, if_match=tag, idempotency_key=KEY)
    assert (put_off.status_code, put_off.json) == (201, {})
    tag = program.get("coordination", place).headers["ETag"]
    assert program.post("coordination", f"{place}/closing", if_match=tag).status_code == 204
    meeting = program.get("coordination", place).json
    assert (meeting["state"], meeting["quorum"]) == ("closed", 3)
    assert [item["state"] for item in meeting["items"]] == ["postponed"]
    lines = program.get("police", "/meetings").json["items"]
    assert [line["id"] for line in lines] == [meeting["id"]]
    assert program.get("police", place).json["items"] == []
    assert program.get("dpo", place).status_code == 404
