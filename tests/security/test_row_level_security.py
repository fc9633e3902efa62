"""PostgreSQL's own wall: an organisation with raw SQL and the application's password.

Each attack is made beside the same statement by somebody who may, so that a wall that stops
everybody does not pass for one that stops the right ones.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final
from uuid import UUID

import pytest
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import ProgrammingError

from casework.audit.additions import BOUND
from casework.db.engine import Scope, narrow
from casework.documents.values import Sent
from casework.identity import Reason, service
from casework.keys.recovery.values import Why
from casework.tables import MAIN
from tests.keepers import Keepers
from tests.papers import here, plain_pdf
from tests.postgres import OWNER, acting_as, broken_into
from tests.staff import employ
from tests.town import COUNCIL, Town

pytestmark = pytest.mark.parametrize("address", ["postgresql"], indirect=True)

FOLLOWED = pytest.mark.usefixtures("case_id")
WALLED: Final = frozenset(
    {"actions", "admissions", "agenda_items", "case_reasons", "case_steps", "cases",
     "compartments", "contributions", "decisions", "document_pieces", "documents", "enquiries",
     "exceptional_accesses", "exclusions", "former_epochs", "grants", "letters", "loans",
     "namings", "openings", "persons", "referrals", "rings"}
)  # fmt: skip
OF_FORGETTING: Final = frozenset(
    {"certificates", "elimination_items", "ended_compartments", "holds"}
)
"""Dates and ids for those who control, who are admitted to no case; they outlive the case."""
OF_CUSTODIANS: Final = frozenset({"ceremonies"})
"""What is asked of custodians, who need not be admitted to the case: an id, never its content."""
BESIDE: Final = frozenset({"presence_questions"})
"""Who asked, behind the wall of their body: the case of an answer is sealed."""
REFUSED: Final = (ProgrammingError, "row-level security|permission denied")
FILLED: Final = ("admissions", "cases", "compartments", "contributions", "document_pieces",
                 "documents", "grants", "namings", "persons", "referrals", "rings")  # fmt: skip
NOTHING: Final = dict.fromkeys(FILLED, 0)


@pytest.fixture
def case_id(town: Town) -> UUID:
    """Follow a case: referred by street work, coordinated, a school named, a note written."""
    followed = town.refer()
    town.follow(followed)
    town.name(followed, "school")
    town.runtime.cases.note(town.who("school"), Reason.DUTY, followed, "Note gardée.")
    here(town).add(town.who("school"), Reason.DUTY, followed, Sent("Pièce", "a", plain_pdf()))
    return followed


@contextmanager
def raw(town: Town, scope: Scope | None) -> Iterator[Connection]:
    """Give a bare connection of the application's role, inside one transaction."""
    with town.runtime.stores.main.engine.begin() as connection:
        if scope is not None:
            narrow(connection, scope)
        yield connection


def seen(town: Town, scope: Scope | None, table: str) -> int:
    with raw(town, scope) as connection:
        return int(connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())


def of(town: Town, body: str) -> Scope:
    return Scope(COUNCIL, town.bodies[body])


def execute(town: Town, body: str, statement: str, **values: Any) -> int:
    with raw(town, of(town, body)) as connection:
        return connection.execute(text(statement), values).rowcount


def counts(town: Town, scope: Scope | None) -> dict[str, int]:
    return {table: seen(town, scope, table) for table in FILLED}


@FOLLOWED
def test_an_organisation_not_admitted_sees_no_row(town: Town) -> None:
    assert all(counts(town, of(town, "coordination")).values())
    assert counts(town, of(town, "police")) == NOTHING


def test_an_organisation_whose_admission_ended_sees_no_row(town: Town, case_id: UUID) -> None:
    town.runtime.cases.unname(
        town.who("coordination"), Reason.DUTY, case_id, town.members["school"]
    )
    assert seen(town, of(town, "school"), "admissions") == 1
    assert {**counts(town, of(town, "school")), "admissions": 0} == NOTHING
    town.name(case_id, "school")
    assert seen(town, of(town, "school"), "cases") == 1


@FOLLOWED
def test_without_a_scope_nobody_sees_a_row(town: Town) -> None:
    assert counts(town, None) == NOTHING
    assert counts(town, Scope(COUNCIL)) == NOTHING


@FOLLOWED
def test_another_council_sees_no_row_even_as_a_whole(town: Town) -> None:
    assert all(counts(town, Scope(COUNCIL, whole=True)).values())
    assert counts(town, Scope(UUID(int=7), whole=True)) == NOTHING


@FOLLOWED
def test_only_the_cases_of_each_are_seen(town: Town) -> None:
    town.refer("police")
    counts = {body: seen(town, of(town, body), "cases") for body in ("coordination", "school")}
    assert counts == {"coordination": 2, "school": 1}
    assert seen(town, of(town, "police"), "cases") == 1


def test_every_table_of_a_case_stands_behind_the_wall_its_owner_too(town: Town) -> None:
    of_case = {
        table.name
        for table in MAIN.sorted_tables
        if {"case_id", "compartment_id"} & set(table.c.keys())
    }
    assert of_case | {"cases"} == WALLED | OF_FORGETTING | OF_CUSTODIANS
    asked = text("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity")
    with raw(town, None) as connection:
        assert set(connection.execute(asked).scalars()) == WALLED | BESIDE


@FOLLOWED
def test_the_owner_of_the_tables_sees_nothing_without_a_scope(town: Town) -> None:
    engine = create_engine(acting_as(OWNER, town.address.url))
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM persons")).scalar_one() == 0
    engine.dispose()


@FOLLOWED
def test_a_scope_does_not_reach_the_next_user_of_a_connection(town: Town) -> None:
    engine = create_engine(town.address.url, pool_size=1, max_overflow=0)
    count = text("SELECT count(*), max(pg_backend_pid()) FROM persons")
    with engine.begin() as connection:
        narrow(connection, of(town, "school"))
        first = connection.execute(count).one()
    with engine.begin() as connection:
        assert tuple(connection.execute(count).one()) == (0, None)
        assert connection.execute(text("SELECT pg_backend_pid()")).scalar_one() == first[1]
    with engine.begin() as connection:
        narrow(connection, of(town, "police"))
        assert connection.execute(count).one()[0] == 0
    assert first[0] == 1
    engine.dispose()


def test_an_organisation_cannot_admit_itself(town: Town, case_id: UUID) -> None:
    statement = (
        "INSERT INTO admissions (council_id, organisation_id, case_id, from_on)"
        " VALUES (:council, :own, :case, '2026-11-23')"
    )
    values = {"council": COUNCIL, "own": town.bodies["police"], "case": case_id}
    with pytest.raises(REFUSED[0], match=REFUSED[1]):
        execute(town, "police", statement, **values)
    assert execute(town, "coordination", statement, **values) == 1


def test_a_body_lent_a_case_finds_it_until_the_end_and_cannot_admit_itself(
    town: Town, case_id: UUID
) -> None:
    keepers, scope = Keepers(employ(town)), of(town, "mission")
    head = town.runtime.cases.read(town.who("coordination"), Reason.DUTY, case_id).head
    assert counts(town, scope) == NOTHING
    town.runtime.exceptional.ask(keepers.who("mission"), head.reference or "", Why.DANGER)
    assert seen(town, scope, "cases") == seen(town, scope, "persons") == 1
    statement = (
        "INSERT INTO admissions (council_id, organisation_id, case_id, from_on)"
        " VALUES (:council, :own, :case, '2026-11-23')"
    )
    values = {"council": COUNCIL, "own": town.bodies["mission"], "case": case_id}
    with pytest.raises(REFUSED[0], match=REFUSED[1]):
        execute(town, "mission", statement, **values)
    keepers.staff.wait(minutes=121)
    town.runtime.recovery.lending.end_loans(service(COUNCIL, "tick:loans"))
    assert counts(town, scope) == NOTHING


@FOLLOWED
def test_an_organisation_cannot_plant_a_key_or_a_word(town: Town) -> None:
    sources = {
        "grants": "wrapped, granter_id, granter_version, signature, granted_at",
        "rings": "version, entry",
    }
    for table, columns in sources.items():
        with broken_into(town.runtime.stores.main) as owned, owned.engine.begin() as connection:
            place = "council_id, compartment_id, epoch"
            connection.execute(
                text(f"CREATE TABLE stolen_{table} AS SELECT {place}, {columns} FROM {table}")
            )
            connection.execute(text(f"GRANT SELECT ON stolen_{table} TO PUBLIC"))
        statement = (
            f"INSERT INTO {table} (organisation_id, {place}, {columns})"
            f" SELECT :own, {place}, {columns} FROM stolen_{table} LIMIT 1"
        )
        with pytest.raises(REFUSED[0], match=REFUSED[1]):
            execute(town, "police", statement, own=town.bodies["police"])


def test_an_organisation_cannot_move_what_it_sees_under_a_case_it_does_not(
    town: Town, case_id: UUID
) -> None:
    other = town.refer("police")
    statement = "UPDATE namings SET case_id = :other WHERE case_id = :case"
    with pytest.raises(REFUSED[0], match=REFUSED[1]):
        execute(town, "school", statement, other=other, case=case_id)
    assert execute(town, "coordination", statement, other=other, case=case_id) == 1


@FOLLOWED
def test_what_is_not_seen_cannot_be_deleted(town: Town) -> None:
    for table in FILLED:
        assert execute(town, "police", f"DELETE FROM {table}") == 0
    assert execute(town, "coordination", "DELETE FROM grants") > 0


@pytest.mark.parametrize("verb", ["UPDATE {} SET council_id = council_id", "TRUNCATE {}"])
def test_the_application_cannot_rewrite_the_register(town: Town, verb: str) -> None:
    town.refer()
    for table in (
        "audit_leaves",
        "audit_parts",
        "audit_checkpoints",
        "audit_subjects",
        "row_digests",
    ):
        assert seen(town, None, table) > 0
        with pytest.raises(REFUSED[0], match="permission denied"):
            execute(town, "coordination", verb.format(table))
    with pytest.raises(REFUSED[0], match="permission denied"):
        execute(town, "coordination", "DELETE FROM audit_checkpoints")


def test_the_application_takes_nothing_from_the_register_that_is_younger_than_six_months(
    town: Town,
) -> None:
    columns = ", ".join(BOUND[2:])
    copied = f"SELECT council_id, :seq, {{}}, {columns} FROM audit_leaves WHERE seq = 0"
    by_the_server = "extract(epoch FROM now() - interval '{}') * 1000000"
    for seq, age in ((7_000, "7 months"), (5_000, "5 months")):
        copy = copied.format(by_the_server.format(age))
        statement = f"INSERT INTO audit_leaves (council_id, seq, at, {columns}) {copy}"
        assert execute(town, "coordination", statement, seq=seq) == 1
        parts = "INSERT INTO audit_parts (council_id, seq) SELECT council_id, :seq FROM audit_heads"
        assert execute(town, "coordination", parts, seq=seq) == 1
    assert execute(town, "coordination", "DELETE FROM audit_parts") == 0
    erase = "UPDATE audit_parts SET what = NULL, what_salt = NULL, det = NULL, det_salt = NULL"
    for verb in (erase, "DELETE FROM audit_leaves"):
        assert execute(town, "coordination", f"{verb} WHERE seq = 5000") == 0
        assert execute(town, "coordination", f"{verb} WHERE seq = 7000") == 1
    assert execute(town, "coordination", "DELETE FROM audit_parts") == 1
    assert execute(town, "coordination", "DELETE FROM audit_subjects") == 0
    assert execute(town, "coordination", "DELETE FROM row_digests") == 0


def test_the_application_cannot_shorten_the_register_to_nothing(town: Town) -> None:
    with pytest.raises(REFUSED[0], match="permission denied"):
        execute(town, "coordination", "DELETE FROM audit_heads")


def test_the_application_cannot_take_the_wall_down(town: Town) -> None:
    for statement in (
        "ALTER TABLE cases DISABLE ROW LEVEL SECURITY",
        "DROP POLICY cases_within_reach ON cases",
        "ALTER FUNCTION casework_reaches(uuid, uuid) VOLATILE",
        "TRUNCATE persons",
        "UPDATE alembic_version SET version_num = '0009'",
        "CREATE TABLE planted (id integer)",
        "SET ROLE casework_owner",
    ):
        with pytest.raises(ProgrammingError, match=r"must be owner|permission denied"):
            execute(town, "coordination", statement)


def test_the_application_is_an_ordinary_role(town: Town) -> None:
    asked = text("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
    with raw(town, None) as connection:
        assert tuple(connection.execute(asked).one()) == (False, False)
