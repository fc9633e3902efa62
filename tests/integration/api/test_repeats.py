"""A request sent again with its key is done once, whatever happens in between."""

import threading
from concurrent.futures import ThreadPoolExecutor

from casework.audit.actions import Act
from casework.audit.lines import Asked
from casework.db.engine import Scope
from tests.integration.api.program import Program, referral_body
from tests.integration.api.test_cases import followed
from tests.town import COUNCIL

KEY = "0b9c2f9e-6e43-4a55-9e0f-3a54a6b6d001"
WORDS = {"text": "Un fait constaté.", "part": "sheet"}


def sent(program: Program) -> int:
    """Return how many referrals the register knows."""
    asked = Asked(acts=frozenset({Act.REFERRAL_SENT}))
    return len(program.town.runtime.register.read(program.town.who("dpo"), asked).lines)


def test_a_referral_needs_a_key(program: Program) -> None:
    body = referral_body(program.town)
    answer = program.post("street_work", "/referrals", body)
    assert (answer.status_code, answer.json["code"]) == (400, "repeat-key-required")
    for key in ("", "x", "é", KEY[:-1], KEY.replace("-", ""), "{" + KEY[:-2] + "}"):
        answer = program.post("street_work", "/referrals", body, idempotency_key=key)
        assert answer.status_code == 422
        assert answer.json["errors"][0]["pointer"] == "#/Idempotency-Key"
    assert sent(program) == 0


def test_the_same_request_is_answered_alike_and_done_once(program: Program) -> None:
    body = referral_body(program.town)
    first, again, quoted = (
        program.post("street_work", "/referrals", body, idempotency_key=key)
        for key in (KEY, KEY, f'"{KEY}"')
    )
    assert first.status_code == again.status_code == quoted.status_code == 201
    assert first.data == again.data == quoted.data
    assert first.headers["Location"] == again.headers["Location"]
    assert first.headers["ETag"] == again.headers["ETag"]
    assert sent(program) == 1


def test_a_key_is_of_one_request(program: Program) -> None:
    body = referral_body(program.town)
    program.post("street_work", "/referrals", body, idempotency_key=KEY)
    other = referral_body(program.town, given_name="Théodule")
    answer = program.post("street_work", "/referrals", other, idempotency_key=KEY)
    assert (answer.status_code, answer.json["code"]) == (422, "repeat-key-reused")
    assert sent(program) == 1


def test_a_key_is_of_one_route_and_one_target(program: Program) -> None:
    one, two = followed(program, "school"), followed(program, "school")
    answers = [
        program.post("school", f"/cases/{case_id}/contributions", WORDS, idempotency_key=KEY)
        for case_id in (one, two)
    ]
    assert [answer.status_code for answer in answers] == [201, 422]


def test_a_key_is_of_one_member(program: Program) -> None:
    body = referral_body(program.town)
    first = program.post("street_work", "/referrals", body, idempotency_key=KEY)
    second = program.post("police", "/referrals", body, idempotency_key=KEY)
    assert first.json["id"] != second.json["id"]


def test_a_request_refused_leaves_its_key_free(program: Program) -> None:
    wrong = referral_body(program.town, reason="none_of_ours")
    refused = program.post("street_work", "/referrals", wrong, idempotency_key=KEY)
    assert refused.status_code == 422
    right = referral_body(program.town)
    assert program.post("street_work", "/referrals", right, idempotency_key=KEY).status_code == 201


def test_requests_at_once_have_one_effect(program: Program) -> None:
    body, count = referral_body(program.town), 8
    program.get("street_work", "/referrals")
    start = threading.Barrier(count)

    def send(_: int) -> tuple[int, str]:
        start.wait()
        answer = program.post("street_work", "/referrals", body, idempotency_key=KEY)
        return answer.status_code, answer.json.get("id") or answer.json["code"]

    with ThreadPoolExecutor(count) as pool:
        found = set(pool.map(send, range(count)))
    made = {which for status, which in found if status == 201}
    assert len(made) == 1
    assert found <= {(201, next(iter(made))), (409, "already-running")}
    assert sent(program) == 1


def test_a_key_is_forgotten_after_a_day(program: Program) -> None:
    body = referral_body(program.town)
    first = program.post("street_work", "/referrals", body, idempotency_key=KEY)
    program.town.clock.advance(hours=24)
    second = program.post("street_work", "/referrals", body, idempotency_key=KEY)
    assert first.json["id"] != second.json["id"]
    program.town.clock.advance(hours=24)
    repeats = program.town.runtime.repeats
    assert [repeats.purge(COUNCIL), repeats.purge(COUNCIL)] == [1, 0]


def test_what_is_kept_of_a_request_is_no_word_of_it(program: Program) -> None:
    case_id = followed(program, "school")
    place = f"/cases/{case_id}/contributions"
    program.post("school", place, WORDS, idempotency_key=KEY)
    with program.town.runtime.stores.main.reading(Scope(COUNCIL, whole=True)) as session:
        rows = session.connection().exec_driver_sql("SELECT * FROM repeats").fetchall()
    kept = repr(
        [[bytes(one) if isinstance(one, memoryview) else one for one in row] for row in rows]
    )
    assert rows
    assert "constat" not in kept


def test_actions_and_namings_take_a_key_too(program: Program) -> None:
    case_id = followed(program, "school")
    lead = {"lead": str(program.town.members["school"]), "due_on": "2026-12-03"}
    wanted = {"kind": "school_contact", **lead}
    first, again = (
        program.post("coordination", f"/cases/{case_id}/actions", wanted, idempotency_key=KEY)
        for _ in range(2)
    )
    assert (first.status_code, first.data) == (again.status_code, again.data)
    assert len(program.get("school", "/actions").json["items"]) == 1
