"""Conditions with a name of their own: said once, written out everywhere, never in a circle."""

from itertools import pairwise

import pytest

from casework.charters.condition import All, Is, Not
from casework.charters.loading import check, load
from tests.unit.charters.gsn import TEXT
from tests.unit.charters.test_loading import line_of, nbsp

RULE = 'id = "named-reads"\n'
PLACE = "# Règles\n"


def with_conditions(*lines: str, used: str = "") -> str:
    """Return the charter with named conditions, `used` being the `when` of one rule."""
    text = TEXT.replace(PLACE, "\n".join(("[conditions]", *lines, "", PLACE)), 1)
    head, rest = text.split(RULE, 1)
    return head + RULE + rest.replace('when = "not restricted"', f'when = "{used}"', 1)


def test_a_name_stands_for_what_it_says() -> None:
    text = with_conditions('ouverte = "not restricted"', used="ouverte and followed")
    (rule,) = (one for one in load(text).rules if one.id == "named-reads")
    assert rule.when == All((Not(Is("restricted")), Is("followed")))


def test_a_name_may_use_names_written_before_or_after_it() -> None:
    text = with_conditions(
        'en_charge = "suivie and ouverte"',
        'ouverte = "not restricted"',
        'suivie = "followed"',
        used="not not en_charge",
    )
    (rule,) = (one for one in load(text).rules if one.id == "named-reads")
    assert rule.when == All((Is("followed"), Not(Is("restricted"))))


@pytest.mark.parametrize(
    ("lines", "circle"),
    [
        (['seule = "seule"'], "seule → seule"),
        (['une = "named and autre"', 'autre = "not une"'], "une → autre → une"),
        (
            ['une = "deux"', 'deux = "lead or trois"', 'trois = "deux"'],
            "deux → trois → deux",
        ),
    ],
)
def test_conditions_that_define_one_another_are_told_with_their_circle(
    lines: list[str], circle: str
) -> None:
    first = lines[0].split(" ")[0]
    worse = with_conditions(*lines, used=first)
    faults = check(worse)
    named = circle.split(" ", maxsplit=1)[0]
    told = [fault for fault in faults if circle in fault.sentence]
    assert [one.line for one in told] == [line_of(worse, f"\n{named} =") + 1]


@pytest.mark.parametrize(
    ("line", "used", "sentence"),
    [
        ('named = "lead"', "named", "« named » est déjà un mot de la charte"),
        ('landlord = "lead"', "landlord", "« landlord » est déjà un mot de la charte"),
        ('and = "lead"', "named", "« and » est déjà un mot de la charte"),
        ('Ouverte = "lead"', "named", "de trois à quarante minuscules sans accent"),
        ('ouverte = "openned"', "ouverte", "« openned » n’est pas un fait connu."),
        ('ouverte = "lead and"', "ouverte", "Il manque un fait dans la condition."),
        ("ouverte = 3", "ouverte", "« ouverte » doit être un texte."),
        ('ouverte = "lead"', "named", "Aucune règle ne se sert de la condition « ouverte »."),
        ('ouverte = "lead"', "ouverte and fermee", "« fermee » n’est pas un fait connu."),
    ],
)
def test_each_fault_of_a_name_is_told(line: str, used: str, sentence: str) -> None:
    faults = check(with_conditions(line, used=used))
    assert any(nbsp(sentence) in fault.sentence for fault in faults), faults


def test_names_that_double_themselves_are_refused_before_they_fill_the_memory() -> None:
    doubling = ['a_a = "named and lead or followed"']
    names = [f"a_{chr(98 + n)}" for n in range(24)]
    doubling += [
        f'{name} = "({before} or lead) and ({before} or named) or not ({before})"'
        for before, name in zip(["a_a", *names], names, strict=False)
    ]
    faults = check(with_conditions(*doubling, used=names[-1]))
    assert any("trop ramifiée" in fault.sentence for fault in faults)


def test_a_long_chain_of_names_is_followed_to_its_end() -> None:
    names = ["n_" + "x" * n for n in range(1, 39)]
    chain = [f'{one} = "not {other}"' for one, other in pairwise(names)]
    text = with_conditions(*chain, f'{names[-1]} = "restricted"', used=names[0])
    assert check(text) == []


def test_more_names_than_anybody_remembers_are_refused() -> None:
    many = [f'n_{"x" * n} = "lead"' for n in range(1, 38)] + [
        f'm_{"x" * n} = "lead"' for n in range(1, 38)
    ]
    faults = check(with_conditions(*many, used="lead"))
    assert any("nomme 40 conditions au plus" in fault.sentence for fault in faults)
