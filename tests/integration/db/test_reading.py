"""A reading sees one snapshot, changes nothing, and leaves the connection ready for the next."""

from contextlib import suppress
from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy import text

from casework.db.engine import Database, Scope
from casework.errors import Unavailable
from casework.partners import gateway as partners

COUNCIL = UUID("01930000-0000-7000-8000-000000000001")
_NOW = datetime(2026, 11, 22, tzinfo=UTC)
_OFTEN = 8

on_postgresql = pytest.mark.parametrize("address", ["postgresql"], indirect=True)


def test_what_is_written_while_reading_is_not_kept(database: Database) -> None:
    with suppress(Unavailable), database.reading(Scope(COUNCIL)) as session:
        partners.add_council(session, COUNCIL, "Conseil inventé", _NOW)
        session.flush()
    with database.reading(Scope(COUNCIL)) as session:
        assert partners.councils(session) == []


@on_postgresql
def test_postgresql_itself_refuses_a_change_in_a_reading(database: Database) -> None:
    with pytest.raises(Unavailable), database.reading(Scope(COUNCIL)) as session:
        session.execute(text("DELETE FROM councils"))


def test_a_writing_after_a_reading_on_the_same_connection_is_kept(database: Database) -> None:
    with database.reading(Scope(COUNCIL)) as session:
        assert partners.councils(session) == []
    with database.writing(Scope(COUNCIL)) as session:
        partners.add_council(session, COUNCIL, "Conseil inventé", _NOW)
    with database.reading(Scope(COUNCIL)) as session:
        assert partners.councils(session) == [COUNCIL]


@on_postgresql
def test_readings_keep_the_statements_that_postgresql_prepared(database: Database) -> None:
    for _ in range(_OFTEN):
        with database.reading(Scope(COUNCIL)) as session:
            partners.communes(session, COUNCIL)
    with database.reading(Scope(COUNCIL)) as session:
        kept = session.scalars(text("SELECT statement FROM pg_prepared_statements")).all()
    assert any("communes" in statement for statement in kept)
