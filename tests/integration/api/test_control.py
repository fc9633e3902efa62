"""What controls: the register for its officer, forgetting for those who watch and sign."""

from casework.identity import operator
from tests.integration.api.program import Program
from tests.integration.api.test_cases import followed, referred
from tests.integration.api.test_lists import next_of
from tests.town import COUNCIL

REGISTER = "/access-log"


def test_the_officer_finds_who_opened_a_case(program: Program) -> None:
    case_id = followed(program, "school")
    program.get("school", f"/cases/{case_id}")
    school = program.town.members["school"]
    answer = program.get("dpo", f"{REGISTER}?act=case:read&case={case_id}&member={school}")
    lines = answer.json["items"]
    assert [(line["member_id"], line["case_id"]) for line in lines] == [(str(school), case_id)]
    assert lines[0]["at"].endswith("Z")
    assert "Zéphirinquois" not in answer.text


def test_days_are_those_of_the_towns_both_included(program: Program) -> None:
    referred(program)
    found = {
        day: len(program.get("dpo", f"{REGISTER}?act=referral:sent&{day}").json["items"])
        for day in ("since=2026-11-23", "until=2026-11-23", "since=2026-11-24", "until=2026-11-22")
    }
    assert list(found.values()) == [1, 1, 0, 0]


def test_the_register_is_read_by_pages(program: Program) -> None:
    for _ in range(3):
        referred(program)
    first = program.get("dpo", f"{REGISTER}?act=referral:sent&limit=2")
    second = program.get("dpo", next_of(first.headers["Link"]))
    seqs = [line["seq"] for answer in (first, second) for line in answer.json["items"]]
    assert len(seqs) == 3
    assert seqs == sorted(seqs, reverse=True)
    assert "Link" not in second.headers


def test_the_register_is_verified_and_says_so(program: Program) -> None:
    referred(program)
    found = program.post("dpo", f"{REGISTER}/verifications").json
    assert (found["clean"], found["faults"]) == (True, [])
    assert program.get("dpo", REGISTER).json["verified"]["detail"]["faults"] == 0


def test_the_register_is_its_officers(program: Program) -> None:
    for body in ("coordination", "archives", "police"):
        assert program.get(body, REGISTER).status_code == 404
        assert program.post(body, f"{REGISTER}/verifications").status_code == 404


def test_forgetting_is_previewed_and_listed_without_names(program: Program) -> None:
    followed(program)
    preview = program.get("dpo", "/retention-runs/preview")
    assert (preview.status_code, preview.json["day"]) == (200, "2026-11-23")
    for place in ("/elimination-lists", "/certificates"):
        assert program.get("archives", place).json == {"items": []}
        assert program.get("police", place).status_code == 404


def test_a_case_is_held_and_freed(program: Program) -> None:
    case_id = followed(program)
    body = {"reason": "complaint", "until_on": "2027-01-31"}
    held = program.post("dpo", f"/cases/{case_id}/holds", body)
    assert held.status_code == 201
    freed = program.ask("dpo", "DELETE", held.headers["Location"])
    assert freed.status_code == 204


def test_a_program_that_opens_a_decoy_alerts_the_officer_and_learns_nothing(
    program: Program,
) -> None:
    town = program.town
    ordinary = followed(program, "school")
    town.runtime.decoy_service.place(operator(COUNCIL, "root"), town.group_id)
    listed = program.get("coordination", "/cases").json["items"]
    (decoy,) = {one["id"] for one in listed} - {ordinary}
    answers = [program.get("coordination", f"/cases/{one}") for one in (ordinary, decoy)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert sorted(answers[0].json) == sorted(answers[1].json)
    alerts = program.get("dpo", f"{REGISTER}?act=decoy:opened").json["items"]
    who = str(town.members["coordination"])
    assert [(one["member_id"], one["case_id"]) for one in alerts] == [(who, decoy)]
