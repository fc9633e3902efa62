"""Law note 9.4, rule 7: a judicial measure, by its nature and dates, for those who may know."""

from uuid import UUID

import pytest

from casework.audit.actions import Act
from casework.audit.lines import Asked
from casework.audit.verify import Extent
from casework.errors import AccessDenied, InvalidInput, ReasonRequired, StepRefused
from casework.identity import Principal, Reason
from tests.confided import (
    MEASURE,
    coordinator,
    keys_to,
    lead,
    measures,
    mention,
    named_on,
    settle,
    state,
)
from tests.leaving import unname
from tests.town import Town

pytestmark = pytest.mark.usefixtures("confidants")
WITHDRAWN = Asked(acts=frozenset({Act.MEASURE_WITHDRAWN}))
STRANGERS = ("police", "school", "landlord", "mission", "social_service", "street_work")
"""Named and not leading, none of them may know that a measure exists."""


def answers(town: Town, case_id: object, body: str) -> list[object]:
    return [one.answers for one in measures(town, case_id, body).steps]  # type: ignore[arg-type]


def test_rule_07_the_coordination_mentions_a_measure_and_justice_named_reads_it(
    town: Town,
) -> None:
    case_id = named_on(town, "prosecutor", "youth_justice")
    mention(town, case_id)
    for body in ("coordination", "prosecutor", "youth_justice"):
        assert answers(town, case_id, body) == [MEASURE]


@pytest.mark.parametrize("body", STRANGERS)
def test_rule_07_others_who_are_named_learn_neither_what_it_is_nor_that_it_exists(
    town: Town, body: str
) -> None:
    case_id = named_on(town, *STRANGERS)
    before = _seen(town, case_id, body)
    mention(town, case_id)
    assert _seen(town, case_id, body) == before
    assert keys_to(town, case_id, body, "judicial") == 0
    with pytest.raises(AccessDenied) as some:
        measures(town, case_id, body)
    with pytest.raises(AccessDenied) as none:
        measures(town, named_on(town, *STRANGERS), body)
    assert some.value.reason == none.value.reason


def _seen(town: Town, case_id: object, body: str) -> tuple[object, ...]:
    file = town.runtime.cases.read(town.who(body), Reason.DUTY, case_id)  # type: ignore[arg-type]
    asked = Asked(acts=frozenset({Act.CASE_READ}))
    lines = town.runtime.register.read(town.who("dpo"), asked).lines
    line = next(one for one in lines if one.member_id == town.members[body])
    return file.head, file.steps, file.shared, file.parts, file.may, dict(line.detail)


def test_rule_07_reading_the_case_itself_never_opens_it(town: Town) -> None:
    case_id = named_on(town, "youth_justice")
    mention(town, case_id)
    for who in (coordinator(town), town.who("youth_justice")):
        file = town.runtime.cases.read(who, Reason.DUTY, case_id)
        assert file.steps == ()
        assert "judicial" not in {one.compartment_class for one in file.parts}


def test_rule_07_what_the_follow_up_does_not_need_is_not_written(town: Town) -> None:
    case_id = named_on(town)
    with pytest.raises(StepRefused) as refused:
        mention(town, case_id, {**MEASURE, "needed": "no"})
    assert (refused.value.reason, refused.value.source) == (
        "measure-unneeded",
        "CNIL 2014-262, art. 3",
    )
    assert measures(town, case_id, "coordination").steps == ()


@pytest.mark.parametrize(
    "changed",
    [
        {"measure": "vol avec violences"},
        {"measure": "socio_judicial"},
        {"needed_because": "il est dangereux"},
        {"ground": "Vol"},
        {"measure_from": ""},
        {"needed": ""},
    ],
)
def test_rule_07_there_is_no_field_for_an_offence(town: Town, changed: dict[str, str]) -> None:
    case_id = named_on(town)
    with pytest.raises(InvalidInput):
        mention(town, case_id, {**MEASURE, **changed})


def test_a_measure_does_not_end_before_it_begins(town: Town) -> None:
    case_id = named_on(town)
    with pytest.raises(StepRefused):
        mention(town, case_id, {**MEASURE, "measure_until": "2026-09-01"})
    mention(town, case_id, {**MEASURE, "measure_from": "2027-01-01", "measure_until": ""})


def test_the_coordination_types_a_reason_for_the_case_first(town: Town) -> None:
    case_id = named_on(town)
    with pytest.raises(ReasonRequired):
        measures(town, case_id, "coordination")
    with pytest.raises(ReasonRequired):
        mention(town, case_id, who=coordinator(town))
    mention(town, case_id)
    assert answers(town, case_id, "coordination") == [MEASURE]
    town.clock.advance(minutes=31)
    with pytest.raises(ReasonRequired):
        measures(town, case_id, "coordination")


def test_each_opening_leaves_one_line_with_the_words_typed(town: Town) -> None:
    case_id = named_on(town, "youth_justice")
    mention(town, case_id)
    measures(town, case_id, "coordination")
    measures(town, case_id, "youth_justice")
    asked = Asked(acts=frozenset({Act.MEASURE_READ, Act.MEASURE_MENTIONED}))
    lines = town.runtime.register.read(town.who("dpo"), asked).lines
    told = [(one.act, "words" in one.detail) for one in reversed(lines)]
    mentioned, opened = Act.MEASURE_MENTIONED, Act.MEASURE_READ
    assert told == [(mentioned, True), (opened, True), (opened, False)]
    assert not any("judicial_supervision" in str(one) for one in lines)


@pytest.mark.parametrize("body", ["prosecutor", "youth_justice"])
def test_nobody_but_the_coordination_mentions_one(town: Town, body: str) -> None:
    case_id = named_on(town, body)
    with pytest.raises(AccessDenied):
        mention(town, case_id, who=town.who(body))


def test_the_lead_of_social_action_reads_it_for_as_long_as_they_lead(town: Town) -> None:
    case_id = named_on(town, "street_work", "social_service")
    mention(town, case_id)
    lead(town, case_id, "street_work")
    assert answers(town, case_id, "street_work") == [MEASURE]
    assert keys_to(town, case_id, "social_service", "judicial") == 0
    lead(town, case_id, "social_service")
    assert answers(town, case_id, "social_service") == [MEASURE]
    assert keys_to(town, case_id, "street_work", "judicial") == 0
    with pytest.raises(AccessDenied):
        measures(town, case_id, "street_work")


def test_whoever_is_named_later_receives_the_key_with_the_naming(town: Town) -> None:
    case_id = named_on(town)
    mention(town, case_id)
    town.name(case_id, "prosecutor")
    assert answers(town, case_id, "prosecutor") == [MEASURE]
    unname(town, case_id, "prosecutor")
    assert keys_to(town, case_id, "prosecutor", "judicial") == 0
    mention(town, case_id, {**MEASURE, "measure": "placement"})
    settle(town)
    assert len(answers(town, case_id, "coordination")) == 2


def test_a_mention_leaves_the_case_as_it_was(town: Town) -> None:
    case_id = named_on(town)
    state(town, case_id)
    before = town.runtime.cases.read(coordinator(town), Reason.DUTY, case_id).head
    mention(town, case_id)
    assert town.runtime.cases.read(coordinator(town), Reason.DUTY, case_id).head == before


def withdraw(town: Town, case_id: UUID, mention_id: UUID, who: Principal | None = None) -> None:
    town.runtime.measures.withdraw(who or coordinator(town), Reason.DUTY, case_id, mention_id)


def ids(town: Town, case_id: UUID) -> list[UUID]:
    return [one.id for one in measures(town, case_id, "coordination").steps]


def test_a_mention_that_is_wrong_is_withdrawn_and_another_stays(town: Town) -> None:
    case_id = named_on(town, "youth_justice")
    mention(town, case_id, {**MEASURE, "measure": "placement"})
    mention(town, case_id)
    wrong, right = ids(town, case_id)
    withdraw(town, case_id, wrong)
    assert ids(town, case_id) == [right]
    assert answers(town, case_id, "youth_justice") == [MEASURE]
    line = town.runtime.register.read(town.who("dpo"), WITHDRAWN).lines[0]
    assert (line.case_id, line.outcome, "words" in line.detail) == (case_id, "allowed", True)
    found = town.runtime.register.verify(town.who("dpo"), Extent(rows=True))
    assert found.clean


def test_only_who_may_mention_one_withdraws_it_after_typing_a_reason(town: Town) -> None:
    case_id = named_on(town, "youth_justice", "prosecutor")
    mention(town, case_id)
    (one,) = ids(town, case_id)
    for body in ("youth_justice", "prosecutor", "police"):
        with pytest.raises(AccessDenied):
            withdraw(town, case_id, one, town.who(body))
    town.clock.advance(minutes=31)
    with pytest.raises(ReasonRequired):
        withdraw(town, case_id, one)
    state(town, case_id)
    assert ids(town, case_id) == [one]


def test_nothing_but_a_mention_of_this_case_is_withdrawn(town: Town) -> None:
    case_id, other = named_on(town), named_on(town)
    mention(town, case_id)
    (one,) = ids(town, case_id)
    state(town, other)
    for place, step in ((other, one), (other, other)):
        with pytest.raises(AccessDenied):
            withdraw(town, place, step)
    state(town, case_id)
    withdraw(town, case_id, one)
    with pytest.raises(AccessDenied):
        withdraw(town, case_id, one)
