"""Whatever is sent, the answer is a success or a problem of the caller; never of the service."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.integration.api.program import Program, referral_body
from tests.integration.api.test_cases import followed

CANARY = "Zéphirinquois"
ODD = st.sampled_from(
    ["", "\x00", "\ud800", "\u202e", "é" * 5000, "-1", "9" * 30, "1e400", "null", "'; DROP", "{}"]
)
TEXTS = st.one_of(ODD, st.text(st.characters(), max_size=20))
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), TEXTS),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXTS, inner, max_size=3)),
    max_leaves=6,
)
TAGS = st.one_of(st.sampled_from(['"1"', '"2"', '"3"', "*", 'W/"1"', '"' + "9" * 9 + '"']), ODD)
_HEADER_SAFE = re.compile(r"[^\x20-\xff]")


@st.composite
def requests(draw: st.DrawFn, routes: list[tuple[str, str]], seeds: dict[str, Any]) -> Any:
    """Draw a request: a known route, known or odd ids, a sound body with some of it changed."""
    path, method = draw(st.sampled_from(routes))
    ids = st.one_of(st.sampled_from(seeds["ids"]), st.uuids().map(str), ODD)
    url = re.sub(r"{\w+}", lambda _: quote(draw(ids), safe="", errors="replace"), path)
    body = dict(seeds["bodies"].get(path.rpartition("/")[2], {}))
    if draw(st.booleans()):
        names = st.one_of(st.sampled_from([*body, "text"]), TEXTS)
        body.update(draw(st.dictionaries(names, VALUES, max_size=2)))
    headers = {
        "If-Match": _HEADER_SAFE.sub("?", draw(TAGS)),
        "Idempotency-Key": draw(st.one_of(st.uuids().map(str), st.just("x"))),
    }
    odd = st.dictionaries(st.sampled_from(["limit", "state", "cursor", "nom"]), TEXTS)
    query = draw(odd) if draw(st.integers(0, 3)) == 0 else {}
    return method.upper(), url, body, headers, query


def seeds_of(program: Program) -> dict[str, Any]:
    """Return ids that exist and bodies that are sound."""
    case_id, town = followed(program, "school"), program.town
    member = str(town.members["school"])
    day = (town.clock.now() + timedelta(days=9)).date().isoformat()
    action = {"kind": "school_contact", "detail": "Bilan", "lead": member, "due_on": day}
    bodies = {
        "referrals": referral_body(town),
        "question": {"text": "Depuis quand ?"},
        "answer": {"text": "Un mois."},
        "redirection": {"to": "ordinary_service"},
        "contributions": {"text": "Un mot.", "part": "sheet"},
        "namings": {"member": member, "until": day},
        "actions": action,
        "report": {"state": "done", "text": "Fait."},
        "information": {"informed_on": "2026-11-20"},
        "closure": {"why": "moved"},
        "meetings": {"group_id": str(town.group_id), "held_on": day, "cases": [case_id]},
        "attendance": {"member": member, "present": True},
        "decisions": {"case_id": case_id, "code": "kept", "lead": member, "action": action},
        "holds": {"reason": "complaint", "until_on": day},
        "visa": {"reference": "AD-2026-1", "count": 1},
    }
    return {"ids": [case_id, member, str(town.group_id)], "bodies": bodies}


def routes_of(program: Program) -> Iterator[tuple[str, str]]:
    for path, item in program.ask("dpo", "GET", "/api/openapi.json").json["paths"].items():
        yield from ((path, method) for method in item if method in {"get", "post", "delete"})


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
def test_no_request_makes_the_service_fail(program: Program) -> None:
    drawn = requests(list(routes_of(program)), seeds_of(program))

    @settings(
        max_examples=200,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(drawn, st.sampled_from(["coordination", "school", "police", "dpo", "archives"]))
    def ask(asked: Any, body: str) -> None:
        method, url, sent, headers, query = asked
        answer = program.ask(
            body,
            method,
            url,
            query_string={name: _sendable(text) for name, text in query.items()},
            data=None if method == "GET" else json.dumps(sent),
            content_type="application/json",
            headers=headers,
        )
        assert answer.status_code < 500, (method, url, sent, answer.text)
        if answer.status_code >= 400:
            assert answer.mimetype == "application/problem+json"
        if body in {"police", "dpo", "archives"}:
            assert CANARY not in answer.text

    ask()


def _sendable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()
