"""Every route, asked by every role for a case of others and for none: the same answer, as soon."""

import re
import time
from collections.abc import Iterator, Mapping
from itertools import product
from statistics import median
from typing import Any, Final
from uuid import UUID

import pytest

from casework.web.guard import access_matrix
from tests.side_doors import ABSENT, Beside, beside_on, still

ROLES: Final = ("school", "street_work", "landlord", "dpo", "archives")
# The officer may hold any case, by its number alone: that is what a hold is for.
MAY: Final = {("dpo", "POST /api/v1/cases/<uuid:case_id>/holds")}
PLACE: Final = re.compile(r"<(?:[^:<>]+(?:\([^)]*\))?:)?(\w+)>")
FORM: Final = {
    "text": "Un mot inventé.", "note": "Une note inventée.", "why": "moved",
    "to": "ordinary_service", "informed_on": "20/11/2026", "kind": "school_contact",
    "due_on": "30/11/2026", "state": "done", "code": "kept", "button": "next", "version": "1",
    "contact_phone": "06", "contact_message": "no",
    "family_name": "Inventée", "words": "Une raison inventée", "agreed": "no", "protected": "yes",
    "other": "01930000-0000-7000-8000-00000000dead",
}  # fmt: skip
TOLD: Final[Mapping[str, Any]] = {
    "contributions": {"text": "Un mot.", "part": "sheet"},
    "closure": {"why": "moved"},
    "information": {"informed_on": "2026-11-20"},
    "steps": {"step": "signal", "answers": {}},
    "safe-contact": {"contact_phone": "06", "contact_message": True},
    "namings": {"member": str(ABSENT)},
    "holds": {"reason": "complaint", "until_on": "2027-01-01"},
    "actions": {"kind": "school_contact", "lead": str(ABSENT), "due_on": "2026-11-30"},
    "report": {"state": "done", "text": "Fait."},
    "question": {"text": "Quoi ?"},
    "answer": {"text": "Rien."},
    "redirection": {"to": "ordinary_service"},
    "merges": {"other": str(ABSENT)},
    "decisions": {"case_id": str(ABSENT), "code": "kept"},
}
PAIRS: Final = 40
ROUNDS: Final = 4
TELLS: Final = 0.8
"""How often the slower of a pair may be the same one: a coin shows more in one round of 40 000."""


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def beside(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Beside]:
    yield from beside_on(request, tmp_path_factory.mktemp("routes"))


def routes_to_a_case(beside: Beside) -> list[str]:
    """Return "METHOD url" of the routes that name a case, an action or a draft."""
    lines = (line.rpartition(" ")[0] for line in access_matrix(beside.office.app).splitlines())
    asked = (re.sub(r"\s+", " ", line) for line in lines)
    return [one for one in asked if re.search(r"(case|action|draft)_id", one)]


def ids_of(
    beside: Beside, case_id: UUID, action_id: UUID, draft_id: UUID, document_id: UUID = ABSENT
) -> dict[str, str]:
    town = beside.town
    known = {"case_id": case_id, "action_id": action_id, "draft_id": draft_id,
             "document_id": document_id,
             "member_id": town.members["landlord"], "meeting_id": beside.scene.meetings["open"],
             "group_id": town.group_id, "step": 1}  # fmt: skip
    return {name: str(one) for name, one in known.items()}


def ask(beside: Beside, body: str, route: str, ids: Mapping[str, str], token: Any) -> Any:
    method, url = route.split(" ")
    path = PLACE.sub(lambda place: ids.get(place[1], str(ABSENT)), url)
    if path.startswith("/api/v1"):
        told = TOLD.get(path.rpartition("/")[2])
        return beside.api(body, method, path.removeprefix("/api/v1"), told)
    desk = beside.office.at(body)
    return desk.get(path) if method == "GET" else desk.press(path, token, **FORM)


def of_the_police(beside: Beside) -> dict[str, str]:
    """Return ids of a case, an action and a draft that the police alone know of."""
    beside.scene.cases["police"] = beside.own
    beside.town.name(beside.own, "police")
    action_id = beside.scene.act("police", "police", "school_contact")
    desk, group = beside.office.at("police"), str(beside.town.group_id)
    begun = desk.press("/saisines/brouillons", desk.get("/saisines/nouvelle"), group_id=group)
    draft = re.search(r"/brouillons/([0-9a-f-]+)/", begun.headers["Location"])
    assert draft is not None
    document_id = beside.scene.attach("police", "police", "Un intitulé de la police inventée")
    return ids_of(beside, beside.own, action_id, UUID(draft[1]), document_id)


def test_no_role_can_tell_a_case_of_others_from_none_by_any_route(beside: Beside) -> None:
    routes, theirs = routes_to_a_case(beside), of_the_police(beside)
    none = ids_of(beside, ABSENT, ABSENT, ABSENT)
    assert len(routes) > 40
    told_apart = []
    tokens = {body: beside.page(body, "/aide") for body in ROLES}
    for body, route in product(ROLES, routes):
        hidden, absent = (ask(beside, body, route, ids, tokens[body]) for ids in (theirs, none))
        same = (hidden.status_code, still(hidden.text)) == (absent.status_code, still(absent.text))
        if not same and (body, route) not in MAY:
            told_apart.append((body, route, hidden.status_code, absent.status_code))
    assert told_apart == []


def test_the_same_routes_lead_to_a_case_of_one_s_own(beside: Beside) -> None:
    """A sweep that nobody could pass would prove nothing."""
    for body in ("police", "coordination"):
        assert beside.page(body, f"/situations/{beside.own}").status_code == 200
        assert beside.program.get(body, f"/cases/{beside.own}").status_code == 200
        assert beside.page(body, f"/situations/{beside.own}/documents").status_code == 200


def seconds(beside: Beside, case_id: UUID) -> float:
    began = time.perf_counter()
    assert beside.page("landlord", f"/situations/{case_id}").status_code == 404
    return time.perf_counter() - began


def slower(beside: Beside, first: UUID, second: UUID) -> float:
    """Return how often asking for the first takes longer than for the second, next to it."""
    seconds(beside, first), seconds(beside, second)
    wins = 0
    for turn in range(PAIRS):
        ahead, behind = (first, second) if turn % 2 else (second, first)
        took = {ahead: seconds(beside, ahead), behind: seconds(beside, behind)}
        wins += took[first] > took[second]
    return wins / PAIRS


def test_a_refusal_takes_as_long_as_an_absence(beside: Beside) -> None:
    """Told apart only by who would be right four times in five, in each of several rounds."""
    shares = []
    for _ in range(ROUNDS):
        shares.append(slower(beside, beside.own, ABSENT))
        if 1 - TELLS < median(shares) < TELLS:
            return
    pytest.fail(f"a refusal is told by its time: {shares}")
