"""A database administrator moves, alters and replays sealed values: none ever opens elsewhere."""

from collections.abc import Iterator
from itertools import permutations
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from casework.audit.actions import Act
from casework.audit.lines import Asked
from casework.audit.receipt import Receipt
from casework.cases.values import CaseFile
from casework.errors import AuditGap, IntegrityFailure
from casework.identity import Reason
from casework.keys.values import Withheld
from casework.tables import MAIN
from tests.postgres import broken_into
from tests.town import COUNCIL, Town

SEALED = [
    (table.name, column.name)
    for table in MAIN.sorted_tables
    for column in table.columns
    if column.name.endswith("_sealed") and "case_id" in table.columns
]


def test_every_sealed_column_is_swept() -> None:
    assert {table for table, _ in SEALED} >= {"persons", "referrals", "contributions", "actions"}


def _two_cases(town: Town) -> tuple[UUID, UUID]:
    first, second = town.refer(), town.refer()
    for case_id in (first, second):
        town.follow(case_id)
        town.runtime.cases.contribute(
            town.who("coordination"), Reason.DUTY, case_id, "Rencontre inventée."
        )
    return first, second


def _values(case: CaseFile) -> Iterator[Any]:
    for person in case.persons:
        yield from (person.family_name, person.given_name, person.birth_date, person.address)
        yield from (person.phone, person.school)
    assert case.referral is not None
    yield from (case.referral.reason, case.referral.fact, case.referral.origin)
    yield from (case.referral.reporter, case.referral.words)
    yield from (one.text for one in case.shared)


def _read(town: Town, case_id: UUID) -> list[Any]:
    case = town.runtime.cases.read(town.who("coordination"), Reason.DUTY, case_id)
    return list(_values(case))


def _execute(town: Town, statement: str, **values: object) -> None:
    with broken_into(town.runtime.stores.main) as owned, owned.engine.begin() as connection:
        connection.execute(text(statement), values)


def _raw(town: Town, value: UUID) -> object:
    return value if town.runtime.stores.main.on_postgresql else value.bytes


@pytest.mark.parametrize("table", ["persons", "referrals", "contributions"])
def test_a_value_moved_to_another_case_does_not_open(town: Town, table: str) -> None:
    first, second = _two_cases(town)
    columns = [column for name, column in SEALED if name == table]
    before = _read(town, second)
    moved = ", ".join(f"{c} = (SELECT {c} FROM {table} WHERE case_id = :first)" for c in columns)
    _execute(
        town,
        f"UPDATE {table} SET {moved} WHERE case_id = :second",
        first=_raw(town, first),
        second=_raw(town, second),
    )
    after = _read(town, second)
    changed = [new for old, new in zip(before, after, strict=True) if old != new]
    assert changed
    assert all(isinstance(value, Withheld) or value == "" for value in changed)


def test_values_swapped_between_columns_of_a_row_do_not_open(town: Town) -> None:
    case_id = town.refer()
    # Of homes a follow-up says nothing: where nothing was sealed, nothing can be swapped in.
    persons = [column for table, column in SEALED if table == "persons"]
    columns = [column for column in persons if column != "home_sealed"]
    for one, other in list(permutations(columns, 2))[:6]:
        _execute(town, f"UPDATE persons SET {one} = {other}")
    case = town.runtime.cases.read(town.who("coordination"), Reason.DUTY, case_id)
    assert case.subject is not None
    assert isinstance(case.subject.family_name, Withheld)


def test_an_altered_byte_makes_one_value_unavailable_and_leaves_the_others(town: Town) -> None:
    case_id = town.refer()
    with broken_into(town.runtime.stores.main) as owned, owned.engine.begin() as connection:
        stored = connection.execute(text("SELECT fact_sealed FROM referrals")).scalar_one()
        altered = bytes(stored[:-1]) + bytes([stored[-1] ^ 1])
        connection.execute(text("UPDATE referrals SET fact_sealed = :v"), {"v": altered})
    case = town.runtime.cases.read(town.who("coordination"), Reason.DUTY, case_id)
    assert case.referral is not None
    assert isinstance(case.referral.fact, Withheld)
    assert case.referral.reason == "truancy"


def test_a_ring_entry_of_another_compartment_opens_nothing(town: Town) -> None:
    first, second = _two_cases(town)
    _execute(
        town,
        "UPDATE rings SET entry = (SELECT entry FROM rings r JOIN compartments c"
        " ON c.id = r.compartment_id WHERE c.case_id = :first"
        " AND c.compartment_class = 'sheet' AND r.organisation_id = rings.organisation_id)"
        " WHERE compartment_id IN (SELECT id FROM compartments WHERE case_id = :second"
        " AND compartment_class = 'sheet')",
        first=_raw(town, first),
        second=_raw(town, second),
    )
    case = town.runtime.cases.read(town.who("coordination"), Reason.DUTY, second)
    assert case.referral is not None
    assert isinstance(case.referral.fact, Withheld)


def test_a_planted_public_key_is_refused(town: Town) -> None:
    case_id = town.refer()
    town.follow(case_id)
    _execute(
        town,
        "UPDATE organisation_keys SET agreement_public = (SELECT agreement_public"
        " FROM organisation_keys WHERE organisation_id = :police) WHERE organisation_id = :school",
        police=_raw(town, town.bodies["police"]),
        school=_raw(town, town.bodies["school"]),
    )
    with pytest.raises(IntegrityFailure):
        town.name(case_id, "school")
    (fault,) = _contradictions(town)
    assert fault == "directory-entry-not-signed-by-the-registrar"


def test_a_grant_by_an_organisation_that_holds_no_key_is_refused(town: Town) -> None:
    case_id = town.refer()
    _execute(
        town,
        "UPDATE grants SET granter_id = :police",
        police=_raw(town, town.bodies["police"]),
    )
    with pytest.raises(IntegrityFailure):
        town.runtime.cases.read(town.who("coordination"), Reason.DUTY, case_id)
    assert _contradictions(town) == ["granted-by-an-organisation-that-does-not-hold-the-key"]


def _contradictions(town: Town) -> list[object]:
    """Return what the register says of what contradicted itself."""
    asked = Asked(acts=frozenset({Act.INTEGRITY_FAILED}))
    lines = town.runtime.register.read(town.who("dpo"), asked).lines
    return [line.detail["fault"] for line in lines if line.detail]


def test_the_keyring_refuses_a_receipt_that_does_not_cover(town: Town) -> None:
    first, second = _two_cases(town)
    cases, who = town.runtime.cases, town.who("coordination")
    with cases.ledger.consult(who, Reason.DUTY) as one:
        cases.reading.load(one, first)
    with cases.ledger.consult(who, Reason.DUTY) as other:
        loaded = cases.reading.load(other, second)
    with pytest.raises(AuditGap):
        cases.reading.open(one.receipt, loaded)


def test_a_receipt_grows_stale(town: Town) -> None:
    case_id = town.refer()
    cases, who = town.runtime.cases, town.who("coordination")
    cases.read(who, Reason.DUTY, case_id)
    with cases.ledger.consult(who, Reason.DUTY) as work:
        loaded = cases.reading.load(work, case_id)
    town.clock.advance(minutes=6)
    with pytest.raises(AuditGap):
        cases.reading.open(work.receipt, loaded)


def test_a_receipt_cannot_be_made_by_hand() -> None:
    with pytest.raises(TypeError):
        Receipt(
            mint=object(),
            council_id=COUNCIL,
            member_id=None,
            organisation_id=None,
            seqs=(),
            acts=frozenset(),
            compartments=frozenset(),
            issued_at=None,  # type: ignore[arg-type]
            own_keys=None,
        )


def test_nothing_of_a_case_stands_in_the_dump_of_the_database(town: Town) -> None:
    _two_cases(town)
    with broken_into(town.runtime.stores.main) as owned, owned.engine.connect() as connection:
        stored = [
            value
            for table in MAIN.sorted_tables
            for row in connection.execute(table.select())
            for value in row
        ]
    dump = b"\n".join(v if isinstance(v, bytes) else str(v).encode() for v in stored)
    for secret in ("Zéphirinquois", "Maïlys", "2010-05-17", "Hêtres", "Corbinguy", "inquiète"):
        assert secret.encode() not in dump
