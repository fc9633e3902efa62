"""Tells what was seen and said, in the words of people in a hurry who respect the person."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from casework.demo.draw import Draw
from casework.demo.names import chance_family
from casework.demo.people import Youth
from casework.demo.words import lists, typeset

LONGEST: Final = 400

_SUMMER: Final = (7, 8)

_AGREEMENT: Final = {
    True: {
        "Il": "Elle",
        "il": "elle",
        "e": "e",
        "le": "la",
        "lui": "elle",
        "jeune": "la jeune",
        "Jeune": "La jeune",
        "au_jeune": "à la jeune",
    },
    False: {
        "Il": "Il",
        "il": "il",
        "e": "",
        "le": "le",
        "lui": "lui",
        "jeune": "le jeune",
        "Jeune": "Le jeune",
        "au_jeune": "au jeune",
    },
}


class _Slots(dict[str, str]):
    """Agreement with the person, and for every other slot a drawn filling."""

    def __init__(self, draw: Draw, *, feminine: bool) -> None:
        super().__init__(_AGREEMENT[feminine])
        self._draw = draw

    def __missing__(self, slot: str) -> str:
        filling: str = self._draw.pick(lists("stories")["slots"][slot])
        return filling.format_map(self)


def in_term(day: date) -> bool:
    """Say whether schools are open: not in July and August."""
    return day.month not in _SUMMER


def fitting_reasons(origin: str, age: int, day: date) -> list[str]:
    """Return why somebody of `age` is referred by `origin` for facts of `day`."""
    told = lists("stories")["reasons"]
    brought = [
        code
        for code in lists("stories")["origins"][origin]["brings"]
        if _fits(told[code], age, day)
    ]
    return brought or [code for code in told if _fits(told[code], age, day)] or ["incivilities"]


def fitting_actions(age: int) -> list[str]:
    """Return the kinds of action that make sense at `age`."""
    kinds = lists("notes")["actions"]
    return [code for code, told in kinds.items() if told["ages"][0] <= age <= told["ages"][1]]


def categories_for(kind: str) -> list[str]:
    """Return the categories of partner that undertake an action of `kind`."""
    found: list[str] = lists("notes")["actions"][kind]["by"]
    return found


def origins(present: Iterable[str]) -> list[str]:
    """Return the origins that the partners present in a group can bring, as often as they do."""
    told = lists("stories")["origins"]
    categories = frozenset(present)
    return [
        code
        for code, one in told.items()
        if categories.intersection(one["from"])
        for _ in range(one["weight"])
    ]


def referring(origin: str) -> list[str]:
    """Return the categories of partner that pass on a referral of `origin`."""
    found: list[str] = lists("stories")["origins"][origin]["from"]
    return found


def fact(reason: str, youth: Youth, draw: Draw) -> str:
    """Return the facts of a referral."""
    return _tell(lists("stories")["reasons"][reason]["facts"], youth, draw)


def reporter(origin: str, draw: Draw) -> str:
    """Return who told the referring member: a civility, a name, a place in life."""
    civility = draw.pick(("Mme", "M."))
    place = draw.pick(lists("stories")["origins"][origin]["reporters"][civility])
    return f"{civility} {chance_family(draw)}, {place}"


def reporter_family(told: str) -> str:
    """Return the family name inside what `reporter` returned."""
    return told.partition(" ")[2].partition(",")[0]


def reporter_words(origin: str, youth: Youth, draw: Draw) -> str:
    """Return what the reporter said."""
    return _tell(lists("stories")["origins"][origin]["words"], youth, draw)


def contributions(category: str, youth: Youth, draw: Draw) -> Iterator[str]:
    """Yield what a partner of `category` writes in a case, never the same thing twice."""
    among = lists("notes")["contributions"][category]
    return (_tell([one], youth, draw) for one in draw.some(among, len(among)))


def detail(kind: str, youth: Youth, draw: Draw) -> str:
    """Return what an action of `kind` consists of."""
    return _tell(lists("notes")["actions"][kind]["details"], youth, draw)


def report(state: str, youth: Youth, draw: Draw) -> str:
    """Return the line that says what became of an action; nothing while it is open."""
    return "" if state == "open" else _tell(lists("notes")["reports"][state], youth, draw)


def question(youth: Youth, draw: Draw) -> str:
    """Return what the coordinator asks the referring member."""
    return _tell(lists("notes")["questions"], youth, draw)


def _fits(told: Mapping[str, Any], age: int, day: date) -> bool:
    youngest, oldest = told["ages"]
    return youngest <= age <= oldest and ("in_term" not in told or in_term(day))


def _tell(among: Sequence[str], youth: Youth, draw: Draw) -> str:
    told = draw.pick(among).format_map(_Slots(draw, feminine=youth.feminine))
    return typeset(told[0].upper() + told[1:])
