"""Attacks on accounts and tokens: who makes them, what they open, when they end."""

from uuid import UUID

import pytest

from casework.accounts.sessions import WebSession
from casework.accounts.tokens import NewToken
from casework.accounts.values import Client
from casework.errors import (
    AccessDenied,
    InvalidInput,
    SignInRefused,
    StepUpRequired,
)
from casework.identity import Reason
from casework.web.permissions import Permission
from tests.front import ADDRESS, Browser
from tests.staff import ELSEWHERE, OFFICE, PASSWORD, Staff

WRONG = "ce n’est pas celle-ci"


def fail(staff: Staff, times: int, client: Client = ELSEWHERE, login: str = "school") -> None:
    for _ in range(times):
        with pytest.raises(SignInRefused):
            staff.accounts.signing_in.sign_in(login, WRONG, client)


def open_session(staff: Staff, secret: bytes) -> WebSession | None:
    return staff.accounts.sessions.session_of(secret)


class TestTokens:
    """A bearer token does what it was made for, for as long, and never what binds its person."""

    def make(self, staff: Staff, *scopes: Permission, days: int = 30) -> tuple[UUID, str]:
        session = staff.session("school")
        new = NewToken("tableau", frozenset(scopes), days)
        token, text = staff.accounts.tokens.add(session.principal, Reason.DUTY, new)
        return token.id, text

    def ask(self, staff: Staff, path: str, text: str, **headers: str) -> int:
        client = Browser.of(staff).client
        sent = {"Authorization": f"Bearer {text}", **headers}
        return client.get(path, headers=sent, base_url=ADDRESS).status_code

    def test_it_does_what_it_was_made_for_and_no_more(self, staff: Staff) -> None:
        _, text = self.make(staff, Permission.CASE_LIST)
        assert self.ask(staff, "/api/v1/cases", text) == 200
        assert self.ask(staff, "/api/v1/actions", text) == 404
        assert "access:refused" in staff.acts()[-1]

    def test_it_opens_no_page_and_a_cookie_opens_no_api(self, staff: Staff) -> None:
        _, text = self.make(staff, Permission.HOME_SEE)
        assert self.ask(staff, "/", text) == 401
        browser = Browser.of(staff)
        browser.sign_in("school")
        assert browser.get("/api/v1/cases").status_code == 401

    def test_it_ends_when_revoked_expired_or_its_person_locked(self, staff: Staff) -> None:
        token_id, text = self.make(staff, Permission.CASE_LIST)
        principal = staff.session("school").principal
        staff.accounts.tokens.revoke(principal, Reason.DUTY, token_id)
        assert self.ask(staff, "/api/v1/cases", text) == 401
        _, text = self.make(staff, Permission.CASE_LIST, days=1)
        staff.wait(days=1)
        assert self.ask(staff, "/api/v1/cases", text) == 401
        _, text = self.make(staff, Permission.CASE_LIST)
        staff.accounts.enrolment.lock_member(staff.root, staff.town.members["school"])
        assert self.ask(staff, "/api/v1/cases", text) == 401

    def test_it_never_signs_in_its_persons_name(self, staff: Staff) -> None:
        with pytest.raises(InvalidInput):
            self.make(staff, Permission.UNDERTAKING_SIGN)

    def test_it_lasts_ninety_days_at_most(self, staff: Staff) -> None:
        with pytest.raises(InvalidInput):
            self.make(staff, Permission.CASE_LIST, days=91)

    def test_an_old_session_makes_none(self, staff: Staff) -> None:
        session = staff.session("school")
        staff.wait(minutes=11)
        new = NewToken("tableau", frozenset({Permission.CASE_LIST}), 30)
        with pytest.raises(StepUpRequired):
            staff.accounts.tokens.add(session.principal, Reason.DUTY, new)

    def test_nobody_revokes_the_token_of_another(self, staff: Staff) -> None:
        token_id, _ = self.make(staff, Permission.CASE_LIST)
        staff.enrol("police")
        with pytest.raises(AccessDenied):
            staff.accounts.tokens.revoke(staff.session("police").principal, Reason.DUTY, token_id)

    def test_the_text_of_a_token_is_stored_nowhere(self, staff: Staff) -> None:
        _, text = self.make(staff, Permission.CASE_LIST)
        with staff.town.runtime.stores.main.engine.connect() as connection:
            rows = connection.exec_driver_sql("SELECT * FROM api_tokens").all()
        assert rows
        assert text.removeprefix("cw_") not in repr(rows)


def test_only_the_operator_makes_accounts_and_not_for_themself(staff: Staff) -> None:
    coordinator, own = staff.town.who("coordination"), staff.town.members["coordination"]
    for task in (
        lambda: staff.accounts.enrolment.add_account(coordinator, own, "own"),
        lambda: staff.accounts.enrolment.reset(coordinator, staff.town.members["school"]),
        lambda: staff.accounts.enrolment.lock_member(coordinator, staff.town.members["school"]),
    ):
        with pytest.raises(AccessDenied):
            task()
        assert "access:refused" in staff.acts()[-1]


def test_an_activation_code_is_spent_once_and_dies_after_a_week(staff: Staff) -> None:
    enrolment = staff.accounts.enrolment
    made = enrolment.add_account(staff.root, staff.town.members["police"], "police")
    staff.activate("police", made.code)
    with pytest.raises(SignInRefused):
        enrolment.propose("police", made.code, OFFICE)
    again = enrolment.reset(staff.root, staff.town.members["police"])
    staff.wait(days=7)
    with pytest.raises(SignInRefused):
        enrolment.propose("police", again.code, OFFICE)


def test_a_reset_ends_sessions_and_the_old_password(staff: Staff) -> None:
    secret = staff.sign_in("school").secret
    made = staff.accounts.enrolment.reset(staff.root, staff.town.members["school"])
    assert open_session(staff, secret) is None
    with pytest.raises(SignInRefused):
        staff.half("school")
    staff.activate("school", made.code, "une autre phrase assez longue")
    with pytest.raises(SignInRefused):
        staff.half("school")


def test_what_was_typed_stands_in_no_leaf_and_no_row(staff: Staff) -> None:
    fail(staff, 1, login="marqueur-tape")
    with staff.town.runtime.stores.main.engine.connect() as connection:
        for table in ("accounts", "web_sessions", "throttles", "audit_leaves"):
            rows = connection.exec_driver_sql(f"SELECT * FROM {table}").all()
            assert "marqueur-tape" not in repr(rows)
            assert PASSWORD not in repr(rows)
