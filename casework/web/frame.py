"""What surrounds a page: navigation, in whose name one reads, who is signed in."""

from dataclasses import dataclass, field
from typing import Any

from flask import Flask


@dataclass(frozen=True, slots=True)
class NavItem:
    """An entry of the navigation, or with `items` a menu of several; `url` is empty then.

    The bottom bar of phones has five: of more, four and a menu of the others.
    """

    label: str
    url: str
    icon: str
    current: bool = False
    count: int = 0
    items: tuple["NavItem", ...] = ()


@dataclass(frozen=True, slots=True)
class ReasonTap:
    """A reason that one tap gives; `typed` asks for a few words first."""

    code: str
    label: str
    current: bool = False
    typed: bool = False


@dataclass(frozen=True, slots=True)
class Traced:
    """Why one is reading, as it will stand in the register: « la séance du 3 décembre ».

    `taps` are the reasons to change to, sent to `change_url`; `resume` leads back here.
    """

    reason: str
    change_url: str = ""
    taps: tuple[ReasonTap, ...] = ()
    resume: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """Who is signed in, and the two ways to leave (both are POST).

    `lock_here` also remembers this page; the page of a problem tells nothing of its request.
    """

    name: str
    organisation: str
    lock_url: str
    sign_out_url: str
    lock_here: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere; `short` where a telephone has no room for them."""

    label: str
    url: str
    short: str = ""


@dataclass(frozen=True, slots=True)
class Doors:
    """Where the pages of problems send people, and the forms they show in place."""

    home: str = "/"
    sign_in: str = "/connexion"
    step_up: str = "/connexion/confirmation"
    charter: str = "/charte"
    review: str = "/revue"
    simulator: str = "/simulateur"
    recovery: str = "/cle-de-secours"
    custody: str = "/cles"
    trail: str = "/mes-consultations"
    exceptional: str = "/acces-exceptionnels"
    leave: str = "/depart"
    day: str = "/jour"
    help: str = "/aide"
    accessibility: str = "/accessibilite"
    sign_in_form: str = "accounts/sign_in_form.html"
    step_up_form: str = "accounts/step_up_form.html"


@dataclass(frozen=True, slots=True)
class House:
    """Whose service this is."""

    name: str = ""
    contact: str = ""
    demonstration: bool = False
    doors: Doors = field(default_factory=Doors)


def install(app: Flask, house: House) -> None:
    """Give every template the frame; processors registered later put their values into it."""
    app.context_processor(lambda: _empty(house))


def _empty(house: House) -> dict[str, Any]:
    return {
        "house": house,
        "doors": house.doors,
        "navigation": [],
        "account": None,
        "traced": None,
        "primary": None,
        "search": None,
        "keys_on": True,
        "trains": False,
        "problem_page": False,
    }
