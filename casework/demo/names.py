"""Composes names that nobody bears; a number gives a name, always the same one."""

from functools import cache
from typing import Final

from casework.demo.draw import Draw
from casework.demo.words import folded, lists

# Members take the numbers below: no person followed shares a name with a professional.
MEMBER_NAMES: Final = 1024

_COMPOUND_EVERY: Final = 11
_PARTICLE_EVERY: Final = 13
_STRIDE: Final = 65_413  # a prime, so that neighbours in number differ in every syllable
_VOWELS: Final = "aeiouy"


@cache
def _syllables(cut: str) -> tuple[str, ...]:
    return tuple(lists("names")[cut])


@cache
def short_names() -> int:
    """Return how many names have two syllable groups; they come first."""
    return len(_syllables("first")) * len(_syllables("last"))


@cache
def all_names() -> int:
    """Return how many names there are before numbers come round again."""
    return short_names() + short_names() * len(_syllables("middle"))


def simple(number: int) -> str:
    """Return the one-word name of `number`."""
    number %= all_names()
    if number < short_names():
        return _spell(number * _STRIDE % short_names(), ("first", "last"))
    longer = all_names() - short_names()
    return _spell(number * _STRIDE % longer, ("first", "middle", "last"))


def family(number: int) -> str:
    """Return the family name of `number`: simple, compound or with a particle."""
    name = simple(number)
    if number % _COMPOUND_EVERY == 0:
        return f"{name}-{simple(_partner(number))}"
    if number % _PARTICLE_EVERY == 0:
        return _with_particle(name, number // _PARTICLE_EVERY)
    return name


def followed_family(number: int) -> str:
    """Return the family name of the household `number`, never a member's."""
    return family(MEMBER_NAMES + number % (all_names() - MEMBER_NAMES))


def chance_family(draw: Draw) -> str:
    """Return a short family name for a relative or a reporter, never a member's."""
    return family(draw.between(MEMBER_NAMES, short_names() - 1))


def given(draw: Draw, *, feminine: bool, grown: bool = False) -> str:
    """Return a given name of a young or a grown person."""
    gender = "feminine" if feminine else "masculine"
    name: str = draw.pick(lists("names")[f"given_{'grown_' if grown else ''}{gender}"])
    return name


def misspelt(name: str, turn: int) -> str:
    """Return `name` as another service writes it; the same name when no way is known."""
    ways = [way for way in lists("names")["spellings"] if way[0] in name]
    if not ways:
        return name
    usual, other = ways[turn % len(ways)]
    return name.replace(usual, other, 1)


def _spell(number: int, cuts: tuple[str, ...]) -> str:
    parts = []
    for cut in reversed(cuts):
        number, at = divmod(number, len(_syllables(cut)))
        parts.append(_syllables(cut)[at])
    return "".join(reversed(parts))


def _partner(number: int) -> int:
    """Return the number of the second half, on the same side of the members' fence."""
    if number < MEMBER_NAMES:
        return (number + MEMBER_NAMES // 2) % MEMBER_NAMES
    return MEMBER_NAMES + number * 31 % (short_names() - MEMBER_NAMES)


def _with_particle(name: str, turn: int) -> str:
    particles = lists("names")["particles"]
    particle: str = particles[turn % len(particles)]
    if particle == "de" and folded(name)[0] in _VOWELS:
        return f"d’{name}"
    return f"{particle} {name}"
