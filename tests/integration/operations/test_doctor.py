"""The doctor names what is wrong; readiness refuses to call it ready."""

from uuid import UUID

import pytest
from sqlalchemy import text

from casework.audit.actions import Act
from casework.audit.entry import Entry
from casework.db.engine import Scope
from casework.errors import CaseworkError
from casework.identity import Reason, operator
from casework.operations import disk
from casework.operations.doctor import Check, examine
from casework.operations.home import Home
from casework.operations.instance import Instance
from casework.operations.readiness import probes
from casework.stores import Edges
from tests.fakes import CountingEntropy, FixedClock


def looked(home: Home, clock: FixedClock | None = None) -> dict[str, Check]:
    edges = Edges(clock or FixedClock(), CountingEntropy(seed=3))
    return {one.name: one for one in examine(home.settings, edges)}


def down(instance: Instance) -> list[str]:
    return [name for name, probe in probes(instance, instance.settings).items() if fails(probe)]


def fails(probe: object) -> bool:
    assert callable(probe)
    try:
        probe()
    except CaseworkError:
        return True
    return False


def test_a_sound_instance_passes_every_check(home: Home) -> None:
    checks = looked(home)
    assert [one.name for one in checks.values() if not one.holds] == []
    assert list(checks) == [
        "keys", "apart", "disk", "instance", "migrations", "clock",
        "keystore", "registrar", "promise", "backups", "doors", "register",
    ]  # fmt: skip


def test_a_key_that_others_can_read_is_named_with_the_line_to_type(home: Home) -> None:
    path = home.key_files[1]
    path.chmod(0o640)
    assert looked(home)["keys"].says == f"{path} can be read by others: chmod 600 {path}"


def test_a_home_never_made_is_told_without_a_traceback(tmp_path: object, home: Home) -> None:
    assert tmp_path
    for path in home.key_files:
        path.unlink()
    checks = looked(home)
    assert not checks["keys"].holds
    assert not checks["instance"].holds
    assert "register" not in checks


def test_a_register_that_was_altered_is_found(home: Home, instance: Instance) -> None:
    with instance.stores.main.writing(Scope(instance.council_id)) as session:
        session.execute(text("UPDATE audit_leaves SET kind = 'case:read'"))
    assert looked(home)["register"].says.endswith("casework audit verify --rows")


def test_a_sealed_value_that_was_taken_away_is_found(home: Home, instance: Instance) -> None:
    with instance.ledger.begin(operator(instance.council_id, "m.weber"), Reason.OPERATION) as work:
        work.digest("persons", UUID(int=7), "family_name_sealed", b"what was sealed")
        work.record(Entry(Act.OPERATOR_ACTED))
    assert looked(home)["register"].says.endswith("1 faults: casework audit verify --rows")


def test_a_clock_behind_the_register_is_found(home: Home) -> None:
    behind = FixedClock()
    behind.advance(minutes=-3)
    assert not looked(home, behind)["clock"].holds


def test_a_disk_that_fills_up_is_found_before_it_is_full(
    instance: Instance, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert down(instance) == []
    monkeypatch.setattr(disk, "free_share", lambda _: 0.09)
    assert not looked(home)["disk"].holds
    assert down(instance) == ["disk"]


def test_an_instance_behind_its_code_is_not_ready(instance: Instance) -> None:
    with instance.stores.main.writing(Scope(instance.council_id)) as session:
        session.execute(text("UPDATE alembic_version SET version_num = '0003'"))
    assert down(instance) == ["database"]


def test_an_instance_without_its_key_store_or_its_register_is_not_ready(
    instance: Instance,
) -> None:
    with instance.stores.main.writing(Scope(instance.council_id)) as session:
        session.execute(text("DELETE FROM audit_heads"))
    with instance.stores.keystore_database.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM alembic_version")
    assert down(instance) == ["keystore", "register"]
