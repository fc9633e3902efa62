"""Who opened what, by program."""

from tests.integration.api.program import Program
from tests.integration.api.test_cases import followed
from tests.integration.api.test_lists import next_of


def test_a_program_reads_its_members_trail_and_nobody_elses(program: Program) -> None:
    case_id = followed(program, "school")
    for _ in range(3):
        program.get("school", f"/cases/{case_id}")
    first = program.get("school", "/trail?limit=2")
    second = program.get("school", next_of(first.headers["Link"]))
    found = [*first.json["items"], *second.json["items"]]
    assert [(one["act"], one["case_id"]) for one in found] == [("case:read", case_id)] * 3
    assert sorted(found[0]) == ["act", "at", "case_id", "cases", "reason"]
    assert program.get("police", "/trail").json == {"items": []}
    refused = program.get("school", f"/cases/{case_id}/trail")
    absent = program.get("school", "/cases/01930000-0000-7000-8000-00000000dead/trail")
    assert (refused.status_code, refused.data) == (404, absent.data)


def test_the_officers_tools_make_the_report_and_find_its_code_again(program: Program) -> None:
    case_id = followed(program, "school")
    program.get("school", f"/cases/{case_id}")
    program.town.clock.advance(minutes=2)
    program.get("police", "/trail")
    asked = {"reference": "SN-2026-001", "whom": "subject", "request": "DP-2026-004"}
    report = program.post("dpo", "/reading-reports", asked).json
    bodies = {line["organisation_id"]: line for line in report["lines"]}
    school = bodies[str(program.town.bodies["school"])]
    assert (school["act"], school["count"], school["member_id"]) == ("case:read", 1, None)
    assert (report["copy"], report["names"]) == (1, False)
    code = report["checkpoint"]["code"]
    found = program.get("dpo", f"/access-log/checkpoints?code={code}").json
    assert found == {"checkpoint": report["checkpoint"]}
    assert program.get("dpo", "/access-log/checkpoints?code=AAAAAAAAAA").json == {
        "checkpoint": None
    }
    assert program.post("coordination", "/reading-reports", asked).status_code == 404
    assert program.get("police", f"/access-log/checkpoints?code={code}").status_code == 404
    named = {**asked, "request": "Zéphirinquois"}
    assert program.post("dpo", "/reading-reports", named).status_code == 422


def test_another_reason_is_typed_once_by_a_program_and_then_meant_for_ten_hours(
    program: Program,
) -> None:
    other = {"headers": {"Casework-Reason": "other"}}
    unsaid = program.get("school", "/trail", **other)
    assert unsaid.status_code == 422
    assert "POST /api/v1/reasons" in unsaid.text
    words = {"words": "Reprise des astreintes de nuit"}
    said = program.post("school", "/reasons", words)
    assert (said.status_code, said.json["until"][:10]) == (200, "2026-11-23")
    assert program.get("school", "/trail", **other).status_code == 200
    assert program.get("police", "/trail", **other).status_code == 422
    found = program.get("dpo", "/access-log?act=trail:read").json["items"]
    assert [(one["reason"], one["words"]) for one in found] == [("other", words["words"])]
    too_much = program.post("school", "/reasons", {"words": "pour sa santé"})
    assert too_much.status_code == 422
    program.town.clock.advance(hours=11)
    assert program.get("school", "/trail", **other).status_code == 422
