"""What the chapters share: the house, the people at their windows, what was learnt on the way."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Final
from uuid import UUID

from pyotp import TOTP

from casework.accounts.assembly import Accounts
from casework.demo.check.browser import Browser, Client
from casework.demo.check.page import CheckFailed, Page
from casework.demo.shapes import Case, Member, World
from casework.demo.workshop import MovingClock
from casework.runtime import Runtime
from casework.settings import Settings

_HALF_MINUTE: Final = timedelta(seconds=31)


@dataclass(frozen=True, slots=True)
class House:
    """An instance served in this process, and the clock that it reads."""

    settings: Settings
    runtime: Runtime
    accounts: Accounts
    clock: MovingClock
    window: Callable[[], Client]

    @property
    def home(self) -> Path:
        """The folder of the instance."""
        return self.settings.home


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody who signs in."""

    name: str
    login: str
    password: str = field(repr=False)
    phone: str = field(repr=False)

    @classmethod
    def of(cls, member: Member) -> "Persona":
        """Return a member of the world."""
        name = f"{member.civility} {member.given} {member.family}"
        return cls(name, member.login, member.password, member.totp_seed)


@dataclass
class Stage:
    """The check under way; `newcomer` is a young person whom the world does not know yet.

    `cards` are what was printed once, by who keeps it.
    """

    house: House
    world: World
    newcomer: Case
    browsers: list[Browser] = field(default_factory=list)
    seats: dict[str, Browser] = field(default_factory=dict)
    personas: dict[str, Persona] = field(default_factory=dict)
    case_id: UUID | None = None
    reference: str = ""
    meeting: str = ""
    ceremony: str = ""
    victim: str = ""
    cards: dict[str, str] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    copy: Path | None = None
    family_id: UUID | None = None
    sitting: str = ""

    @property
    def now(self) -> datetime:
        """The moment the house believes it is."""
        return self.house.clock.now()

    @property
    def case(self) -> str:
        """The id of the newcomer's case, as addresses hold it."""
        if self.case_id is None:
            raise CheckFailed("aucune situation n’est encore ouverte")
        return str(self.case_id)

    @property
    def family(self) -> str:
        """The id of the family before the council, as addresses hold it."""
        if self.family_id is None:
            raise CheckFailed("aucune famille n’a encore saisi le conseil")
        return str(self.family_id)

    def wait(self, **distance: float) -> None:
        """Let time pass."""
        self.house.clock.stand_at(self.now + timedelta(**distance))

    def window(self) -> Browser:
        """Open a new browser, with no cookie."""
        browser = Browser(self.house.window(), self.house.settings.public_url)
        self.browsers.append(browser)
        return browser

    def code(self, persona: Persona) -> str:
        """Return the next code of a phone: the one before may have been used."""
        self.house.clock.stand_at(self.now + _HALF_MINUTE)
        return TOTP(persona.phone).at(self.now)

    def seat(self, role: str) -> Browser:
        """Return the browser of somebody, signed in again if their session has ended."""
        browser = self.seats.get(role)
        if browser is None or browser.look("/charte").status != HTTPStatus.OK:
            browser = self.sign_in(self.personas[role])
            self.seats[role] = browser
        return browser

    def sign_in(self, persona: Persona) -> Browser:
        """Sign in whole, in a new browser, and renew an undertaking that is over."""
        browser = self.window()
        prove(self, browser, persona, browser.look("/connexion"))
        for form in browser.look("/charte").forms:
            if form.action.endswith("/charte/engagement"):
                browser.send(form, read="yes")
        return browser


def prove(stage: Stage, browser: Browser, persona: Persona, page: Page) -> Page:
    """Give password and code on a page that asks for them; return where it leads."""
    form = page.form("/connexion")
    page = browser.send(form, login=persona.login, password=persona.password)
    page = browser.send(page.form("/connexion/code"), code=stage.code(persona))
    browser.expect(HTTPStatus.OK)
    return page


def member_of(world: World, category: str, role: str = "member") -> Member:
    """Return the first member of a category of partner, with a role."""
    bodies = {one.key for one in world.organisations if one.category == category}
    return next(one for one in world.members if one.organisation in bodies and one.role == role)


def secret_words(case: Case) -> Sequence[str]:
    """Return what must not be shown of a case to those it is not for."""
    who = case.subject
    return (who.family, who.address.partition(",")[0], case.fact)
