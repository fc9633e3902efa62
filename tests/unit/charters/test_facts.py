from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from casework.charters.facts import BIT, CaseFacts, Fact, Standing, standing_of
from casework.charters.vocabulary import PartnerCategory
from casework.charters.words import FACTS
from casework.identity import Mandate, Principal, PrincipalKind, Role, operator, service, stranger

COUNCIL, GROUP, ELSEWHERE, MEMBER = (UUID(int=number) for number in range(1, 5))
TODAY = date(2026, 11, 22)


def mandate(
    role: Role = Role.MEMBER,
    group_id: UUID | None = GROUP,
    until_on: date = date(2027, 12, 31),
    *,
    signed: bool = True,
) -> Mandate:
    return Mandate(role, group_id, date(2026, 1, 1), until_on, signed)


def principal(*mandates: Mandate, category: str = "education") -> Principal:
    return Principal(
        PrincipalKind.MEMBER,
        COUNCIL,
        member_id=MEMBER,
        category=category,
        mandates=mandates,
    )


def standing(*mandates: Mandate, category: str = "education") -> Standing:
    return standing_of(principal(*mandates, category=category), GROUP, TODAY, charter_signed=True)


def test_every_fact_and_category_has_its_own_bit() -> None:
    assert len(BIT) == len(Fact) + len(PartnerCategory)
    assert len(set(BIT.values())) == len(BIT)


def test_nothing_said_is_nothing_true() -> None:
    assert Standing().bits == 0
    assert CaseFacts().bits == 0


@pytest.mark.parametrize("fact", Fact)
def test_each_fact_sets_its_bit_alone(fact: Fact) -> None:
    true = {fact.value: True}
    of_case = fact in CaseFacts.__slots__
    holder = CaseFacts(**true) if of_case else Standing(category=None, **true)
    assert holder.bits == BIT[fact]


def test_a_mandate_in_the_group_is_read_with_its_signature_and_category() -> None:
    assert standing(mandate()) == Standing(
        person=True,
        mandated=True,
        charter_signed=True,
        undertaking_signed=True,
        category=PartnerCategory.EDUCATION,
    )


def test_a_mandate_of_another_group_gives_nothing_here() -> None:
    found = standing(mandate(Role.COORDINATOR, ELSEWHERE))
    assert not found.mandated
    assert not found.coordinator
    assert not found.undertaking_signed


def test_rule_01_a_mandate_ends_with_its_last_day() -> None:
    assert standing(mandate(until_on=TODAY)).mandated
    assert not standing(mandate(until_on=date(2026, 11, 21))).mandated


def test_a_mandate_for_the_whole_council_counts_in_the_group() -> None:
    assert standing(mandate(Role.COORDINATOR, None)).coordinator


def test_one_unsigned_mandate_leaves_the_undertaking_unsigned() -> None:
    assert not standing(mandate(), mandate(group_id=None, signed=False)).undertaking_signed


def test_a_control_role_held_in_another_group_is_seen_here() -> None:
    found = standing(mandate(), mandate(Role.DPO, ELSEWHERE), mandate(Role.ARCHIVES, ELSEWHERE))
    assert found.dpo
    assert found.archives_officer


def test_an_unknown_category_is_no_category() -> None:
    assert standing(mandate(), category="lobby").category is None


def test_rule_22_a_mandate_of_no_category_of_partner_gives_nothing() -> None:
    found = standing(mandate(), mandate(Role.COORDINATOR), category="councillor")
    assert not found.mandated
    assert not found.coordinator
    assert not found.undertaking_signed


def test_strangers_operators_and_jobs_are_not_persons() -> None:
    for who in (stranger(COUNCIL), operator(COUNCIL, "root"), service(COUNCIL, "tick")):
        found = standing_of(who, GROUP, TODAY, charter_signed=True)
        assert not found.person
        assert not found.mandated


def test_rule_01_an_account_of_nobody_is_no_person() -> None:
    nameless = replace(principal(mandate()), member_id=None)
    assert not standing_of(nameless, GROUP, TODAY, charter_signed=True).person
    for kind in (PrincipalKind.OPERATOR, PrincipalKind.SERVICE, PrincipalKind.STRANGER):
        other = replace(principal(mandate()), kind=kind)
        found = standing_of(other, GROUP, TODAY, charter_signed=True)
        assert (found.person, found.operator, found.service) == (
            False,
            kind is PrincipalKind.OPERATOR,
            kind is PrincipalKind.SERVICE,
        )


def test_truths_give_the_filter_every_fact_of_the_principal() -> None:
    truths = standing(mandate()).truths()
    assert truths["mandated"]
    assert truths["education"]
    assert not truths["landlord"]
    assert not truths["coordinator"]
    assert set(truths) == set(BIT) - (set(CaseFacts.__slots__) & set(BIT))


def test_every_fact_has_its_words() -> None:
    assert set(FACTS) == set(Fact)
