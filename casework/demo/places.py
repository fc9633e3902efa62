"""The real communes, and streets, places and telephone numbers that exist nowhere."""

from functools import cache

from casework.demo.draw import Draw
from casework.demo.shapes import Commune, Zone
from casework.demo.words import lists

_STRIDE = 677  # a prime: neighbours in number share neither noun nor adjective


@cache
def communes() -> tuple[Commune, ...]:
    """Return the 33 communes in the order of their INSEE codes."""
    return tuple(
        Commune(insee, name, tuple(postcodes), population, Zone(zone))
        for insee, name, postcodes, population, zone in lists("communes")["communes"]
    )


def place_name(number: int) -> str:
    """Return an invented place, such as « Hêtres-Bavards »; always plural."""
    words = lists("places")
    gender = ("masculine", "feminine")[number % 2]
    nouns, adjectives = words[gender], words[f"{gender}_adjectives"]
    at = number // 2 * _STRIDE % (len(nouns) * len(adjectives))
    noun, adjective = divmod(at, len(adjectives))
    return f"{nouns[noun]}-{adjectives[adjective]}"


def address(draw: Draw, commune: Commune) -> str:
    """Return an invented address in a real commune."""
    street = f"{draw.pick(lists('places')['ways'])} des {place_name(draw.below(768))}"
    town = f"{draw.pick(commune.postcodes)} {commune.name}"
    return f"{draw.between(1, 98)} {street}, {town}"


def mobile(draw: Draw) -> str:
    """Return a mobile number of the range that the French regulator keeps for fiction."""
    return f"06 39 98 {draw.below(100):02} {draw.below(100):02}"


def landline(draw: Draw) -> str:
    """Return a landline number of the range that the French regulator keeps for fiction."""
    return f"01 99 00 {draw.below(100):02} {draw.below(100):02}"
