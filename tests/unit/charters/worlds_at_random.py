"""Random charters, and random people and cases that often get past the walls."""

from dataclasses import replace
from enum import StrEnum
from typing import Final, TypeVar

from hypothesis import strategies as st

from casework.charters.charter import Charter
from casework.charters.condition import All, AnyOf, Condition, Is, Not
from casework.charters.facts import CaseFacts, Fact, Standing
from casework.charters.rules import Rule
from casework.charters.vocabulary import (
    CharterAct,
    CompartmentClass,
    Level,
    Obligation,
    PartnerCategory,
    Recipient,
)
from tests.unit.charters.gsn import gsn

WordT = TypeVar("WordT", bound=StrEnum)
CASE_FACTS: Final = sorted(set(CaseFacts.__slots__) & set(Fact))
STANDING_FACTS: Final = sorted(set(Fact) - set(CASE_FACTS))


def likely(name: str) -> st.SearchStrategy[bool]:
    """Lean towards what opens, so that random worlds get past the walls."""
    usual = name in {"admitted", "in_territory", "person", "mandated"} or name.endswith("signed")
    rare = name in {"excluded", "sealed", "operator", "service", "dpo", "archives_officer"}
    return st.sampled_from(
        [True] * 9 + [False] if usual else [False] * 9 + [True] * (1 if rare else 9)
    )


cases = st.builds(CaseFacts, **{name: likely(name) for name in CASE_FACTS})
standings = st.builds(
    Standing,
    category=st.sampled_from([None, *PartnerCategory]),
    **{name: likely(name) for name in STANDING_FACTS},
)
wanted = st.sampled_from(sorted(gsn().gates, key=str))

conditions: st.SearchStrategy[Condition] = st.recursive(
    st.sampled_from([*map(str, Fact), *map(str, PartnerCategory)]).map(Is),
    lambda inner: st.one_of(
        inner.map(Not),
        st.lists(inner, max_size=2).map(tuple).map(All),
        st.lists(inner, max_size=2).map(tuple).map(AnyOf),
    ),
    max_leaves=4,
)


def _some(words: type[WordT]) -> st.SearchStrategy[tuple[WordT, ...]]:
    return st.lists(st.sampled_from(words), min_size=1, max_size=4, unique=True).map(tuple)


rules = st.builds(
    Rule,
    id=st.uuids().map(str),
    article=st.sampled_from(sorted(gsn().articles)),
    says=st.just("Une règle inventée."),
    recipients=_some(Recipient),
    categories=st.one_of(st.just(()), _some(PartnerCategory)),
    acts=_some(CharterAct),
    classes=_some(CompartmentClass),
    level=st.sampled_from([level for level in Level if level is not Level.NONE]),
    when=conditions,
    obligations=st.lists(st.sampled_from(list(Obligation)), max_size=2, unique=True).map(tuple),
)


def _with_rules(chosen: list[Rule]) -> Charter:
    return replace(gsn(), rules=tuple(chosen), digest=str(hash(tuple(chosen))))


charters = st.one_of(st.just(gsn()), st.lists(rules, max_size=5).map(_with_rules))
"""The shipped charter, or any table of rules: whatever people may come to sign."""
