"""A family before the council by program: the same service, the same refusals."""

from typing import Any

from tests.families import Families
from tests.integration.api.program import Program, Reply
from tests.walking_by_families import body_of


def refer(program: Program, families: Families, **changed: Any) -> Reply:
    sent = {**body_of(families.group_id), **changed}
    return program.post("college", "/family-referrals", sent, idempotency_key=program.key())


def test_a_program_refers_a_family_and_takes_its_first_step(
    program: Program, families: Families
) -> None:
    answer = refer(program, families)
    assert answer.status_code == 201, answer.text
    place = f"/cases/{answer.json['id']}"
    opened = program.get("families", place).json
    assert [(one["relation"], one["home"]) for one in opened["persons"]] in (
        [("subject", "a"), ("parent", "a")],
        [("parent", "a"), ("subject", "a")],
    )
    checks = {"resident": "yes", "assistance": "yes", "contract": "no"}
    step = {"step": "accept", "answers": checks}
    refused = program.post("families", f"{place}/steps", step, if_match='"1"')
    assert refused.status_code == 409
    assert "375" in refused.text
    checks["assistance"] = "no"
    assert program.post("families", f"{place}/steps", step, if_match='"1"').status_code == 204
    assert program.get("families", place).json["reference"].startswith("FS-")
    assert program.get("housing", place).status_code == 404


def test_a_family_is_referred_to_no_group_of_another_procedure(
    program: Program, families: Families
) -> None:
    elsewhere = refer(program, families, group_id=str(program.town.group_id))
    assert elsewhere.status_code in {404, 422}
