"""The same person spelled by two clerks is one; another person is another."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.presence.rules import MOST, asked, spellings

BORN = date(2010, 5, 17)
LETTERS = st.text(st.sampled_from("abcdefghijklmnopqrstuvwxyzéèêëçïôœß"), min_size=1, max_size=9)
NAMES = st.lists(LETTERS, min_size=1, max_size=5).map("-".join)
DAYS = st.dates(date(1990, 1, 1), date(2026, 12, 31))


def meets(
    kept: tuple[str, str], told: tuple[str, str], born: date = BORN, said: date = BORN
) -> bool:
    """Say whether a question finds what was kept."""
    return not set(spellings(*kept, born)).isdisjoint(asked(*told, said))


@pytest.mark.parametrize(
    ("kept", "told"),
    [
        (("Lefèvre", "Zoé"), ("LEFEVRE", "zoe")),
        (("Ben Ali", "Sami"), ("Benali", "Sami")),
        (("Le Goff", "Anne"), ("Legoff", "Anne")),
        (("de la Tour", "Luc"), ("Tour", "Luc")),
        (("D’Angelo", "Ève"), ("d'angelo", "Eve")),
        (("Martin-Durand", "Léa"), ("Durand Martin", "Léa")),
        (("Martin-Durand", "Léa"), ("Durand", "Léa")),
        (("Martin", "Jean-Baptiste"), ("Martin", "Jean Baptiste")),
        (("Martin", "Jean-Baptiste"), ("Martin", "Jean")),
        (("Cœur", "Lætitia"), ("Coeur", "Laetitia")),
        (("Groß", "Ida"), ("Gross", "Ida")),
        (("Yıldız", "Emre"), ("Yildiz", "Emre")),
        (("Diop", "Mohammed"), ("Diop", "Mohamed")),
        (("Diop", "Awa"), ("Awa", "Diop")),
    ],
)
def test_a_name_as_two_clerks_write_it_is_one(kept: tuple[str, str], told: tuple[str, str]) -> None:
    assert meets(kept, told)
    assert meets(told, kept)


@pytest.mark.parametrize(
    ("kept", "told"),
    [
        (("Martin", "Léa"), ("Martinez", "Léa")),
        (("Martin", "Léa"), ("Martin", "Léo")),
        (("Benali", "Sami"), ("Benaissa", "Sami")),
        (("Dupont", "Luc"), ("Dup*", "Luc")),
        (("Dupont", "Luc"), ("%", "Luc")),
        (("Dupont", "Luc"), ("D", "L")),
    ],
)
def test_another_name_and_a_part_of_one_find_nobody(
    kept: tuple[str, str], told: tuple[str, str]
) -> None:
    assert not meets(kept, told)


def test_day_and_month_may_change_places_and_no_other_figure() -> None:
    kept = ("Diop", "Awa")
    assert meets(kept, kept, date(2010, 5, 7), date(2010, 7, 5))
    assert not meets(kept, kept, date(2010, 5, 17), date(2010, 5, 18))
    assert not meets(kept, kept, date(2010, 5, 17), date(2011, 5, 17))


@pytest.mark.parametrize("names", [("", "Luc"), ("Diop", ""), ("---", "Luc"), ("…", "?!")])
def test_without_two_names_in_letters_there_is_nothing_to_compare(names: tuple[str, str]) -> None:
    assert spellings(*names, BORN) == []
    assert asked(*names, BORN) == []


@given(family=NAMES, given=NAMES, born=DAYS)
def test_case_accents_and_hyphens_never_matter(family: str, given: str, born: date) -> None:
    told = (family.upper().replace("-", " "), f" {given.capitalize()} ")
    assert meets((family, given), told, born, born)


@given(family=NAMES, given=NAMES, born=DAYS)
def test_spellings_fit_a_box_and_each_holds_the_whole_date(
    family: str, given: str, born: date
) -> None:
    found = spellings(family, given, born)
    assert 0 < len(found) <= MOST
    assert len(set(found)) == len(found)
    assert all(one.endswith(f"|{born.isoformat()}") for one in found)


@given(kept=DAYS, said=DAYS)
def test_another_day_is_another_person(kept: date, said: date) -> None:
    same = (said.year, {said.day, said.month}) == (kept.year, {kept.day, kept.month})
    assert meets(("Diop", "Awa"), ("Diop", "Awa"), kept, said) <= same
