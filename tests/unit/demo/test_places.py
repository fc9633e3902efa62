import re

from casework.demo.draw import Draw
from casework.demo.places import address, communes, landline, mobile, place_name
from casework.demo.shapes import Zone
from casework.demo.words import lists

# The members of EPCI 246700488 in INSEE’s list of 2026.
OFFICIAL = (
    "67001 67043 67049 67065 67118 67119 67124 67131 67137 67152 67182 67204 67212 67218 67247 "
    "67256 67267 67268 67296 67309 67326 67343 67350 67363 67365 67378 67389 67447 67471 67482 "
    "67506 67519 67551"
)


def test_the_communes_are_the_33_of_the_eurometropole() -> None:
    assert " ".join(commune.insee for commune in communes()) == OFFICIAL
    assert {one.insee: one.name for one in communes()}["67204"] == "Hœnheim"


def test_seven_communes_are_in_the_police_zone_and_twenty_six_are_not() -> None:
    police = {one.name for one in communes() if one.zone is Zone.POLICE}
    assert police == {
        "Strasbourg",
        "Schiltigheim",
        "Bischheim",
        "Hœnheim",
        "Illkirch-Graffenstaden",
        "Lingolsheim",
        "Ostwald",
    }
    assert len(communes()) - len(police) == 26


def test_the_real_data_says_where_it_comes_from() -> None:
    table = lists("communes")
    assert "INSEE" in table["source"]
    assert table["licence"] == "Licence Ouverte 2.0"


def test_every_place_has_a_name_of_its_own_that_no_commune_bears() -> None:
    places = {place_name(number) for number in range(768)}
    assert len(places) == 768
    assert places.isdisjoint(one.name for one in communes())


def test_telephone_numbers_stay_in_the_ranges_kept_for_fiction() -> None:
    draw = Draw("telephones")
    for _ in range(200):
        assert re.fullmatch(r"06 39 98 \d\d \d\d", mobile(draw))
        assert re.fullmatch(r"01 99 00 \d\d \d\d", landline(draw))


def test_an_address_is_an_invented_street_in_a_real_commune() -> None:
    commune = communes()[11]
    found = re.fullmatch(r"\d+ \w+ des (\S+), 67800 Hœnheim", address(Draw("address"), commune))
    assert found is not None
    assert found[1] in {place_name(number) for number in range(768)}
