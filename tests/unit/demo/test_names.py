from casework.demo.names import (
    MEMBER_NAMES,
    all_names,
    family,
    followed_family,
    misspelt,
    short_names,
    simple,
)
from casework.demo.places import communes
from casework.demo.words import folded


def test_no_two_numbers_give_the_same_name_even_without_accents() -> None:
    names = {folded(simple(number)) for number in range(all_names())}
    assert len(names) == all_names()


def test_a_name_is_long_enough_for_a_search_in_bytes_to_mean_something() -> None:
    assert min(len(simple(number)) for number in range(short_names())) >= 7


def test_no_name_is_a_commune() -> None:
    names = {folded(simple(number)) for number in range(all_names())}
    assert names.isdisjoint(folded(commune.name) for commune in communes())


def test_names_come_simple_compound_and_with_particles() -> None:
    names = [family(number) for number in range(200)]
    assert sum("-" in name for name in names) >= 10
    assert sum(" " in name or "’" in name for name in names) >= 8


def test_a_followed_family_never_bears_the_name_of_a_member() -> None:
    members = [folded(family(number)) for number in range(MEMBER_NAMES)]
    everyone = "\n".join(members)
    followed = {folded(followed_family(number)) for number in range(3_000)}
    assert [name for name in followed if name in everyone] == []


def test_a_misspelt_name_is_close_to_the_name() -> None:
    assert misspelt("Grenudreau", 0) == "Grenudraux"
    assert misspelt("Zorbakol", 0) == "Zorbakol"
