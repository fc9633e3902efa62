"""What an answer keeps of the names that are alike, by the dates of birth beside them."""

from datetime import date

from casework.cases.likening import resembling, searched
from casework.cases.searches import Likeness
from casework.matching.dates import Agreement, Birth, agreement
from casework.matching.names import Names

BORN = date(2010, 5, 17)
OTHER = date(2011, 3, 2)


def told(known: tuple[str, str, date], asked: tuple[str, str, date]) -> Likeness | None:
    family, given, birth = asked
    wanted = Birth(birth.year, birth)
    names = Names([known[0]], [known[1]])
    found = resembling(names, family, given, lambda _: agreement(wanted, known[2]))
    return found[0].likeness if found else None


def test_the_same_name_and_day_may_be_the_same_person() -> None:
    assert told(("Corbinguy", "Noé", BORN), ("CORBINGUY", "Noe", BORN)) is Likeness.SAME


def test_a_near_name_or_a_turned_date_is_told_as_near() -> None:
    turned = date(2010, 4, 5)
    assert told(("Corbingui", "Noé", BORN), ("Corbinguy", "Noé", BORN)) is Likeness.NEAR
    assert told(("Corbinguy", "Noé", turned), ("Corbinguy", "Noé", date(2010, 5, 4))) is (
        Likeness.NEAR
    )


def test_a_twin_and_a_namesake_are_told_as_such() -> None:
    assert told(("Corbinguy", "Maïlys", BORN), ("Corbinguy", "Noé", BORN)) is Likeness.TWIN
    assert told(("Corbinguy", "Noé", OTHER), ("Corbinguy", "Noé", BORN)) is Likeness.NAMESAKE


def test_a_sister_born_another_day_and_a_near_name_of_another_age_are_nobody() -> None:
    assert told(("Corbinguy", "Maïlys", OTHER), ("Corbinguy", "Noé", BORN)) is None
    assert told(("Corbingui", "Noé", OTHER), ("Corbinguy", "Noé", BORN)) is None


def test_a_search_with_a_date_keeps_another_date_beside_the_very_name_alone() -> None:
    names = Names(["Corbinguy", "Corbingui", "Corbingui"], ["Noé"] * 3)
    days = [OTHER, OTHER, BORN]
    wanted = Birth(BORN.year, BORN)
    found = searched(names, "noé corbinguy", lambda at: agreement(wanted, days[at]), wanted)
    assert [(one.place, one.birth) for one in found] == [
        (0, Agreement.OTHER),
        (2, Agreement.SAME),
    ]


def test_without_a_date_everybody_of_the_name_is_found() -> None:
    names = Names(["Corbinguy"] * 2, ["Noé"] * 2)
    found = searched(names, "corbinguy", lambda _: Agreement.UNKNOWN, None)
    assert [one.likeness for one in found] == [Likeness.SAME] * 2
