"""Past SQLAlchemy: the same rows, the same types, the same names for what goes wrong."""

from uuid import UUID

import pytest
from sqlalchemy import bindparam, literal, select, text
from sqlalchemy.exc import DBAPIError

from casework.cases.gateway.opening import HEAD
from casework.cases.models import CaseRow, ReferralRow
from casework.db import sight
from casework.db.direct import Direct
from casework.db.engine import Database, Scope
from casework.db.listed import Listed
from casework.db.types import Id
from casework.errors import Unavailable
from casework.partners import gateway as partners
from tests.conftest import Address
from tests.town import COUNCIL, Town

WHOLE = Scope(COUNCIL, whole=True)
ALL_OF_COUNCIL = (
    select(*HEAD, ReferralRow.sent_at, ReferralRow.words_sealed, literal(value=True).label("true"))
    .join(ReferralRow, ReferralRow.case_id == CaseRow.id)
    .where(CaseRow.council_id == bindparam("council", type_=Id), CaseRow.kind == "followup")
    .order_by(CaseRow.id)
    .execution_options(**sight.SHUT)
)
on_postgresql = pytest.mark.parametrize("address", ["postgresql"], indirect=True)


def test_a_direct_statement_gives_the_rows_that_sqlalchemy_gives(town: Town) -> None:
    referred = [town.refer(), town.refer("police")]
    asked = {"council": COUNCIL}
    with town.runtime.stores.main.reading(WHOLE) as session:
        connection = session.connection()
        usual = connection.execute(ALL_OF_COUNCIL, asked).all()
        direct = Direct(ALL_OF_COUNCIL).all(connection, asked)
        assert [tuple(row) for row in usual] == [tuple(row) for row in direct]
        assert [type(cell) for cell in usual[0]] == [type(cell) for cell in direct[0]]
        assert sorted(row.id for row in direct) == sorted(referred)
        assert direct[0].words_sealed == usual[0].words_sealed
        with pytest.raises(KeyError):
            Direct(ALL_OF_COUNCIL).all(connection, {})


def test_a_list_of_ids_finds_those_and_no_other(town: Town) -> None:
    referred = [town.refer() for _ in range(3)]
    listed = select(CaseRow.id).where(Listed(CaseRow.id, "ids")).order_by(CaseRow.id)
    those = Direct(listed.execution_options(**sight.CLEAR))
    with town.runtime.stores.main.reading(WHOLE) as session:
        connection = session.connection()
        found = those.all(connection, {"ids": [*referred[:2], UUID(int=7)]})
        assert [row.id for row in found] == sorted(referred[:2])
        assert those.all(connection, {"ids": []}) == []


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
def test_a_list_of_ids_is_looked_up_by_its_key(database: Database) -> None:
    mine = CaseRow.council_id == bindparam("council", type_=Id)
    written = str(
        select(CaseRow.id).where(mine, Listed(CaseRow.id, "ids")).compile(database.engine)
    )
    with database.engine.connect() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {written}", (b"", "[]")).all()
    assert any("council_id=? AND id=?" in line[-1] for line in plan)


def test_a_fault_of_the_driver_is_named_as_sqlalchemy_names_it(database: Database) -> None:
    wrong = select(literal(value=1)).select_from(text("nowhere"))
    kinds = []
    for ask in (lambda one: one.execute(wrong), lambda one: Direct(wrong).all(one, {})):
        with database.engine.connect() as connection, pytest.raises(DBAPIError) as told:
            ask(connection)
        kinds.append((type(told.value), type(told.value.orig)))
    assert kinds[0] == kinds[1]


@on_postgresql
def test_a_server_that_ended_all_connections_costs_one_unit_and_no_more(
    database: Database, address: Address
) -> None:
    with database.reading(WHOLE) as first, database.reading(WHOLE) as second:
        mine = [one.scalar(text("SELECT pg_backend_pid()")) for one in (first, second)]
    other = address.connect()
    with other.writing(WHOLE) as session:
        ended = text("SELECT pg_terminate_backend(pid, 1000) FROM unnest(:mine) AS pid")
        assert session.scalars(ended, {"mine": mine}).all() == [True, True]
    other.engine.dispose()
    with pytest.raises(Unavailable), database.reading(WHOLE):
        pass
    with database.reading(WHOLE), database.reading(WHOLE) as session:
        assert partners.councils(session) == []
