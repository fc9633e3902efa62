"""Versions of charters as a program reads them."""

import pytest

from tests.integration.api.program import Program
from tests.integration.charters.revising import approved, sign

pytestmark = pytest.mark.parametrize("address", ["sqlite"], indirect=True)
SOCIAL_READS = (
    'categories = ["prosecutor", "youth_justice"]',
    'categories = ["prosecutor", "youth_justice", "social_service"]',
)


def test_a_program_reads_where_a_text_stands_and_what_it_would_change(program: Program) -> None:
    town = program.town
    town.clock.advance(seconds=1)
    charter_id = approved(town, SOCIAL_READS)
    sign(town, charter_id, "school")
    listed = program.get("school", "/charters").json["items"]
    assert [(one["version"], one["state"], one["groups"]) for one in listed] == [
        ("2", "approved", []),
        ("1", "in_force", ["Groupe inventé"]),
    ]
    whole = program.get("school", f"/charters/{charter_id}").json
    assert {one["function"] for one in whole["approvals"]} == {"coordinator", "dpo"}
    signed = {one["organisation"] for one in whole["signatures"] if one.get("signed_on")}
    assert signed == {str(town.bodies["school"])}
    (right,) = whole["rights"]
    assert (right["turn"], right["who"], right["categories"], right["wanted"]) == (
        "opened",
        "named",
        ["social_service"],
        ["read:judicial"],
    )
    assert len(whole["articles"]) == 19


def test_an_unknown_text_is_not_found(program: Program) -> None:
    unknown = "01930000-0000-7000-8000-0000000000ee"
    assert program.get("school", f"/charters/{unknown}").status_code == 404
