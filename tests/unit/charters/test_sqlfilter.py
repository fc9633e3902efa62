"""A row passes the filter exactly when the decision about it is yes."""

from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Boolean, Column, Connection, Integer, MetaData, Table, create_engine, select

from casework.charters.charter import Charter
from casework.charters.decision import decide
from casework.charters.facts import CaseFacts, Fact, Standing
from casework.charters.gates import ASKS_MORE
from casework.charters.loading import load
from casework.charters.outcome import Wanted
from casework.charters.sqlfilter import Truth, sql_filter, sql_rule
from casework.charters.vocabulary import CaseKind, CharterAct, CompartmentClass, PartnerCategory
from casework.errors import Misconfigured
from tests.unit.charters.gsn import TEXT, coordinator, gsn, member
from tests.unit.charters.shipped import shipped

DATED = load(TEXT.replace('id = "named-reads"\n', 'id = "named-reads"\nvalid_to = 2026-12-31\n'))
CHARTERS = [
    *map(shipped, CaseKind),
    DATED.on(date(2026, 12, 31)),
    DATED.on(date(2027, 1, 1)),
]
CASE_FACTS = sorted(set(CaseFacts.__slots__) & set(Fact))
STANDING_FACTS = sorted(set(Fact) - set(CASE_FACTS))
ROWS = Table(
    "rows",
    MetaData(),
    Column("id", Integer, primary_key=True),
    *(Column(name, Boolean, nullable=False) for name in CASE_FACTS),
)


def likely(name: str) -> st.SearchStrategy[bool]:
    """Lean towards what opens, so that random worlds get past the walls."""
    usual = name in {"admitted", "in_territory", "person", "mandated"} or name.endswith("signed")
    rare = name in {"excluded", "sealed", "operator", "service", "dpo", "archives_officer"}
    return st.sampled_from(
        [True] * 9 + [False] if usual else [False] * 9 + [True] * (1 if rare else 9)
    )


cases = st.builds(CaseFacts, **{name: likely(name) for name in CASE_FACTS})
standings = st.builds(
    Standing,
    category=st.sampled_from([None, *PartnerCategory]),
    **{name: likely(name) for name in STANDING_FACTS},
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
    asker: tuple[Charter, Standing],
    facts: list[CaseFacts],
    wanted: Wanted,
    *,
    freely: bool = False,
) -> list[int]:
    charter, standing = asker
    connection.execute(ROWS.delete())
    rows = [{name: getattr(one, name) for name in CASE_FACTS} for one in facts]
    connection.execute(ROWS.insert(), [{"id": n} | row for n, row in enumerate(rows)])
    clause = sql_filter(charter, wanted.act, wanted.class_, columns(standing), freely=freely)
    found = connection.execute(select(ROWS.c.id).where(clause).order_by(ROWS.c.id))
    return list(found.scalars())


@given(
    data=st.data(),
    charter=st.sampled_from(CHARTERS),
    facts=st.lists(cases, min_size=1, max_size=12),
    standing=standings,
)
def test_the_filter_and_the_decision_agree_on_random_worlds(
    connection: Connection,
    data: st.DataObject,
    charter: Charter,
    facts: list[CaseFacts],
    standing: Standing,
) -> None:
    wanted = data.draw(st.sampled_from(sorted(charter.gates, key=str)))
    expected = [n for n, one in enumerate(facts) if decide(charter, standing, wanted, one).allowed]
    assert passing(connection, (charter, standing), facts, wanted) == expected


@given(
    facts=st.lists(cases, min_size=1, max_size=12),
    standing=standings,
    wanted=st.sampled_from(sorted(gsn().gates, key=str)),
)
def test_a_list_opens_by_itself_only_what_asks_nothing_of_its_reader(
    connection: Connection, facts: list[CaseFacts], standing: Standing, wanted: Wanted
) -> None:
    told = [decide(gsn(), standing, wanted, one) for one in facts]
    free = [
        n for n, one in enumerate(told) if one.allowed and ASKS_MORE.isdisjoint(one.obligations)
    ]
    assert passing(connection, (gsn(), standing), facts, wanted, freely=True) == free


@given(
    facts=st.lists(cases, min_size=1, max_size=12),
    standing=standings,
    wanted=st.sampled_from(sorted(gsn().gates, key=str)),
)
def test_a_row_names_the_very_rule_that_lets_it_pass(
    connection: Connection, facts: list[CaseFacts], standing: Standing, wanted: Wanted
) -> None:
    passed = passing(connection, (gsn(), standing), facts, wanted)
    rule = sql_rule(gsn(), wanted.act, wanted.class_, columns(standing))
    found: dict[int, int] = dict(connection.execute(select(ROWS.c.id, rule)).all())
    for at in passed:
        decision = decide(gsn(), standing, wanted, facts[at])
        assert gsn().rules[found[at]].id == decision.rule


def test_a_row_that_no_rule_lets_pass_names_none(connection: Connection) -> None:
    connection.execute(ROWS.delete())
    connection.execute(ROWS.insert(), {"id": 1} | dict.fromkeys(CASE_FACTS, False))
    for act in (CharterAct.CLOSE, CharterAct.REPORT):
        rule = sql_rule(gsn(), act, None, columns(member()))
        assert connection.execute(select(rule).select_from(ROWS)).scalar_one() == -1


@pytest.mark.parametrize(
    ("wanted", "rule"),
    [
        (Wanted(CharterAct.REFER), "member-refers"),
        (Wanted(CharterAct.READ, CompartmentClass.SOCIAL), None),
    ],
)
def test_a_rule_that_the_principal_alone_decides_asks_nothing_of_the_rows(
    wanted: Wanted, rule: str | None
) -> None:
    told = str(sql_rule(gsn(), wanted.act, wanted.class_, columns(member())))
    places = {one.id: n for n, one in enumerate(gsn().rules)}
    assert told == str(places[rule] if rule else -1)


def test_unless_it_is_said_a_filter_lets_pass_what_asks_more_of_its_reader() -> None:
    asked = (gsn(), CharterAct.LIST, None, columns(coordinator()))
    usual, free = str(sql_filter(*asked)), str(sql_filter(*asked, freely=True))
    assert usual == str(sql_filter(*asked, freely=False)) != free


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
