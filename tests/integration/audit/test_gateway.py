"""How rare lines are found: by their index, however long the register is."""

from typing import Any

import pytest
from sqlalchemy import event

from casework.audit.actions import Act, Outcome
from casework.audit.gateway import RegisterGateway
from casework.audit.lines import Asked, Slice
from casework.db.engine import Scope
from tests.register import COUNCIL, Register

pytestmark = pytest.mark.parametrize("address", ["sqlite"], indirect=True)


def plan_of(register: Register, asked: Asked) -> str:
    """Return how SQLite finds a page of lines, in its own words."""
    told: list[tuple[str, Any]] = []

    def hear(_: object, __: object, statement: str, given: Any, *___: object) -> None:
        told.append((statement, given))

    with register.database.reading(Scope(COUNCIL)) as session:
        connection = session.connection()
        event.listen(connection, "before_cursor_execute", hear)
        RegisterGateway(session, COUNCIL).page(asked, (), Slice())
        event.remove(connection, "before_cursor_execute", hear)
        statement, given = told[-1]
        return str(connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given).all())


@pytest.mark.parametrize("act", [Act.DECOY_OPENED, Act.REGISTER_VERIFIED])
def test_a_rare_act_is_found_by_its_index(register: Register, act: Act) -> None:
    assert "ix_audit_leaves_kind" in plan_of(register, Asked(frozenset({act})))


def test_what_was_not_allowed_is_found_by_its_index(register: Register) -> None:
    asked = Asked(outcome=Outcome.REFUSED)
    assert "ix_audit_leaves_outcome" in plan_of(register, asked)
