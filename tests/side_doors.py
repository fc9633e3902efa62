"""A town seen from beside: members in order who were called to nothing, and what they are shown."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import pytest

from casework.cases.values import NewPerson
from casework.identity import Reason
from tests.conftest import FILE_KEY, Address
from tests.founding import settle
from tests.integration.api.program import V1, Program, program_of
from tests.office import Office, office_of, open_office
from tests.planted import Planted
from tests.postgres import APPLICATION, acting_as
from tests.scenery import NOTE, Scene, planted, scene_of, set_scene
from tests.town import Town

ABSENT: Final = UUID("01930000-0000-7000-8000-00000000dead")
REFERENCE: Final = re.compile(r"SN-\d{4}-\d{3}")
# What a draft let go says waits for the next page, whichever that is.
_MOVING: Final = re.compile(
    r'value="[^"]{20,}"|\d\d:\d\d|[0-9a-f-]{36}|nonce="[^"]*"'
    r'|<div class="notice info">[^\n]*Ce brouillon n’existe plus[^\n]*\n'
)
_OF_THE_POLICE: Final = NewPerson("subject", "Quatrevrin", "Barnabette", date(2011, 6, 8))
OUTSIDERS: Final = ("police", "landlord", "mission", "dpo", "archives")
PAGES: Final = ("/", "/a-traiter", "/acces-exceptionnels", "/actions", "/avis", "/cle-de-secours",
                "/cles", "/charte", "/rappels", "/saisines", "/saisines/nouvelle", "/seances",
                "/situations")  # fmt: skip
LISTS: Final = ("/actions", "/cases", "/meetings", "/referrals")


@dataclass
class Beside:
    """The scene, and everybody's desk and program in it."""

    scene: Scene
    office: Office
    program: Program
    own: UUID
    secrets: Planted

    @property
    def town(self) -> Town:
        return self.scene.town

    def page(self, body: str, url: str) -> Any:
        return self.office.at(body).get(url)

    def api(self, body: str, method: str, url: str, json: Any = None, tag: str = '"1"') -> Any:
        headers = {"If-Match": tag, "Idempotency-Key": self.program.key()}
        return self.program.ask(body, method, V1 + url, json=json, headers=headers)

    def shown(self, body: str) -> str:
        """Return all that a member's lists and pages without a number show them of others."""
        pages = [self.page(body, url).text for url in PAGES]
        return "\n".join([*pages, *(self.program.get(body, url).text for url in LISTS)])

    def hidden(self, *, of: str) -> Iterator[tuple[str, UUID]]:
        """Give the cases that a body was called to nothing of, by what they show."""
        known = {"school": {"followed", "agenda", "answered"}}.get(of, set())
        yield from ((name, one) for name, one in self.scene.cases.items() if name not in known)

    def references(self) -> dict[str, str]:
        """Return the references of cases by what they show, as the coordinator reads them."""
        pages = {
            name: self.page("coordination", f"/situations/{one}").text
            for name, one in self.scene.cases.items()
        }
        found = {name: REFERENCE.search(page) for name, page in pages.items()}
        return {name: one[0] for name, one in found.items() if one}

    def traces(self, text: str, *, of: str) -> list[str]:
        """Return what a text tells of cases that this body may not know of."""
        hidden = dict(self.hidden(of=of))
        ids = [name for name, one in hidden.items() if str(one) in text]
        numbers = [name for name, one in self.references().items() if one in text]
        words = self.secrets.found_in(text) if of in OUTSIDERS else self.secrets_of(text)
        return [*ids, *(name for name in numbers if name in hidden), *words]

    def secrets_of(self, text: str) -> list[str]:
        """Return what even somebody who reads a case must not find: others' notes."""
        return [NOTE] if NOTE in text else []


def look_beside(town: Town, folder: Path) -> Beside:
    """Look at the scene; the police have referred a case of their own, known to nobody else."""
    scene = scene_of(town)
    office, program = office_of(town, folder), program_of(town, folder)
    theirs = {"reporter": "", "words": "", "fact": "Un fait de la police inventée."}
    own = town.refer("police", persons=(_OF_THE_POLICE,), **theirs)
    town.follow(own)
    return Beside(scene, office, program, own, planted())


def beside_on(request: pytest.FixtureRequest, folder: Path) -> Iterator[Beside]:
    """Give the scene on the database that a fixture is asked with, until it ends."""
    if request.param == "sqlite":
        path = folder / "casework.db"
        path.write_bytes(request.getfixturevalue("sqlite_template").read_bytes())
        address = Address(f"sqlite:///{path}", FILE_KEY)
    else:
        reused = request.getfixturevalue("reused_database")
        address = Address(acting_as(APPLICATION, reused.given()))
    town = settle(address, folder, set_scene, open_office)
    yield look_beside(town, folder)
    town.dispose()


def still(text: str) -> str:
    """Return a page without what changes with each request."""
    return _MOVING.sub("", text)


def end_naming(beside: Beside, case: str, body: str) -> None:
    """Unname a body's member from a case."""
    town = beside.town
    coordinator, member = town.who("coordination"), town.members[body]
    town.runtime.cases.unname(coordinator, Reason.DUTY, beside.scene.cases[case], member)
