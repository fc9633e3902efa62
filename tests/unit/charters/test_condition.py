import pytest

from casework.charters.condition import (
    LONGEST,
    NEVER,
    All,
    AnyOf,
    Condition,
    Is,
    Not,
    names,
    parse,
    size,
)


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("named", Is("named")),
        ("not named", Not(Is("named"))),
        ("named and not restricted", All((Is("named"), Not(Is("restricted"))))),
        (
            "lead or named and followed",
            AnyOf((Is("lead"), All((Is("named"), Is("followed"))))),
        ),
        (
            "(lead or named) and followed",
            All((AnyOf((Is("lead"), Is("named"))), Is("followed"))),
        ),
        ("not (lead or not named)", Not(AnyOf((Is("lead"), Not(Is("named")))))),
    ],
)
def test_a_condition_is_read_as_it_is_said(text: str, condition: Condition) -> None:
    assert parse(text) == (condition, ())


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Il manque un fait dans la condition."),
        ("named and", "Il manque un fait dans la condition."),
        ("or named", "Il manque un fait dans la condition."),
        ("(named or lead", "Une parenthèse de la condition n’est pas fermée."),
        ("named lead", "« lead » n’est pas attendu ici dans la condition."),
        ("named)", "« ) » n’est pas attendu ici dans la condition."),
        ("boss", "« boss » n’est pas un fait connu."),
        ("named & lead", "« & » n’est pas un fait connu."),
        ("(" * 201, "La condition dépasse 200 caractères."),
    ],
)
def test_a_condition_that_cannot_be_read_never_holds_and_says_why(text: str, sentence: str) -> None:
    condition, faults = parse(text)
    assert condition == NEVER
    assert sentence in faults


def test_all_the_unknown_facts_are_told_at_once() -> None:
    assert len(parse("boss and (chief or boss").faults) == 3


def test_the_longest_nesting_is_read() -> None:
    longest = "(" * 97 + " named" + ")" * 97
    assert len(longest) == LONGEST
    assert parse(longest).condition == Is("named")


def test_the_size_of_a_condition_is_the_number_of_facts_it_says() -> None:
    assert size(parse("named and (lead or not named)").condition) == 3


def test_names_are_those_of_every_part() -> None:
    assert names(parse("named and (lead or not landlord)").condition) == {
        "named",
        "lead",
        "landlord",
    }
