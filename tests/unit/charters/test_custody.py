"""Classes that a charter keeps for organisations whose members hold the key."""

import pytest

from casework.charters.loading import check, load
from casework.charters.vocabulary import CompartmentClass
from tests.unit.charters.gsn import TEXT, gsn
from tests.unit.charters.test_loading import line_of, nbsp

RESERVED = '[custody]\narticle = "7"\nmembers_only = ["private", "social"]\n'


def with_custody(part: str) -> str:
    return TEXT.replace("[persons]", f"{part}\n[persons]", 1)


def test_the_shipped_charter_reserves_nothing() -> None:
    assert gsn().custody.members_only == ()


def test_a_charter_says_which_classes_only_members_may_keep() -> None:
    custody = load(with_custody(RESERVED)).custody
    assert custody.members_only == (CompartmentClass.PRIVATE, CompartmentClass.SOCIAL)
    assert custody.article == "7"


@pytest.mark.parametrize(
    ("good", "bad", "key", "sentence"),
    [
        ('"social"]', '"health"]', "members_only", "« health » n’est pas un code connu"),
        ('"social"]', '"protected_contact"]', "members_only", "n’est pas décrite dans"),
        ('["private", "social"]', "[]", "members_only", "doit être une liste de codes"),
        ('["private", "social"]', '"private"', "members_only", "doit être une liste de codes"),
        ('article = "7"\nm', 'article = "99"\nm', 'article = "99"', "L’article 99 n’existe pas."),
        ('article = "7"\n', "", "[custody]", "« article » doit être un texte."),
        ("members_only", "member_only", "[custody]", "« members_only » doit être une liste"),
        ("members_only", "member_only", "member_only", "« member_only » n’est pas connu"),
    ],
)
def test_each_fault_of_it_is_told_at_its_line(good: str, bad: str, key: str, sentence: str) -> None:
    worse = with_custody(RESERVED.replace(good, bad, 1))
    told = {(one.line, nbsp(sentence) in one.sentence) for one in check(worse)}
    assert (line_of(worse, key), True) in told
