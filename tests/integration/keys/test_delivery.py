"""Keys on their way between organisations, and the bytes that must not remain."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, text

from casework.db.types import Id
from casework.identity import Reason
from casework.keys.values import HeldKey, Withheld
from tests.fakes import FixedClock
from tests.postgres import broken_into
from tests.town import COUNCIL, Town


def _count(town: Town, table: str) -> int:
    with broken_into(town.runtime.stores.main) as owned, owned.engine.connect() as connection:
        return int(connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())


class _RunningClock(FixedClock):
    """A clock like the machine's: never twice the same moment."""

    def now(self) -> datetime:
        self.advance(microseconds=1)
        return super().now()


def test_a_first_reading_moves_granted_keys_into_the_ring(town: Town) -> None:
    case_id = town.refer()
    granted, held = _count(town, "grants"), _count(town, "rings")
    assert granted == held == 3
    town.runtime.cases.read(town.who("coordination"), Reason.DUTY, case_id)
    assert (_count(town, "grants"), _count(town, "rings")) == (0, 6)


def test_the_delivery_has_its_own_leaf_once(town: Town) -> None:
    case_id = town.refer()
    before = _count(town, "audit_leaves")
    town.runtime.cases.read(town.who("coordination"), Reason.DUTY, case_id)
    town.runtime.cases.read(town.who("coordination"), Reason.DUTY, case_id)
    assert _count(town, "audit_leaves") == before + 3


def test_naming_delivers_the_shared_parts_and_never_the_origin(town: Town) -> None:
    case_id = town.refer()
    town.follow(case_id)
    town.name(case_id, "school")
    with broken_into(town.runtime.stores.main) as owned, owned.engine.connect() as connection:
        rows = connection.execute(
            text(
                "SELECT compartment_class FROM grants JOIN compartments"
                " ON compartments.id = grants.compartment_id"
                " WHERE grants.organisation_id = :school"
            ).bindparams(bindparam("school", town.bodies["school"], type_=Id))
        )
        assert sorted(row[0] for row in rows) == ["identity", "sheet"]


def test_without_its_pepper_a_compartment_opens_for_nobody(town: Town) -> None:
    case_id = town.refer()
    town.runtime.cases.read(town.who("coordination"), Reason.DUTY, case_id)
    erased = [key.compartment_id for key in _held(town, case_id)]
    town.runtime.stores.keystore.destroy(COUNCIL, erased, town.clock.now())
    case = town.runtime.cases.read(town.who("coordination"), Reason.DUTY, case_id)
    assert case.subject is not None
    assert case.subject.family_name == Withheld("erased")


def _held(town: Town, case_id: UUID) -> list[HeldKey]:
    cases = town.runtime.cases
    with cases.ledger.consult(town.who("coordination"), Reason.DUTY) as work:
        return list(cases.reading.load(work, case_id).held)


def test_destroyed_peppers_are_gone_and_remembered(town: Town) -> None:
    case_id = town.refer()
    store = town.runtime.stores.keystore
    held = _held(town, case_id)
    places = [(key.compartment_id, key.epoch) for key in held]
    peppers = store.peppers(COUNCIL, places).values()
    store.destroy(COUNCIL, [place[0] for place in places], town.clock.now())
    with town.keystore.engine.connect() as connection:
        stored = [row[0] for row in connection.execute(text("SELECT pepper FROM peppers"))]
    assert not set(peppers) & set(stored)
    assert store.erased(COUNCIL) == {place[0] for place in places}


def test_destroying_twice_changes_nothing(town: Town) -> None:
    case_id = town.refer()
    store = town.runtime.stores.keystore
    ids = [key.compartment_id for key in _held(town, case_id)]
    store.destroy(COUNCIL, ids, town.clock.now())
    store.destroy(COUNCIL, ids, town.clock.now())
    assert store.erased(COUNCIL) == set(ids)


def test_a_grant_signed_by_a_clock_that_runs_is_taken_in(town: Town) -> None:
    runtime = town.runtime
    runtime.courier = replace(runtime.courier, clock=_RunningClock())
    case_id = town.refer()
    case = runtime.cases.read(town.who("coordination"), Reason.DUTY, case_id)
    assert case.subject is not None
    assert case.subject.family_name == "Zéphirinquois"
