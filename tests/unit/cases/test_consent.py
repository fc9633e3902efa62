"""What a victim's consent lets be written, and where answers do not go together."""

from datetime import date

import pytest

from casework.cases.consent import check_address, covered, disagreements
from casework.cases.procedures.steps import LIVING, CaseState, Standing, Step
from casework.cases.procedures.victim import CONTACT_ONLY, COVERS, RECORDS, VICTIM
from casework.charters.kinds import LISTS_OF_KIND
from casework.charters.vocabulary import CaseKind, ListName
from casework.errors import InvalidInput, StepRefused

AGREED = {
    "consent_by": "victim",
    "consent_scope": "identity_and_needs",
    "age": "34",
    "address_covered": "no",
    "danger_evaluated": "no",
}
TODAY = date(2026, 11, 23)


def test_every_charter_for_victims_holds_the_scopes_that_the_procedure_reads() -> None:
    needed = LISTS_OF_KIND[CaseKind.VICTIM][ListName.CONSENT_SCOPES]
    assert needed == {CONTACT_ONLY, *COVERS}


def test_a_scope_covers_its_own_fields_and_what_nobody_lists_needs_none() -> None:
    recorded = {one.name for fields in RECORDS.values() for one in fields}
    for code, names in COVERS.items():
        assert set(names) <= recorded
        assert all(covered(f"{CONTACT_ONLY},{code}", name) for name in names)
        assert not any(covered(CONTACT_ONLY, name) for name in names)
    assert covered("", "contact_phone")


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"children": "2"}, "children"),
        ({"hidden_address": "ailleurs"}, "hidden_address"),
        ({"address_covered": "yes"}, "hidden_address"),
        ({"consent_scope": f"{CONTACT_ONLY},identity_and_needs"}, "consent_scope"),
        ({"age": "17"}, "consent_by"),
        ({"consent_by": "representative"}, "consent_by"),
        ({"age": "une trentaine"}, "age"),
        ({"age": "²"}, "age"),
        ({"danger_evaluated": "yes"}, "danger_level"),
        ({"danger_by": "gendarmerie"}, "danger_level"),
        ({"danger_level": "characterised"}, "danger_level"),
    ],
)
def test_answers_that_do_not_agree_are_named_by_their_field(
    changed: dict[str, str], field: str
) -> None:
    assert set(disagreements(AGREED | changed)) == {field}
    assert disagreements(AGREED) == {}


def test_a_later_address_is_held_against_what_she_agreed_to() -> None:
    check_address({"address_covered": "no"})
    check_address({"hidden_address": "ailleurs", "address_covered": "yes"})
    with pytest.raises(InvalidInput):
        check_address({"hidden_address": "ailleurs", "address_covered": "no"})


def test_rule_19_a_consent_can_be_withdrawn_wherever_the_referral_stands() -> None:
    reached = {state for state, _ in VICTIM.moves} - {CaseState.SEALED, CaseState.REFUSED}
    assert reached & LIVING
    for state in reached:
        assert VICTIM.take(Step.WITHDRAW, Standing(state, TODAY)) is CaseState.REFUSED


def test_a_step_with_a_form_of_its_own_is_not_taken_beside_it() -> None:
    for step in VICTIM.rules:
        with pytest.raises(StepRefused, match="form-of-its-own"):
            VICTIM.check_plain(step)
    with pytest.raises(StepRefused, match="time-alone"):
        VICTIM.check_plain(Step.CLOSE)
    VICTIM.check_plain(Step.SEAL)
