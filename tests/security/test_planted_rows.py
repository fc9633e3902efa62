"""Whoever writes the database plants sessions, tokens and codes: none of them is anybody."""

from dataclasses import replace

import pytest
from sqlalchemy import select, update

from casework.accounts.gateway import sessions
from casework.accounts.seals import RowSeals
from casework.accounts.sessions import Stage, StoredSession, key_of
from casework.accounts.tokens import NewToken
from casework.db.engine import Scope
from casework.errors import SignInRefused
from casework.identity import Reason
from casework.tables import MAIN
from casework.web.permissions import Permission
from tests.staff import OFFICE, Staff
from tests.town import COUNCIL

SECRET = bytes(range(32))
SESSIONS = MAIN.tables["web_sessions"]
TOKENS = MAIN.tables["api_tokens"]
ACCOUNTS = MAIN.tables["accounts"]


def _execute(staff: Staff, statement: object) -> None:
    with staff.town.runtime.stores.main.engine.begin() as connection:
        connection.execute(statement)  # type: ignore[call-overload]


def _account_of(staff: Staff, body: str) -> object:
    member = staff.town.members[body]
    with staff.town.runtime.stores.main.engine.connect() as connection:
        found = select(ACCOUNTS.c.id).where(ACCOUNTS.c.member_id == member)
        return connection.execute(found).scalar_one()


def test_a_planted_session_is_nobody(staff: Staff) -> None:
    now, runtime = staff.town.clock.now(), staff.town.runtime
    planted = StoredSession(
        key=key_of(SECRET),
        account_id=_account_of(staff, "school"),  # type: ignore[arg-type]
        member_id=staff.town.members["school"],
        stage=Stage.OPEN,
        reason=Reason.DUTY,
        opened_at=now,
        seen_at=now,
        verified_at=now,
    )
    foreign = replace(planted, seal=RowSeals(bytes(32)).session(planted))
    with runtime.stores.main.writing(Scope(COUNCIL)) as session:
        sessions.add_session(session, COUNCIL, foreign)
    assert staff.accounts.sessions.session_of(SECRET) is None


@pytest.mark.parametrize("column", ["member_id", "opened_at", "stage"])
def test_a_session_handed_to_somebody_else_is_nobody(staff: Staff, column: str) -> None:
    secret = staff.half("school") if column == "stage" else staff.sign_in("school").secret
    later = staff.town.clock.now()
    staff.wait(seconds=1)
    values = {
        "member_id": staff.town.members["coordination"],
        "opened_at": later,
        "stage": Stage.OPEN.value,
    }
    _execute(staff, update(SESSIONS).values({column: values[column]}))
    assert staff.accounts.sessions.session_of(secret) is None


def test_a_token_handed_to_somebody_else_is_nobody(staff: Staff) -> None:
    session = staff.session("school")
    wanted = NewToken("essai", frozenset({Permission.CASE_LIST}), 1)
    _, text = staff.accounts.tokens.add(session.principal, Reason.DUTY, wanted)
    assert staff.accounts.tokens.authenticate(text) is not None
    _execute(staff, update(TOKENS).values(member_id=staff.town.members["coordination"]))
    assert staff.accounts.tokens.authenticate(text) is None


def test_a_token_with_scopes_added_is_nobody(staff: Staff) -> None:
    session = staff.session("school")
    wanted = NewToken("essai", frozenset({Permission.CASE_LIST}), 1)
    _, text = staff.accounts.tokens.add(session.principal, Reason.DUTY, wanted)
    _execute(staff, update(TOKENS).values(scopes="case:list case:read"))
    assert staff.accounts.tokens.authenticate(text) is None


def test_an_activation_code_moved_to_another_account_activates_nothing(staff: Staff) -> None:
    made = staff.accounts.enrolment.add_account(
        staff.root, staff.town.members["landlord"], "landlord"
    )
    waiting = select(ACCOUNTS.c.activation_digest, ACCOUNTS.c.activation_until).where(
        ACCOUNTS.c.id == made.account_id
    )
    with staff.town.runtime.stores.main.engine.connect() as connection:
        digest, until = connection.execute(waiting).one()
    stolen = {"activation_digest": digest, "activation_until": until}
    _execute(staff, update(ACCOUNTS).where(ACCOUNTS.c.login == "school").values(**stolen))
    with pytest.raises(SignInRefused):
        staff.accounts.enrolment.propose("school", made.code, OFFICE)
