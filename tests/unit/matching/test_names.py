"""Names as two clerks write them, and names that are not the same."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.matching.dates import Agreement, Birth, agreement
from casework.matching.folding import folded_all, words
from casework.matching.names import SAME, Names

WORD = st.text("abcdefghilmnoprstuvéèêëàâîïôöûüçABCDEFGHILMNOPRSTUV", min_size=4, max_size=12)
SIGNS = st.sampled_from(["-", " ", "’", "'", " - ", ". "])


def near(known: tuple[str, str], asked: tuple[str, str]) -> int:
    """Return how near a name is to the one asked for; 0 when it is not."""
    found = Names([known[0]], [known[1]]).like(*asked)
    return found[0].score if found else 0


@given(WORD, WORD)
def test_a_name_is_found_in_any_order_of_its_halves(family: str, given: str) -> None:
    names = Names([family], [given])
    assert names.look_up(f"{family} {given}")[0].score == SAME
    assert names.look_up(f"{given} {family}")


@given(WORD, WORD)
def test_case_and_accents_change_nothing(family: str, given: str) -> None:
    bare = " ".join(words(family)), " ".join(words(given))
    assert near((family, given), (bare[0].upper(), bare[1].title())) == SAME
    assert near(bare, (family.upper(), given.lower())) == SAME


@given(WORD, WORD, WORD, SIGNS, SIGNS)
def test_a_hyphen_a_space_or_an_apostrophe_change_nothing(
    first: str, second: str, given: str, one: str, other: str
) -> None:
    assert near((f"{first}{one}{second}", given), (f"{first}{other}{second}", given)) == SAME


@given(WORD, WORD, WORD, SIGNS)
def test_half_of_a_compound_name_is_near_and_not_the_same(
    first: str, second: str, given: str, sign: str
) -> None:
    whole = f"{first}{sign}{second}"
    for half in (first, second):
        assert 0 < near((whole, given), (half, given)) <= SAME
        assert 0 < near((half, given), (whole, given)) <= SAME


@given(st.lists(st.text(max_size=20), max_size=20))
def test_many_names_are_folded_as_each_of_them_alone(names: list[str]) -> None:
    assert [one.split() for one in folded_all(names)] == [words(one) for one in names]


@given(st.text(max_size=30), st.text(max_size=30), st.text(max_size=30))
def test_no_text_at_all_makes_it_fail(family: str, given: str, asked: str) -> None:
    for one in Names([family, asked], [given, ""]).look_up(asked):
        assert 0 < one.score <= SAME


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        *[("Lefebvre", "Lefèvre"), ("Schmitt", "Chmit"), ("Philippe", "Filip")],
        *[("Rousseau", "Ruso"), ("Gauthier", "Gautier"), ("Dupont", "Dupond")],
        *[("Thibault", "Thibaud"), ("Yacine", "Yassine"), ("Khaled", "Kaled")],
        *[("Gherbi", "Guerbi"), ("Djamel", "Jamel"), ("Christelle", "Kristel")],
        *[("Mohamed", "Muhammad"), ("Jehan", "Jean"), ("Zéphyrin", "Zefirin")],
    ],
)
def test_what_sounds_alike_is_found(written: str, asked: str) -> None:
    assert near((written, "Zoé"), (asked, "Zoe"))
    assert near((asked, "Zoé"), (written, "Zoe"))


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        *[("Ben Ali", "Benali"), ("El Hadj", "Hadj"), ("De La Tour", "Delatour")],
        *[("D’Artagnan", "Artagnan"), ("N’Diaye", "Ndiaye"), ("Le Goff", "Legoff")],
        *[("La Tour", "de Latour"), ("Ould Salem", "Salem"), ("du Bois", "Dubois")],
    ],
)
def test_particles_are_joined_or_forgotten(written: str, asked: str) -> None:
    assert near((written, "Zoé"), (asked, "Zoé"))
    assert near((asked, "Zoé"), (written, "Zoé"))


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        *[(("Benali", "Zoé"), ("Benaissa", "Zoé")), (("Martin", "Zoé"), ("Martin", "Karim"))],
        *[(("Petit", "Anne"), ("Grand", "Anne")), (("Roy", "Marie-Anne"), ("Roy", "Marie-Lise"))],
        *[(("Ba", "Awa"), ("Diop", "Awa")), (("Moreau", "Léa"), ("Morin", "Léa"))],
    ],
)
def test_another_name_is_not_near(written: tuple[str, str], asked: tuple[str, str]) -> None:
    assert not near(written, asked)
    assert not Names([written[0]], [written[1]]).look_up(" ".join(asked))


def test_the_nearest_comes_first_and_nothing_but_the_spelling_orders() -> None:
    families = ["Dupond", "Dupont", "Dupontel", "Martin"]
    found = Names(families, ["Kévin"] * 4).look_up("dupont kevin")
    assert [families[one.place] for one in found] == ["Dupont", "Dupond", "Dupontel"]
    assert found[0].score == SAME > found[1].score > found[2].score


def test_a_twin_is_near_by_the_family_name_alone_and_only_where_it_is_asked() -> None:
    names = Names(["Corbinguy", "Lilas"], ["Maïlys", "Corbinguy"])
    assert names.like("Corbinguy", "Noé") == []
    twin = names.like("Corbinguy", "Noé", by_family=True)
    assert [(one.place, one.given) for one in twin] == [(0, 0)]


@given(st.dates(date(1990, 1, 1), date(2020, 12, 31)))
def test_a_date_agrees_with_itself_with_its_day_and_month_turned_and_by_its_year(day: date) -> None:
    assert agreement(Birth(day.year, day), day) is Agreement.SAME
    assert agreement(Birth(day.year), day) is Agreement.YEAR
    assert agreement(Birth(day.year + 1), day) is Agreement.OTHER
    assert agreement(None, day) is agreement(Birth(day.year, day), None) is Agreement.UNKNOWN
    if day.day <= 12 and day.day != day.month:
        turned = date(day.year, day.day, day.month)
        assert agreement(Birth(day.year, turned), day) is Agreement.INVERTED
