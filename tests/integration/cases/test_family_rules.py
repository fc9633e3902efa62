"""What the law asks of a family council: its children, its commune, information, support."""

from dataclasses import replace
from datetime import date

import pytest

from casework.cases.orders import Asked
from casework.cases.procedures.family_council import NOTIFICATIONS
from casework.cases.procedures.steps import CaseState, Step
from casework.errors import AccessDenied, StepRefused
from casework.identity import Reason
from tests.families import BROTHER, CHILD, MOTHER, SUPPORT, Families
from tests.gathering import fact, wait


def test_every_child_of_a_household_is_of_an_age_that_the_charter_covers(
    families: Families,
) -> None:
    grown = replace(BROTHER, birth_date=date(2007, 1, 1))
    with pytest.raises(StepRefused, match="age-outside"):
        families.refer(persons=(CHILD, grown, MOTHER))
    with pytest.raises(StepRefused, match="birth-date-missing"):
        families.refer(persons=(CHILD, replace(BROTHER, birth_date=None), MOTHER))


def test_of_several_children_the_earliest_birthday_ends_what_is_kept(families: Families) -> None:
    case_id = families.refer(persons=(CHILD, BROTHER, MOTHER))
    assert str(fact(families.town, case_id, "ceiling_on")) == "2038-04-01"
    younger = families.refer(persons=(replace(BROTHER, relation="subject"), MOTHER))
    assert str(fact(families.town, younger, "ceiling_on")) == "2043-07-01"


def test_an_only_child_that_turns_eighteen_is_not_heard_any_more(families: Families) -> None:
    case_id = families.kept(persons=(replace(CHILD, birth_date=date(2008, 12, 2)), MOTHER))
    wait(families.town, until=date(2027, 1, 4))
    with pytest.raises(StepRefused, match="no-minor"):
        families.invite(case_id)


def test_a_younger_child_keeps_the_family_before_the_council(families: Families) -> None:
    eldest = replace(CHILD, birth_date=date(2008, 12, 2))
    case_id = families.kept(persons=(eldest, BROTHER, MOTHER))
    wait(families.town, until=date(2027, 1, 4))
    families.invite(case_id)
    assert fact(families.town, case_id, "state") == CaseState.SUMMONED


def test_the_homes_of_a_household_are_read_by_who_reads_the_identity(families: Families) -> None:
    case_id, town = families.kept(), families.town
    opened = town.runtime.cases.read(town.who("deputy"), Reason.DUTY, case_id)
    assert {one.given_name: one.home for one in opened.persons} == {
        "Éloïne": "both",
        "Anatolin": "a",
        "Philoménette": "a",
        "Théodulfe": "b",
    }


def test_rule_16_a_family_that_was_not_informed_passes_no_review(families: Families) -> None:
    case_id = families.kept()
    families.sit(case_id)
    with pytest.raises(StepRefused, match="information-due"):
        families.decide(case_id, "continued")


def test_rule_18_support_is_not_proposed_where_a_judge_has_ordered_assistance(
    families: Families,
) -> None:
    case_id = families.heard()
    with pytest.raises(StepRefused, match="support-educative-assistance"):
        families.take("deputy", case_id, Step.PROPOSE, **{**SUPPORT, "assistance": "yes"})


def test_rule_18_the_certificate_waits_for_each_of_the_four(families: Families) -> None:
    case_id = families.proposed()
    families.consult(case_id)
    families.take("departement", case_id, Step.ADVISE, opinion="unfavourable")
    families.agree(case_id)
    families.notify(case_id, *NOTIFICATIONS[:3])
    solemn = {"certified_on": families.day(), "undertaking": "yes"}
    with pytest.raises(StepRefused, match="notifications-due"):
        families.take("families", case_id, Step.CERTIFY, **solemn)
    families.notify(case_id, NOTIFICATIONS[3])
    families.take("families", case_id, Step.CERTIFY, **solemn)


def test_rule_21_the_town_hall_of_another_commune_knows_no_family_of_this_one(
    families: Families,
) -> None:
    case_id, town = families.invited(), families.town
    neighbour = town.who("neighbour")
    assert town.runtime.cases.list_cases(neighbour, Reason.DUTY, Asked()) == []
    with pytest.raises(AccessDenied):
        town.runtime.cases.read(neighbour, Reason.DUTY, case_id)
    town.runtime.cases.name(
        town.who("families"), Reason.DUTY, case_id, town.members["neighbour"], None
    )
    with pytest.raises(AccessDenied) as caught:
        town.runtime.cases.read(neighbour, Reason.DUTY, case_id)
    assert caught.value.reason == "other-commune"
    with pytest.raises(AccessDenied) as caught:
        families.take("neighbour", case_id, Step.MISS)
    assert caught.value.reason == "other-commune"
