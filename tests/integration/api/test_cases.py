"""The main job by program, with the leaves and the walls that pages have."""

from datetime import date
from uuid import UUID

from casework.audit.actions import Act
from casework.audit.lines import Asked
from casework.charters.vocabulary import CharterAct
from casework.identity import Reason
from tests.integration.api.program import Program, referral_body

SHUT = {"withheld": True, "article": "5"}


def referred(program: Program) -> str:
    """Send a referral, a second after the one before, and return the id of its case."""
    program.town.clock.advance(seconds=1)
    answer = program.refer()
    assert answer.status_code == 201, answer.text
    return str(answer.json["id"])


def followed(program: Program, *named: str) -> str:
    """Send a referral, accept it and name the members of some bodies."""
    case_id = referred(program)
    accepted = program.post("coordination", f"/referrals/{case_id}/acceptance", if_match='"1"')
    assert accepted.status_code == 204, accepted.text
    for body in named:
        member = {"member": str(program.town.members[body])}
        assert program.post("coordination", f"/cases/{case_id}/namings", member).status_code == 201
    return case_id


def tag_of(program: Program, case_id: str) -> str:
    return program.get("coordination", f"/cases/{case_id}").headers["ETag"]


def test_a_referral_is_found_where_the_answer_says(program: Program) -> None:
    answer = program.refer()
    assert answer.headers["Location"] == f"/api/v1/cases/{answer.json['id']}"
    assert answer.headers["ETag"] == '"1"'
    case = program.get("coordination", f"/cases/{answer.json['id']}").json
    assert [one["family_name"] for one in case["persons"]] == ["Zéphirinquois"]
    assert case["referral"]["reporter"] == "Mme Corbinguy"
    assert case["referral"]["words"] is None


def test_rule_08_a_program_refers_one_person_at_a_time_in_the_name_of_a_member(
    program: Program,
) -> None:
    one = referral_body(program.town)
    several = program.post("street_work", "/referrals", [one, one], idempotency_key=program.key())
    assert several.status_code == 422
    assert program.get("coordination", "/referrals?list=waiting").json["items"] == []
    case_id = referred(program)
    case = program.get("coordination", f"/cases/{case_id}").json
    assert case["referral"]["referrer_id"] == str(program.town.members["street_work"])


def test_what_stays_shut_says_so_and_names_its_article(program: Program) -> None:
    case_id = followed(program, "school")
    case = program.get("school", f"/cases/{case_id}").json
    assert case["persons"][0]["given_name"] == "Maïlys"
    assert case["referral"]["reason"] == "truancy"
    assert [case["referral"][name] for name in ("origin", "reporter")] == [SHUT, SHUT]
    shut = [part for part in case["parts"] if not part["open"]]
    assert [(part["class"], part["article"]) for part in shut] == [("origin", "5")]


def test_no_answer_tells_a_named_member_who_referred(program: Program) -> None:
    case_id = followed(program, "school")
    referrer = str(program.town.members["street_work"])
    for place in (f"/cases/{case_id}", "/cases"):
        assert referrer not in program.get("school", place).text
    known = program.get("coordination", f"/cases/{case_id}").json["referral"]["referrer_id"]
    assert known == referrer
    assert program.get("school", f"/cases/{case_id}").json["referral"]["referrer_id"] == SHUT


def test_a_program_leaves_the_leaves_of_a_page(program: Program) -> None:
    case_id = UUID(referred(program))
    headers = {"Casework-Reason": "meeting"}
    program.get("coordination", f"/cases/{case_id}", headers=headers)
    officer = program.town.who("dpo")
    page = program.town.runtime.register.read(officer, Asked(acts=frozenset({Act.CASE_READ})))
    line = page.lines[0]
    assert (line.case_id, line.reason) == (case_id, Reason.MEETING)
    assert line.session.startswith("token-")


def test_a_question_is_answered(program: Program) -> None:
    case_id = referred(program)
    place = f"/referrals/{case_id}"
    asked = program.post("coordination", f"{place}/question", {"text": "Depuis ?"}, if_match='"1"')
    assert asked.status_code == 204
    tag = program.get("street_work", f"/cases/{case_id}").headers["ETag"]
    said = program.post("street_work", f"{place}/answer", {"text": "Un mois."}, if_match=tag)
    assert said.status_code == 204
    referral = program.get("coordination", f"/cases/{case_id}").json["referral"]
    assert (referral["question"], referral["answer"]) == ("Depuis ?", "Un mois.")


def test_referrals_that_wait_are_listed_without_names(program: Program) -> None:
    case_id = referred(program)
    waiting = program.get("coordination", "/referrals?list=waiting").json["items"]
    mine = program.get("street_work", "/referrals").json["items"]
    assert [one["id"] for one in waiting] == [one["id"] for one in mine] == [case_id]
    assert "family_name" not in waiting[0]


def test_one_writes_for_all_or_for_one_service(program: Program) -> None:
    case_id = followed(program, "school")
    place = f"/cases/{case_id}/contributions"
    shared = program.post("school", place, {"text": "Pour tous.", "part": "sheet"})
    kept = program.post("school", place, {"text": "Pour nous.", "part": "private"})
    own = program.get("school", f"/cases/{case_id}").json
    others = program.get("coordination", f"/cases/{case_id}").json
    assert [one["id"] for one in own["contributions"]] == [shared.json["id"]]
    assert [(one["id"], one["text"]) for one in own["notes"]] == [(kept.json["id"], "Pour nous.")]
    assert others["notes"] == []


def test_an_action_is_opened_listed_and_reported(program: Program) -> None:
    case_id = followed(program, "school")
    wanted = {"kind": "school_contact", "detail": "Bilan", "due_on": "2026-12-03"}
    lead = {"lead": str(program.town.members["school"])}
    made = program.post("coordination", f"/cases/{case_id}/actions", {**wanted, **lead})
    assert (made.status_code, made.headers["ETag"]) == (201, '"1"')
    own = program.get("school", "/actions").json["items"]
    assert [(one["id"], one["detail"]) for one in own] == [(made.json["id"], "Bilan")]
    done, place = {"state": "done", "text": "Fait."}, f"/actions/{made.json['id']}/report"
    assert program.post("school", place, done, if_match='"1"').status_code == 204
    actions = program.get("coordination", f"/cases/{case_id}").json["actions"]
    assert [(one["state"], one["outcome"]) for one in actions] == [("done", "Fait.")]


def test_a_naming_ends(program: Program) -> None:
    case_id = followed(program, "school")
    member = program.town.members["school"]
    assert CharterAct.NAME in program.get("coordination", f"/cases/{case_id}").json["may"]
    ended = program.ask("coordination", "DELETE", f"/api/v1/cases/{case_id}/namings/{member}")
    assert ended.status_code == 204
    assert program.get("school", f"/cases/{case_id}").status_code == 404


def test_a_case_is_informed_then_closed(program: Program) -> None:
    case_id = followed(program)
    day, place = {"informed_on": "2026-11-20"}, f"/cases/{case_id}"
    informed = program.post(
        "coordination", f"{place}/information", day, if_match=tag_of(program, case_id)
    )
    assert informed.status_code == 204
    why = {"why": "moved"}
    closed = program.post(
        "coordination", f"{place}/closure", why, if_match=tag_of(program, case_id)
    )
    assert closed.status_code == 204
    asked = program.get("coordination", place)
    assert (asked.status_code, asked.json["code"]) == (403, "reason-required")
    words = {"words": "La famille demande où en est le dossier"}
    assert program.post("coordination", f"{place}/reasons", words).status_code == 204
    case = program.get("coordination", place).json
    assert (case["state"], case["informed_on"]) == ("closed", "2026-11-20")
    assert case["closed_on"] == date(2026, 11, 23).isoformat()


def test_a_referral_not_kept_is_gone(program: Program) -> None:
    case_id = referred(program)
    to = {"to": "family_council"}
    gone = program.post("coordination", f"/referrals/{case_id}/redirection", to, if_match='"1"')
    assert gone.status_code == 204
    other = referred(program)
    refused = program.post("coordination", f"/referrals/{other}/refusal", if_match='"1"')
    assert refused.status_code == 204
    for one in (case_id, other):
        assert program.get("coordination", f"/cases/{one}").status_code == 404
