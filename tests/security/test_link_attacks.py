"""Whoever a personal link keeps from a case finds nothing of it, whatever they ask and how.

Each answer about the case is compared with the answer about none, and each list with what it said
before the link.
"""

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import pytest
from werkzeug.test import TestResponse

from casework.cases.orders import NewAction
from casework.identity import Reason, Role
from casework.keys.recovery.values import Why
from tests.gathering import accepted, decide, fact, open_meeting, today
from tests.holders import colleague, session_of
from tests.integration.api.program import V1, Program, program_of
from tests.office import Office, office_of
from tests.town import Town

NOBODY: Final = UUID("01930000-0000-7000-8000-00000000dead")
NAME: Final = "ZÉPHIRINQUOIS"
COORDINATOR, DEPUTY, WORKER = "coordination", "deputy", "street_work"
# What each request carries by chance: its tokens, its nonce, the number of its incident.
_CHANCE: Final = re.compile(r'(value|nonce|content|hx-nonce|X-CSRF-Token)(="|": ")[^"]*"|\?v=\w+')
_PLACE: Final = re.compile(r"<(?:[^:<>]+:)?(\w+)>")
_FORMS: Final[dict[str, Any]] = {
    "text": "Un mot.", "note": "Un mot.", "words": "Un motif inventé", "state": "done",
    "version": "1", "why": "moved", "informed_on": "20/11/2026", "to": "ordinary_service",
    "code": "postponed", "protected": "yes", "agreed": "yes", "part": "sheet",
}  # fmt: skip
BAD: Final = 400
ROUNDS: Final = 10
NOISE: Final = 1.5
OPEN_TO_NOBODY: Final = ("/verrouiller", "/deconnexion", "/static/", "/activation", "/connexion")


@dataclass
class Kept:
    """A case with everything that shows it, two coordinators, and the lead who referred."""

    town: Town
    office: Office
    program: Program
    case_id: UUID
    meeting_id: UUID
    action_id: UUID

    @property
    def reference(self) -> str:
        return str(fact(self.town, self.case_id, "reference"))

    def declare(self, body: str) -> None:
        links = self.town.runtime.safeguards.links
        links.declare(self.town.who(body), Reason.DUTY, self.case_id)

    def lists(self, body: str) -> dict[str, str]:
        """Return what every list and home page says to a member, and every list of the API."""
        desk = self.office.at(body)
        pages = {url: desk.get(url).text for url in self._plain("GET", "/")}
        meeting = f"/seances/{self.meeting_id}"
        pages[meeting] = desk.get(meeting).text
        for url in (*self._plain("GET", V1), f"{V1}/meetings/{self.meeting_id}"):
            if url.startswith(V1):
                pages[url] = self.program.ask(body, "GET", url).text
        return pages

    def _plain(self, method: str, prefix: str) -> Iterator[str]:
        for rule in self.office.app.url_map.iter_rules():
            plain = method in (rule.methods or ()) and not rule.arguments
            if plain and rule.rule.startswith(prefix) and not rule.rule.startswith(OPEN_TO_NOBODY):
                yield rule.rule

    def about(self, case_id: UUID) -> Iterator[tuple[str, str]]:
        """Give every route that names a case, as an address about this one."""
        ids = {
            "case_id": case_id, "meeting_id": self.meeting_id, "action_id": self.action_id,
            "member_id": self.town.members["school"], "holder_id": self.town.members["school"],
            "step": "signal", "letter_id": self.action_id, "document_id": self.action_id,
            "mention_id": self.action_id,
        }  # fmt: skip
        for rule in self.office.app.url_map.iter_rules():
            for method in sorted((rule.methods or set()) & {"GET", "POST", "DELETE"}):
                if "case_id" in rule.arguments:
                    yield method, _PLACE.sub(lambda hole: str(ids[hole[1]]), rule.rule)


@pytest.fixture
def kept(town: Town, tmp_path: Path) -> Kept:
    """Give a case followed, before an open meeting, with an action and an exceptional access."""
    office, program = office_of(town, tmp_path), program_of(town, tmp_path)
    colleague(office.staff, COORDINATOR, DEPUTY, Role.COORDINATOR)
    office.desks[DEPUTY] = office.sit(DEPUTY)
    case_id = accepted(town)
    first = open_meeting(town, case_id)
    decide(town, first, case_id, "kept", lead_id=town.members[WORKER])
    town.runtime.meetings.close(town.who(COORDINATOR), first, version=2)
    due = today(town)
    action = NewAction("school_contact", "", town.members[WORKER], town.bodies[WORKER], due)
    coordinator = town.who(COORDINATOR)
    action_id = town.runtime.actions.open(coordinator, Reason.DUTY, case_id, action)
    office.staff.enrol("mission")
    reader, reference = session_of(office.staff, "mission"), str(fact(town, case_id, "reference"))
    town.runtime.exceptional.ask(reader, reference, Why.DANGER)
    return Kept(town, office, program, case_id, open_meeting(town, case_id), action_id)


@pytest.mark.parametrize("body", [DEPUTY, WORKER])
def test_no_list_tells_of_it_and_every_route_answers_as_about_no_case_at_all(
    kept: Kept, body: str
) -> None:
    words = (kept.reference, str(kept.case_id), NAME, NAME.title())
    before = kept.lists(body)
    kept.declare(body)
    after = kept.lists(body)
    told = {url for url, text in before.items() if any(word in text for word in words)}
    assert len(told) >= (6 if body == DEPUTY else 8)
    assert {url for url, text in after.items() if any(word in text for word in words)} == set()
    # Nothing counts, and nothing stands in the place of, what is not shown.
    empty = re.compile(r"Situation réservée|withheld-line")
    assert [url for url, text in after.items() if empty.search(text)] == []
    _same_answers(kept, body)


def _same_answers(kept: Kept, body: str) -> None:
    page = kept.office.at(body).get("/")
    asked = list(zip(kept.about(kept.case_id), kept.about(NOBODY), strict=True))
    assert len(asked) > 40
    for (method, url), (_, absent) in asked:
        here, nowhere = (_sent(kept, body, method, one, page) for one in (url, absent))
        assert (here.status_code, _scrubbed(here)) == (nowhere.status_code, _scrubbed(nowhere)), url
        assert here.status_code >= BAD, url
        assert kept.reference not in here.text


def _sent(kept: Kept, body: str, method: str, url: str, page: TestResponse) -> TestResponse:
    member = str(kept.town.members["police"])
    named = {"member": member, "lead": member, "holder": member}
    if url.startswith(V1):
        headers = {"If-Match": '"1"', "Idempotency-Key": kept.program.key()}
        fields = _wanted(url, {**_FORMS, **named})
        sent = {"json": fields} if method == "POST" and fields else {}
        return kept.program.ask(body, method, url, headers=headers, **sent)
    desk = kept.office.at(body)
    if method == "GET":
        return desk.get(url)
    return desk.press(url, page, **_wanted(url, {**_FORMS, **named}))


_FIELDS: Final = {
    "contributions": ("text",), "notes": ("note",), "reponse": ("version", "text"),
    "question": ("version", "text"), "retenir": ("version",), "refus": ("version",),
    "reorientation": ("version", "to"), "cloture": ("version", "why"),
    "information": ("version", "informed_on"), "acces": ("member",), "liens": ("holder",),
    "links": ("holder",), "protection": ("protected",), "motif": ("words",), "reasons": ("words",),
    "namings": ("member",), "closure": ("why",), "compte-rendu": ("version", "state", "text"),
    "answer": ("text",), "redirection": ("to",),
}  # fmt: skip


def _wanted(url: str, known: dict[str, Any]) -> dict[str, Any]:
    """Return what a form or a body holds, so that it is refused for its case and nothing else."""
    last = url.rpartition("/")[2]
    fields = list(_FIELDS.get(last, ()))
    if url.startswith(V1) and last == "contributions":
        fields += ["part"]
    if url.startswith(V1) and last in {"question", "information"}:
        fields = ["text"] if last == "question" else ["informed_on"]
    if "/seances/" in url and last != "ouverture":
        fields = ["version", "code"]
    return {name: known[name] for name in fields}


def _scrubbed(answer: TestResponse) -> str:
    text = answer.text.replace(str(NOBODY), "").replace("\n", " ")
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "", _CHANCE.sub("", text))


def test_refused_and_absent_take_the_same_time_and_no_emergency_brings_it_back(kept: Kept) -> None:
    kept.declare(DEPUTY)
    spent: dict[UUID, list[float]] = {kept.case_id: [], NOBODY: []}
    for _ in range(ROUNDS):
        for one, times in spent.items():
            begun = time.process_time()
            answer = kept.program.get(DEPUTY, f"/cases/{one}")
            times.append(time.process_time() - begun)
            assert answer.status_code == 404
    here, nowhere = min(spent[kept.case_id]), min(spent[NOBODY])
    assert here < NOISE * nowhere
    desk = kept.office.at(DEPUTY)
    page = desk.get("/acces-exceptionnels")
    asked = [
        desk.press("/acces-exceptionnels", page, reference=one, why="danger")
        for one in (kept.reference, "SN-1999-001")
    ]
    assert [one.status_code for one in asked] == [404, 404]
    assert _scrubbed(asked[0]) == _scrubbed(asked[1])
