"""Attacks on sessions: replays, stolen rows, planted and outlived cookies, foreign forms."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from casework.accounts.gateway import sessions
from casework.accounts.sessions import SessionKeys, WebSession, cookie_of, key_of
from casework.db.engine import Scope
from casework.errors import (
    NotSignedIn,
    SealBroken,
    SignInRefused,
)
from tests.front import ADDRESS, OURS, Browser, field_of
from tests.staff import ELSEWHERE, OFFICE, PASSWORD, Staff
from tests.town import COUNCIL


def open_session(staff: Staff, secret: bytes) -> WebSession | None:
    return staff.accounts.sessions.session_of(secret)


def test_a_code_seen_over_a_shoulder_does_not_open_a_second_session(staff: Staff) -> None:
    first, second = staff.half("school"), staff.half("school", ELSEWHERE)
    code = staff.code("school")
    staff.accounts.signing_in.verify_code(first, code, OFFICE)
    with pytest.raises(SignInRefused):
        staff.accounts.signing_in.verify_code(second, code, ELSEWHERE)
    assert staff.acts()[-1] == "session:refused"


def test_one_code_given_twice_at_once_opens_one_session(staff: Staff) -> None:
    halves, code = [staff.half("school"), staff.half("school")], staff.code("school")

    def verify(secret: bytes) -> bool:
        try:
            staff.accounts.signing_in.verify_code(secret, code, OFFICE)
        except SignInRefused:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(verify, halves)) == [False, True]


def test_rule_01_half_a_session_opens_nothing(staff: Staff) -> None:
    browser = Browser.of(staff)
    browser.give_password("school")
    assert browser.get("/").status_code == 401
    assert browser.get("/charte").status_code == 401
    assert open_session(staff, staff.half("school")) is None


def test_half_a_session_dies_within_minutes(staff: Staff) -> None:
    secret = staff.half("school")
    staff.wait(minutes=5)
    with pytest.raises(NotSignedIn):
        staff.accounts.signing_in.verify_code(secret, staff.code("school"), OFFICE)


def test_a_cookie_planted_before_sign_in_is_worth_nothing_after(staff: Staff) -> None:
    browser = Browser.of(staff)
    planted = cookie_of(bytes(range(32)))
    browser.client.set_cookie("__Host-cw", planted, domain="localhost", secure=True)
    browser.sign_in("school")
    assert browser.cookie() not in {None, planted}
    assert open_session(staff, bytes(range(32))) is None


def test_the_cookie_of_the_half_session_dies_when_the_session_opens(staff: Staff) -> None:
    secret = staff.half("school")
    staff.accounts.signing_in.verify_code(secret, staff.code("school"), OFFICE)
    assert open_session(staff, secret) is None
    staff.wait(seconds=30)
    with pytest.raises(NotSignedIn):
        staff.accounts.signing_in.verify_code(secret, staff.code("school"), OFFICE)


def test_signing_in_anew_ends_the_session_of_the_same_browser(staff: Staff) -> None:
    old = staff.sign_in("school").secret
    staff.accounts.signing_in.sign_in("school", PASSWORD, OFFICE, replaces=old)
    assert open_session(staff, old) is None


def test_a_stolen_table_of_sessions_opens_no_seed(staff: Staff) -> None:
    session = staff.session("school")
    with staff.town.runtime.stores.main.reading(Scope(COUNCIL)) as reading:
        row = sessions.session_by_key(reading, COUNCIL, key_of(session.secret))
    assert row is not None
    assert row.seed_sealed is not None
    assert session.secret not in row.key + row.seed_sealed
    for guess in (row.key, bytes(32)):
        with pytest.raises(SealBroken):
            SessionKeys(guess, row.member_id, row.seed_sealed).seed()
    assert len(session.seed()) == 32


def test_the_key_of_a_row_is_not_a_cookie(staff: Staff) -> None:
    assert open_session(staff, key_of(staff.sign_in("school").secret)) is None


def test_a_locked_session_keeps_no_seed_and_opens_nothing(staff: Staff) -> None:
    session = staff.session("school")
    locked = staff.accounts.sessions.lock(session)
    assert open_session(staff, session.secret) is None
    assert open_session(staff, locked) is None
    assert staff.accounts.sessions.remembered(locked) == "school"
    with staff.town.runtime.stores.main.reading(Scope(COUNCIL)) as reading:
        row = sessions.session_by_key(reading, COUNCIL, key_of(locked))
    assert row is not None
    assert row.seed_sealed is None


def test_a_locked_member_is_out_at_once_and_stays_out(staff: Staff) -> None:
    secret = staff.sign_in("school").secret
    half = staff.half("school")
    staff.accounts.enrolment.lock_member(staff.root, staff.town.members["school"])
    assert open_session(staff, secret) is None
    with pytest.raises(NotSignedIn):
        staff.accounts.signing_in.verify_code(half, staff.code("school"), OFFICE)
    with pytest.raises(SignInRefused):
        staff.half("school")


def test_an_ended_mandate_leaves_nothing_to_open(staff: Staff) -> None:
    browser = Browser.of(staff)
    browser.sign_in("school")
    assert browser.get("/").status_code == 200
    staff.end_mandates("school")
    assert browser.get("/").status_code == 403


def test_an_idle_session_is_over_and_its_keys_are_gone(staff: Staff) -> None:
    secret = staff.sign_in("school").secret
    staff.wait(minutes=20)
    assert open_session(staff, secret) is None
    with staff.town.runtime.stores.main.reading(Scope(COUNCIL)) as reading:
        assert sessions.session_by_key(reading, COUNCIL, key_of(secret)) is None


def test_a_session_in_use_still_ends_after_ten_hours(staff: Staff) -> None:
    secret = staff.sign_in("school").secret
    for _ in range(40):
        assert open_session(staff, secret) is not None
        staff.wait(minutes=14)
    staff.wait(minutes=40)
    assert open_session(staff, secret) is None


def test_stepping_up_does_not_make_a_session_younger(staff: Staff) -> None:
    session = staff.session("school")
    staff.wait(minutes=10)
    signed = staff.accounts.signing_in.step_up(session, staff.code("school"), OFFICE)
    renewed = open_session(staff, signed.secret)
    assert renewed is not None
    assert renewed.opened_at == session.opened_at
    assert open_session(staff, session.secret) is None


@pytest.mark.parametrize("path", ["/connexion", "/connexion/code", "/deconnexion", "/motif"])
def test_a_form_without_its_token_changes_nothing(staff: Staff, path: str) -> None:
    browser = Browser.of(staff)
    browser.sign_in("school")
    sent = {"login": "school", "password": PASSWORD, "code": "0", "reason": "meeting"}
    answer = browser.client.post(path, data=sent, headers=OURS, base_url=ADDRESS)
    assert answer.status_code == 403
    assert browser.get("/").text.endswith("for duty")


def test_a_form_of_another_site_changes_nothing(staff: Staff) -> None:
    browser = Browser.of(staff)
    browser.sign_in("school")
    token = field_of(browser.get("/motif"), "csrf_token")
    sent = {"csrf_token": token, "reason": "meeting"}
    foreign = {"Sec-Fetch-Site": "cross-site"}
    answer = browser.client.post("/motif", data=sent, headers=foreign, base_url=ADDRESS)
    assert answer.status_code == 403


def test_a_place_to_return_to_cannot_lead_elsewhere(staff: Staff) -> None:
    browser = Browser.of(staff)
    page = browser.get("/connexion")
    sent = {"login": "school", "password": PASSWORD, "resume": "https://evil.example/"}
    code = browser.submit(page, "/connexion", **sent)
    answer = browser.submit(
        code, "/connexion/code", code=staff.code("school"), resume="//evil.example"
    )
    assert answer.location == "/"
