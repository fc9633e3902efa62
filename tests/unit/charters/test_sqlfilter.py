"""A row passes the filter exactly when the decision about it is yes."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Boolean, Column, Connection, Integer, MetaData, Table, create_engine, select

from casework.charters.charter import Charter
from casework.charters.decision import decide
from casework.charters.facts import CaseFacts, Standing
from casework.charters.outcome import Wanted
from casework.charters.sqlfilter import Truth, sql_filter
from casework.charters.vocabulary import CharterAct, CompartmentClass
from casework.errors import Misconfigured
from tests.unit.charters.gsn import coordinator, gsn, member
from tests.unit.charters.worlds_at_random import CASE_FACTS, cases, charters, standings, wanted

ROWS = Table(
    "rows",
    MetaData(),
    Column("id", Integer, primary_key=True),
    *(Column(name, Boolean, nullable=False) for name in CASE_FACTS),
)


@pytest.fixture(scope="module")
def connection() -> Iterator[Connection]:
    engine = create_engine("sqlite://")
    with engine.connect() as opened:
        ROWS.metadata.create_all(opened)
        yield opened
    engine.dispose()


def columns(standing: Standing) -> dict[str, Truth]:
    return {**standing.truths(), **{name: ROWS.c[name] for name in CASE_FACTS}}


def passing(
    connection: Connection,
    facts: list[CaseFacts],
    standing: Standing,
    asked: tuple[Charter, Wanted],
) -> list[int]:
    connection.execute(ROWS.delete())
    rows = [{name: getattr(one, name) for name in CASE_FACTS} for one in facts]
    connection.execute(ROWS.insert(), [{"id": n} | row for n, row in enumerate(rows)])
    charter, act = asked
    clause = sql_filter(charter, act.act, act.class_, columns(standing))
    found = connection.execute(select(ROWS.c.id).where(clause).order_by(ROWS.c.id))
    return list(found.scalars())


@settings(max_examples=150)
@given(
    facts=st.lists(cases, min_size=1, max_size=12),
    standing=standings,
    asked=st.tuples(charters, wanted),
)
def test_the_filter_and_the_decision_agree_on_random_worlds_and_charters(
    connection: Connection,
    facts: list[CaseFacts],
    standing: Standing,
    asked: tuple[Charter, Wanted],
) -> None:
    charter, act = asked
    expected = [n for n, one in enumerate(facts) if decide(charter, standing, act, one).allowed]
    assert passing(connection, facts, standing, asked) == expected


def test_the_facts_of_the_principal_may_be_columns_too(connection: Connection) -> None:
    for told in (True, ROWS.c.named):
        clause = sql_filter(
            gsn(), CharterAct.LIST, None, columns(coordinator()) | {"coordinator": told}
        )
        connection.execute(ROWS.delete())
        row = {name: name in {"admitted", "in_territory", "named"} for name in CASE_FACTS}
        connection.execute(ROWS.insert(), {"id": 1} | row)
        assert connection.execute(select(ROWS.c.id).where(clause)).scalar() == 1


def test_a_filter_that_lacks_a_fact_is_refused_at_once_and_names_it() -> None:
    given_columns = columns(member())
    del given_columns["named"]
    with pytest.raises(Misconfigured) as refused:
        sql_filter(gsn(), CharterAct.LIST, None, given_columns)
    assert refused.value.faults == ("the filter of list lacks the fact named",)


def test_a_fact_is_missed_even_where_the_principal_alone_decides() -> None:
    with pytest.raises(Misconfigured):
        sql_filter(gsn(), CharterAct.LIST, None, Standing().truths())


def test_an_act_that_the_charter_does_not_know_passes_no_row() -> None:
    clause = sql_filter(gsn(), CharterAct.READ, CompartmentClass.PROTECTED_CONTACT, {})
    assert str(select(ROWS.c.id).where(clause)).endswith("WHERE false")


def test_whoever_may_see_nothing_asks_nothing_of_the_rows() -> None:
    clause = sql_filter(gsn(), CharterAct.LIST, None, columns(member(dpo=True)))
    assert "excluded" not in str(clause)


def test_only_what_depends_on_the_row_reaches_the_database() -> None:
    sent = str(sql_filter(gsn(), CharterAct.LIST, None, columns(member())))
    assert "own_commune" not in sent
    assert "named" in sent
