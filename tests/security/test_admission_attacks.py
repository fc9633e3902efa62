"""Whoever writes in the main database makes nobody a holder of the keys to come."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Connection, Table, delete, insert, select, update

from casework.audit.actions import Act
from casework.audit.lines import Asked
from casework.db.engine import Scope
from casework.errors import AuditGap, IntegrityFailure, Misconfigured
from casework.identity import Reason
from casework.keys.gateway import holding
from casework.keys.lending import Lending, lendable
from casework.keys.service.running import for_organisation
from casework.keys.values import Acting
from casework.operations.founding import complete
from casework.runtime import Runtime
from casework.tables import MAIN
from tests.leaving import followed, hand_to_member, keys_of, leave, opens, read, rekey, told, unname
from tests.postgres import broken_into
from tests.town import COUNCIL, Town

RINGS, GRANTS = MAIN.tables["rings"], MAIN.tables["grants"]
COMPARTMENTS, SECRETS = MAIN.tables["compartments"], MAIN.tables["instance_secrets"]
KEYS = MAIN.tables["organisation_keys"]
WHOLE = Scope(COUNCIL, whole=True)


def write(town: Town, *statements: Any) -> None:
    with broken_into(town.runtime.stores.main) as owned, owned.engine.begin() as connection:
        for statement in statements:
            connection.execute(statement)


def rows(town: Town, table: Table, body: str) -> list[dict[str, Any]]:
    with broken_into(town.runtime.stores.main) as owned, owned.engine.connect() as connection:
        return list(_rows(connection, table, town.bodies[body]))


def _rows(connection: Connection, table: Table, own: UUID) -> Iterator[dict[str, Any]]:
    for row in connection.execute(select(table).where(table.c.organisation_id == own)).mappings():
        yield dict(row)


def plant(town: Town, table: Table, source: str, owner: str, **changed: Any) -> None:
    """Write rows of one body anew in the name of another."""
    changed["organisation_id"] = town.bodies[owner]
    copied = [{**one, **changed} for one in rows(town, table, source)]
    write(town, *(insert(table).values(**one) for one in copied))


def refused(town: Town) -> int:
    """Count, as another process does, the rows that make somebody a holder without right."""
    runtime = Runtime(town.runtime.stores, town.runtime.edges, COUNCIL)
    with town.runtime.stores.main.reading(WHOLE) as session:
        return runtime.admissions.refused(session, COUNCIL)


@pytest.mark.parametrize("changed", [{}, {"admission": None}])
def test_a_holder_planted_in_a_ring_or_a_grant_is_handed_nothing(
    town: Town, changed: dict[str, Any]
) -> None:
    case_id = followed(town, "school")
    plant(town, RINGS, "coordination", "police", **changed)
    town.name(case_id, "mission")
    plant(town, GRANTS, "mission", "landlord", **changed)
    assert refused(town) > 0
    unname(town, case_id, "school")
    rekey(town)
    assert keys_of(town, "landlord") == 0
    # What was planted beside a part that has no new epoch stays what it was: bytes for nobody.
    assert {one["epoch"] for one in rows(town, RINGS, "police")} <= {1}
    assert opens(read(town, case_id))
    assert opens(read(town, case_id, "street_work"))
    assert any("refused" in one for one in _told(town))


def _told(town: Town) -> list[dict[str, Any]]:
    asked = Asked(acts=frozenset({Act.COMPARTMENT_REKEYED}))
    return [dict(one.detail) for one in town.runtime.register.read(town.who("dpo"), asked).lines]


@pytest.mark.parametrize("how", ["left the council", "left the case"])
def test_a_holder_put_back_after_its_removal_is_handed_nothing(town: Town, how: str) -> None:
    case_id = followed(town, "school")
    kept = rows(town, RINGS, "school")
    if how == "left the council":
        leave(town, "school")
    else:
        unname(town, case_id, "school")
    write(
        town,
        *(insert(RINGS).values(**one) for one in kept),
        update(KEYS).values(revoked_at=None),
    )
    rekey(town)
    assert {one["epoch"] for one in rows(town, RINGS, "school")} <= {1}
    assert rows(town, GRANTS, "school") == []
    assert opens(read(town, case_id))


def test_a_loan_made_longer_in_its_row_is_not_carried_on(town: Town) -> None:
    case_id = followed(town, "school")
    acting = Acting(COUNCIL, town.bodies["coordination"])
    runtime, edges = town.runtime, town.runtime.edges
    lending = Lending(runtime.keyring, edges.clock, edges.entropy)
    with runtime.ledger.begin(town.who("coordination"), Reason.DUTY) as work:
        held = lendable(holding.held_by_case(work.session, acting, case_id))
        lending.lend(work, held, town.bodies["police"], work.now + timedelta(hours=1))
    write(town, update(GRANTS).values(expires_at=None))
    unname(town, case_id, "school")
    rekey(town)
    assert keys_of(town, "police") == 0


def test_a_part_whose_class_was_changed_is_handed_to_nobody(town: Town) -> None:
    case_id = town.refer()
    town.follow(case_id)
    origin = COMPARTMENTS.c.compartment_class == "origin"
    write(town, update(COMPARTMENTS).where(origin).values(compartment_class="sheet"))
    with pytest.raises(IntegrityFailure):
        town.name(case_id, "school")
    assert keys_of(town, "school") == 0


def test_a_grant_planted_under_anothers_name_is_not_signed_anew(town: Town) -> None:
    case_id = town.refer()
    plant(town, GRANTS, "coordination", "police")
    town.runtime.custody_service.rotate(_service(town, "street_work"))
    assert keys_of(town, "police") == 0
    plant(town, GRANTS, "coordination", "police")
    town.follow(case_id)
    town.name(case_id, "school")
    assert opens(read(town, case_id))
    assert keys_of(town, "school") == 2


def test_a_departure_renews_no_planted_grant(town: Town) -> None:
    case_id = town.refer()
    town.follow(case_id)
    read(town, case_id)
    town.name(case_id, "mission")
    plant(town, GRANTS, "mission", "police", granter_id=town.bodies["street_work"])
    leave(town, "street_work")
    assert keys_of(town, "police") == 0
    rekey(town)
    assert opens(read(town, case_id))
    assert "Zéphirinquois" in told(read(town, case_id, "mission"))


def test_a_withdrawal_cut_off_is_counted_and_mended_by_naming_anew(town: Town) -> None:
    case_id = followed(town, "school")
    runtime, own = town.runtime, town.bodies["school"]
    parts = [one["compartment_id"] for one in rows(town, RINGS, "school")]
    with pytest.raises(AuditGap), runtime.ledger.begin(town.who("school"), Reason.DUTY) as work:
        runtime.keyring.epochs.withdraw(work, own, parts)
    assert (refused(town), len(rows(town, RINGS, "school"))) == (len(parts), len(parts))
    town.name(case_id, "school")
    assert refused(town) == 0
    rekey(town)
    assert "Zéphirinquois" in told(read(town, case_id, "school"))


def _service(town: Town, body: str) -> Any:
    return for_organisation(COUNCIL, town.bodies[body])


def test_the_upgrade_tries_what_it_admits_and_admits_once(town: Town) -> None:
    case_id = followed(town, "school")
    town.name(case_id, "mission")
    hand_to_member(town, "school")
    plant(town, RINGS, "coordination", "police")
    plant(town, GRANTS, "mission", "landlord", signature=bytes(64))
    holders = SECRETS.c.name == "holders"
    of_before = (update(RINGS).values(admission=None), update(GRANTS).values(admission=None))
    write(town, *of_before, delete(SECRETS).where(holders))
    stores, edges = town.runtime.stores, town.runtime.edges
    complete(stores, edges, "founder")
    assert refused(town) == len(rows(town, RINGS, "police")) + len(rows(town, GRANTS, "landlord"))
    # Whoever deletes the secret to have everything admitted once more finds the council shut.
    write(town, delete(SECRETS).where(holders))
    complete(stores, edges, "founder")
    with pytest.raises(Misconfigured):
        refused(town)
