"""A reader who bears the family name of somebody of the case."""

from uuid import UUID

import pytest

from casework.cases.namesakes import bears_name_of
from casework.cases.values import Person, Text
from casework.keys.values import Withheld

SHUT = Withheld("no-key")


def person(family_name: Text) -> Person:
    return Person(UUID(int=1), "subject", family_name, *["Maïlys", *[""] * 4])


@pytest.mark.parametrize("written", ["Lévy-Strass", "LEVY STRASS", "lévy - strass", "Lévy‑Strass"])
def test_the_same_name_is_known_however_two_clerks_write_it(written: str) -> None:
    assert bears_name_of("Lévy-Strass", [person("Autre"), person(written)])


@pytest.mark.parametrize("written", ["Lévy", "Strass", "Lévystrass", "", SHUT])
def test_a_part_of_it_nothing_and_what_stays_shut_are_another_name(written: Text) -> None:
    assert not bears_name_of("Lévy-Strass", [person(written)])


def test_who_has_no_name_here_is_nobody_s_namesake() -> None:
    assert not bears_name_of("", [person("")])
    assert not bears_name_of(" - ", [person("-")])
