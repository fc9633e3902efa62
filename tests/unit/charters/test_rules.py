"""Whom a line of the matrix speaks of, and of what."""

from dataclasses import replace

import pytest

from casework.charters.condition import All, Condition, Is
from casework.charters.outcome import Wanted
from casework.charters.rules import Rule
from casework.charters.terms import terms
from casework.charters.vocabulary import (
    CharterAct,
    CompartmentClass,
    Level,
    PartnerCategory,
    Recipient,
)

A, C, P, R = CharterAct, CompartmentClass, PartnerCategory, Recipient
RULE = Rule(
    id="invented",
    article="6",
    says="Une règle inventée.",
    recipients=(R.NAMED,),
    acts=(A.READ, A.LIST),
    classes=(C.SHEET,),
    level=Level.READ,
)


@pytest.mark.parametrize(
    ("rule", "facts"),
    [
        (RULE, [{"named"}]),
        (replace(RULE, recipients=(R.NAMED, R.LEAD)), [{"named"}, {"lead"}]),
        (replace(RULE, categories=(P.LANDLORD,)), [{"named", "landlord"}]),
        (replace(RULE, when=Is("followed")), [{"named", "followed"}]),
        (replace(RULE, recipients=(R.MEMBER,)), [set()]),
        (replace(RULE, recipients=(R.MEMBER,), categories=(P.LANDLORD,)), [{"landlord"}]),
        (replace(RULE, recipients=()), []),
    ],
)
def test_a_rule_opens_to_one_of_its_recipients_of_one_of_its_bodies_when_it_says_so(
    rule: Rule, facts: list[set[str]]
) -> None:
    expected: list[Condition] = [All(tuple(map(Is, sorted(one)))) for one in facts]
    assert set(terms(rule.condition)) == {term for one in expected for term in terms(one)}


@pytest.mark.parametrize(
    ("wanted", "covered"),
    [
        (Wanted(A.READ, C.SHEET), True),
        (Wanted(A.READ, C.ORIGIN), False),
        (Wanted(A.LIST), True),
        (Wanted(A.CLOSE), False),
        (Wanted(A.CONTRIBUTE, C.SHEET), False),
    ],
)
def test_a_rule_speaks_of_its_acts_and_of_the_classes_that_an_act_can_name(
    wanted: Wanted, *, covered: bool
) -> None:
    assert RULE.covers(wanted) is covered
