"""What may not be known is not there: the same bytes, whoever asks and whatever exists."""

from itertools import product
from typing import cast
from uuid import UUID

from casework.audit.actions import Act
from casework.audit.lines import Asked
from casework.web.permissions import Permission
from tests.integration.api.program import V1, Program, Reply
from tests.integration.api.test_cases import followed

NOBODY = UUID("01930000-0000-7000-8000-00000000dead")
ROUTES = [
    ("GET", "/cases/{}", None),
    ("POST", "/cases/{}/contributions", {"text": "Un mot.", "part": "sheet"}),
    ("POST", "/cases/{}/contributions", {"text": "Un mot.", "part": "private"}),
    ("POST", "/cases/{}/closure", {"why": "moved"}),
    ("POST", "/cases/{}/information", {"informed_on": "2026-11-20"}),
    ("POST", "/cases/{}/namings", {"member": str(NOBODY)}),
    ("POST", "/cases/{}/holds", {"reason": "complaint", "until_on": "2027-01-01"}),
    ("POST", "/referrals/{}/acceptance", None),
    ("POST", "/referrals/{}/question", {"text": "Quoi ?"}),
    ("POST", "/referrals/{}/answer", {"text": "Rien."}),
    ("POST", "/referrals/{}/redirection", {"to": "ordinary_service"}),
    ("POST", "/referrals/{}/refusal", None),
    ("DELETE", f"/cases/{{}}/namings/{NOBODY}", None),
]


def test_refused_and_absent_are_the_same_bytes(program: Program) -> None:
    case_id = followed(program, "school")
    asked = product(("police", "landlord", "dpo", "archives"), ROUTES)
    for body, (method, place, sent) in asked:
        if body == "dpo" and place.endswith("/holds"):
            continue
        answers = [
            program.ask(body, method, V1 + place.format(one), json=sent, headers={"If-Match": tag})
            for one in (case_id, NOBODY)
            for tag in ('"1"', '"2"')
        ]
        assert {one.status_code for one in answers} == {404}, place
        assert len({one.data for one in answers}) == 1, place
        assert len({str(sorted(one.headers)) for one in answers}) == 1, place


def test_every_refusal_is_recorded_and_says_why_to_the_officer_alone(program: Program) -> None:
    case_id = followed(program)
    answer = program.get("police", f"/cases/{case_id}")
    asked = Asked(acts=frozenset({Act.ACCESS_REFUSED}), case_id=UUID(case_id))
    lines = program.town.runtime.register.read(program.town.who("dpo"), asked).lines
    # On PostgreSQL the wall of the rows themselves comes first: the case is not even found.
    assert [line.detail["code"] in {"not-admitted", "no-such-case"} for line in lines] == [True]
    assert "not-admitted" not in answer.text
    assert "article" not in answer.text


def test_an_id_that_is_none_is_absent_too(program: Program) -> None:
    case_id = followed(program)
    refused = program.get("police", f"/cases/{case_id}")
    for place in ("/cases/1", "/cases/%00", f"/cases/{case_id}é", "/nowhere"):
        answer = program.get("police", place)
        assert (answer.status_code, answer.data) == (404, refused.data)


def test_a_token_does_what_it_was_made_for(program: Program) -> None:
    case_id = followed(program)
    program.tokens["coordination"] = program.token(
        "coordination", frozenset({Permission.CASE_LIST})
    )
    assert program.get("coordination", "/cases").status_code == 200
    assert program.get("coordination", f"/cases/{case_id}").status_code == 404
    assert program.ask("coordination", "GET", "/api/openapi.json").status_code == 404


def test_nobody_is_told_how_to_come_in(program: Program) -> None:
    for headers in ({}, {"Authorization": "Bearer cw_nothing"}, {"Authorization": "Basic eA=="}):
        answer = cast("Reply", program.client().get(f"{V1}/cases", headers=headers))
        assert (answer.status_code, answer.json["code"]) == (401, "not-signed-in")
        assert answer.headers["WWW-Authenticate"] == 'Bearer realm="casework"'
