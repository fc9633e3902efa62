"""A statement on rows of cases that declares no decision does not run, whichever way it goes."""

from collections.abc import Callable, Mapping
from timeit import repeat
from types import SimpleNamespace
from typing import Any, Final, cast
from uuid import UUID

import pytest
from sqlalchemy import (
    Table,
    delete,
    exists,
    func,
    insert,
    literal,
    select,
    text,
    union_all,
    update,
)
from sqlalchemy.orm import Session, aliased

from casework.audit.actions import Act
from casework.audit.lines import Asked
from casework.cases.models import CaseRow, ContributionRow, DraftRow, NamingRow, PersonRow
from casework.db import sight
from casework.db.direct import Direct
from casework.db.engine import Scope, connection_of
from casework.errors import VisibilityUndeclared
from casework.identity import Reason
from casework.keys.models import CompartmentRow
from casework.tables import MAIN
from tests.town import COUNCIL, Town

PERSONS: Final = cast("Table", PersonRow.__table__)
WHOLE: Final = Scope(COUNCIL, whole=True)
MICRO: Final = 1_000_000


def _in_identity_map(session: Session) -> object:
    """Ask for a row that a statement which declared has already brought into memory."""
    row = session.scalars(select(CaseRow).execution_options(**sight.CLEAR)).first()
    assert row is not None
    return session.get(CaseRow, (row.council_id, row.id))


def _expired(session: Session) -> object:
    row = session.scalars(select(CaseRow).execution_options(**sight.CLEAR)).first()
    assert row is not None
    session.expire(row)
    return row.state


def _beside(session: Session) -> object:
    chosen = exists().where(CaseRow.id == CompartmentRow.case_id)
    return session.execute(select(CompartmentRow.id).where(chosen)).all()


def _copied(session: Session) -> object:
    columns = ["council_id", "id"]
    return session.execute(insert(DraftRow).from_select(columns, select(CaseRow.council_id)))


WAYS: Final[Mapping[str, Callable[[Session], object]]] = {
    "entity": lambda s: s.scalars(select(CaseRow)).all(),
    "column": lambda s: s.execute(select(ContributionRow.text_sealed)).all(),
    "count": lambda s: s.scalar(select(func.count()).select_from(NamingRow)),
    "alias": lambda s: s.scalars(select(aliased(PersonRow))).all(),
    "subquery": lambda s: s.execute(select(select(CaseRow.id).subquery())).all(),
    "common table": lambda s: s.execute(select(select(CaseRow.id).cte("known"))).all(),
    "exists": lambda s: s.scalar(select(exists().where(CaseRow.id.is_not(None)))),
    "union": lambda s: s.execute(union_all(select(CaseRow.id), select(PersonRow.id))).all(),
    "another table beside": _beside,
    "legacy query": lambda s: s.query(CaseRow).all(),
    "core table": lambda s: s.execute(PERSONS.select()).all(),
    "core on the connection": lambda s: connection_of(s).execute(PERSONS.select()).all(),
    "text": lambda s: s.execute(text("SELECT * FROM cases")).all(),
    "text in capitals": lambda s: s.execute(text("select * from Cases")).all(),
    "quoted text": lambda s: s.execute(text('SELECT 1 FROM "cases"')).all(),
    "from statement": lambda s: s.scalars(
        select(CaseRow).from_statement(text("SELECT * FROM cases"))
    ).all(),
    "driver text": lambda s: connection_of(s).exec_driver_sql("SELECT * FROM cases"),
    "prepared": lambda s: Direct(select(CaseRow.id)).all(connection_of(s), {}),
    "get": lambda s: s.get(CaseRow, (COUNCIL, UUID(int=7))),
    "get one": lambda s: s.get_one(CaseRow, (COUNCIL, UUID(int=7))),
    "get from memory": _in_identity_map,
    "expired attribute": _expired,
    "merge": lambda s: s.merge(CaseRow(council_id=COUNCIL, id=UUID(int=7))),
    "refresh": lambda s: s.refresh(
        s.scalars(select(CaseRow).execution_options(**sight.CLEAR)).one()
    ),
    "update": lambda s: s.execute(update(CaseRow).values(state="closed")),
    "delete": lambda s: s.execute(delete(PersonRow)),
    "core update": lambda s: s.execute(PERSONS.update().values(relation="other")),
    "copy into": _copied,
    "clear with a sealed column": lambda s: s.execute(
        select(PersonRow.family_name_sealed).execution_options(**sight.CLEAR)
    ).all(),
    "clear with the whole row": lambda s: s.scalars(
        select(PersonRow).execution_options(**sight.CLEAR)
    ).all(),
    "a word nobody knows": lambda s: s.scalars(
        select(CaseRow).execution_options(casework_sight="all")
    ).all(),
}


@pytest.mark.parametrize("way", WAYS)
def test_what_declares_no_decision_never_reaches_the_rows(town: Town, way: str) -> None:
    town.refer()
    with (
        town.runtime.stores.main.writing(WHOLE) as session,
        pytest.raises(VisibilityUndeclared) as refused,
    ):
        WAYS[way](session)
    assert set(refused.value.tables) <= sight.guarded_tables()


def test_what_declares_one_runs(town: Town) -> None:
    case_id = town.refer()
    with town.runtime.stores.main.reading(WHOLE) as session:
        for declared in (sight.CHARTER, sight.ADMITTED, sight.CLEAR):
            chosen = select(CaseRow.id).execution_options(**declared)
            assert session.scalars(chosen).all() == [case_id]
            found = session.get(CaseRow, (COUNCIL, case_id), execution_options=declared)
            assert found is not None
        shut = select(PersonRow.family_name_sealed).execution_options(**sight.SHUT)
        assert len(session.scalars(shut).all()) == 1


def test_what_was_loaded_with_a_decision_is_written_down_with_it(town: Town) -> None:
    case_id = town.refer()
    with town.runtime.stores.main.writing(WHOLE) as session:
        row = session.get_one(CaseRow, (COUNCIL, case_id), execution_options=sight.CLEAR)
        row.delay_reason = None
    with town.runtime.stores.main.reading(WHOLE) as session:
        statement = select(CaseRow.delay_reason).execution_options(**sight.CLEAR)
        assert session.scalars(statement).all() == [None]


def test_names_of_parameters_and_values_are_not_taken_for_tables() -> None:
    for harmless in ("SELECT 1 WHERE x = %(cases)s", "SELECT 1 WHERE x = 'cases'", "SELECT cases_"):
        sight.require_sight(harmless, {})


def test_the_attempt_is_in_the_register_as_a_fault_and_in_no_detail(town: Town) -> None:
    town.refer()
    member = town.who("street_work")
    with (
        pytest.raises(VisibilityUndeclared),
        town.runtime.ledger.consult(member, Reason.DUTY) as work,
    ):
        work.session.scalars(select(CaseRow)).all()
    asked = Asked(acts=frozenset({Act.INTEGRITY_FAILED}))
    (line,) = town.runtime.register.read(town.who("dpo"), asked).lines
    assert line.detail == {"fault": "visibility-undeclared"}
    assert line.member_id == member.member_id


BESIDE_CASES: Final = {
    # The second wall has its own: keys are asked for with the organisation that acts.
    *("compartments", "former_epochs", "grants", "rings", "ended_compartments", "loans"),
    # Dates and ids, for those who control and are admitted to no case.
    *("ceremonies", "certificates", "elimination_items", "exceptional_accesses", "holds"),
    # Sealed for others than the partners of a case: the officer, a member, an organisation.
    *("accounts", "enquiries", "escrows", "typed_reasons", "web_sessions"),
    # Ids alone: whom a case is kept from, who has it open with whom, who typed why.
    *("case_reasons", "exclusions", "openings"),
    # A question and its answer, sealed for whoever asked.
    "presence_questions",
}


def test_every_table_of_a_case_is_behind_the_tripwire_or_has_a_reason_not_to_be() -> None:
    marks = {"case_id", "compartment_id"}
    of_cases = {
        table.name
        for table in MAIN.sorted_tables
        if any(one in marks or one.endswith("_sealed") for one in list(table.c.keys()))
    }
    assert of_cases - sight.guarded_tables() == BESIDE_CASES & set(MAIN.tables)
    assert {"admissions", "cases", "decoys", "drafts"} <= sight.guarded_tables()


def test_no_column_is_called_like_a_guarded_table() -> None:
    columns = {name for table in MAIN.sorted_tables for name in list(table.c.keys())}
    assert columns & sight.guarded_tables() == set()


def test_the_tripwire_costs_no_statement_two_microseconds() -> None:
    texts = [str(select(CaseRow)), str(select(literal(1)))]
    contexts = [
        SimpleNamespace(compiled=SimpleNamespace(string=one), execution_options=dict(sight.CLEAR))
        for one in texts
    ]
    before: Any = vars(sight)["_before"]
    for context in contexts:
        took = repeat(lambda: before(None, None, "", None, context, None), number=2000, repeat=9)  # noqa: B023 - asked at once
        assert min(took) / 2000 * MICRO < 2
