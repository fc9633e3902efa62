"""A change names the version it starts from, and the later of two is told so."""

from concurrent.futures import ThreadPoolExecutor

from tests.integration.api.program import Program
from tests.integration.api.test_cases import followed, referred, tag_of

WHY = {"why": "moved"}


def test_a_change_without_a_version_is_refused(program: Program) -> None:
    case_id = followed(program)
    for headers in ({}, {"if_match": "*"}, {"if_match": " "}):
        answer = program.post("coordination", f"/cases/{case_id}/closure", WHY, **headers)
        assert (answer.status_code, answer.json["code"]) == (428, "precondition-required")


def test_a_stale_version_is_told_the_current_one(program: Program) -> None:
    case_id = followed(program)
    current = tag_of(program, case_id)
    answer = program.post("coordination", f"/cases/{case_id}/closure", WHY, if_match='"1"')
    assert (answer.status_code, answer.json["code"]) == (412, "precondition-failed")
    assert answer.headers["ETag"] == current != '"1"'


def test_what_is_no_tag_of_ours_matches_nothing(program: Program) -> None:
    case_id = referred(program)
    place = f"/referrals/{case_id}/acceptance"
    for tag in ('W/"1"', "1", '"1", "2"', '"01"', '"9999999999"', '"-1"', "é"):
        assert program.post("coordination", place, if_match=tag).status_code == 412
    assert program.get("coordination", f"/cases/{case_id}").json["state"] == "referred"


def test_of_changes_at_once_one_wins_and_the_others_are_told(program: Program) -> None:
    case_id = followed(program)
    tag = tag_of(program, case_id)
    program.get("coordination", "/cases")

    def inform(day: int) -> int:
        place, told = f"/cases/{case_id}/information", {"informed_on": f"2026-11-0{day + 1}"}
        return program.post("coordination", place, told, if_match=tag).status_code

    with ThreadPoolExecutor(6) as pool:
        found = sorted(pool.map(inform, range(6)))
    assert found == [204, 412, 412, 412, 412, 412]


def test_a_step_that_the_procedure_refuses_is_a_conflict(program: Program) -> None:
    case_id = followed(program)
    tag = tag_of(program, case_id)
    answer = program.post("coordination", f"/referrals/{case_id}/acceptance", if_match=tag)
    assert (answer.status_code, answer.json["code"]) == (409, "step-refused")


def test_a_member_named_twice_at_once_is_named(program: Program) -> None:
    case_id = followed(program)
    body = {"member": str(program.town.members["school"])}
    program.get("coordination", "/cases")

    def name(_: int) -> int:
        return program.post("coordination", f"/cases/{case_id}/namings", body).status_code

    with ThreadPoolExecutor(6) as pool:
        found = set(pool.map(name, range(6)))
    assert 201 in found
    assert found <= {201, 409}
    assert len(program.get("coordination", f"/cases/{case_id}").json["namings"]) == 1
