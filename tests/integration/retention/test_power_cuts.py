"""An erasure cut short at every change and commit of both databases, then taken up again."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from casework.audit.verify import Extent, verify
from casework.db.engine import Scope
from casework.errors import AccessDenied
from casework.identity import Reason
from casework.retention.policy import ListState
from casework.runtime import Runtime
from tests.gathering import JOB, accepted, close, fact, own_id, today, visa
from tests.power import Power
from tests.raw import raw
from tests.rewinding import another_process, cut_everywhere, rewinding
from tests.town import COUNCIL, Town

_LEFT_OF_A_CASE = ("persons", "referrals", "contributions", "admissions", "compartments")


@dataclass(frozen=True)
class Scene:
    """A way for a case to end: how it comes to it, and what ends it."""

    name: str
    prepare: Callable[[Town], UUID]
    end: Callable[[Town, Runtime, UUID], object]

    def __str__(self) -> str:
        return self.name


def _opened(town: Town) -> UUID:
    """Return a referral whose keys are in the coordination's ring."""
    case_id = town.refer()
    assert _opens(town, town.runtime, case_id)
    return case_id


def _visaed(town: Town) -> UUID:
    town.clock.advance(milliseconds=1)
    case_id = accepted(town)
    close(town, case_id)
    _write(town, "UPDATE cases SET due_on = :day WHERE id = :id", case_id)
    town.runtime.retention.sweep(JOB)
    lists = town.runtime.retention.lists(town.who("archives"))
    visa(town, next(one.id for one in lists if one.state is ListState.LISTED))
    return case_id


def _returned(town: Town) -> UUID:
    """Return a case that is there although its keys are destroyed: an old main database."""
    case_id = _opened(town)
    parts = _compartments(town, case_id)
    town.runtime.stores.keystore.destroy(COUNCIL, parts, town.clock.now())
    return case_id


def _refuse(town: Town, runtime: Runtime, case_id: UUID) -> None:
    who = town.who("coordination")
    runtime.referrals.refuse(who, Reason.DUTY, case_id, version=1)
    runtime.retention.sweep(JOB)


SCENES = (
    Scene("refused", _opened, _refuse),
    Scene("visaed", _visaed, lambda _, runtime, __: runtime.retention.sweep(JOB)),
    Scene("returned", _returned, lambda _, runtime, __: runtime.retention.repair(JOB)),
)


@pytest.mark.parametrize("scene", SCENES, ids=str)
def test_cut_anywhere_a_case_is_whole_or_gone_and_the_others_open(
    alike: Town, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    town, stores = alike, alike.runtime.stores
    living, case_id = _opened(town), scene.prepare(town)
    parts = _compartments(town, case_id)
    power = Power(monkeypatch, stores.main, stores.keystore_database)

    def recovers() -> None:
        restarted = another_process(town, 20_000)
        restarted.retention.sweep(JOB)
        if fact(town, case_id, "state") == "referred":
            assert _opens(town, restarted, case_id)
            _refuse(town, restarted, case_id)
        _assert_gone(town, restarted, case_id, parts)
        assert _opens(town, restarted, living)
        assert _verifies(town.runtime)

    with rewinding(town) as rewinder:
        end = partial(_ended, town, scene, case_id)
        assert cut_everywhere(power, rewinder, end, recovers) > 15
    recovers()


def test_a_pepper_that_an_old_key_store_brings_back_is_destroyed_again_wherever_it_is_cut(
    alike: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    town, stores = alike, alike.runtime.stores
    case_id, living = _opened(town), _opened(town)
    places = [(one, 1) for one in _compartments(town, case_id)]
    old = stores.keystore.peppers(COUNCIL, places)
    _refuse(town, town.runtime, case_id)
    _forget_erasures(town)
    stores.keystore.keep_peppers(COUNCIL, old)
    power = Power(monkeypatch, stores.main, stores.keystore_database)

    def recovers() -> None:
        restarted = another_process(town, 20_000)
        restarted.retention.repair(JOB)
        assert stores.keystore.peppers(COUNCIL, places) == {}
        assert _opens(town, restarted, living)
        assert _verifies(town.runtime)

    with rewinding(town) as rewinder:
        assert cut_everywhere(power, rewinder, lambda: _repaired(town), recovers) > 5
    recovers()


def _ended(town: Town, scene: Scene, case_id: UUID) -> None:
    scene.end(town, another_process(town, 10_000), case_id)


def _repaired(town: Town) -> None:
    another_process(town, 10_000).retention.repair(JOB)


def _assert_gone(town: Town, runtime: Runtime, case_id: UUID, parts: list[UUID]) -> None:
    left = {table: _count(town, table, case_id) for table in _LEFT_OF_A_CASE}
    assert left == dict.fromkeys(_LEFT_OF_A_CASE, 0)
    assert fact(town, case_id, "state") is None
    assert runtime.stores.keystore.peppers(COUNCIL, [(one, 1) for one in parts]) == {}
    assert runtime.stores.keystore.erased(COUNCIL) >= set(parts)
    assert _count(town, "certificates", case_id) == 1
    with pytest.raises(AccessDenied):
        runtime.cases.read(town.who("coordination"), Reason.DUTY, case_id)


def _opens(town: Town, runtime: Runtime, case_id: UUID) -> bool:
    case = runtime.cases.read(town.who("coordination"), Reason.DUTY, case_id)
    assert case.subject is not None
    assert case.referral is not None
    words = (case.subject.family_name, case.referral.words)
    return words == ("Zéphirinquois", "Je m’inquiète de la voir seule le soir.")


def _verifies(runtime: Runtime) -> bool:
    keys = runtime.register_keys.of(COUNCIL)
    return verify(runtime.stores.main, keys, COUNCIL, Extent(rows=True)).faults == ()


def _compartments(town: Town, case_id: UUID) -> list[UUID]:
    with town.runtime.stores.main.reading(Scope(COUNCIL, whole=True)) as session:
        found = session.execute(
            text("SELECT id FROM compartments WHERE case_id = :id"), {"id": own_id(town, case_id)}
        )
        return [one if isinstance(one, UUID) else UUID(bytes=one) for (one,) in found]


def _count(town: Town, table: str, case_id: UUID) -> int:
    statement = raw(f"SELECT count(*) FROM {table} WHERE case_id = :id")
    with town.runtime.stores.main.reading(Scope(COUNCIL, whole=True)) as session:
        return int(session.execute(statement, {"id": own_id(town, case_id)}).scalar_one())


def _write(town: Town, statement: str, case_id: UUID) -> None:
    given: dict[str, Any] = {"id": own_id(town, case_id), "day": today(town).isoformat()}
    with town.runtime.stores.main.writing(Scope(COUNCIL, whole=True)) as session:
        session.execute(raw(statement), given)


def _forget_erasures(town: Town) -> None:
    """Put the key store back to before: it does not know of any end."""
    with town.runtime.stores.keystore_database.writing(Scope(COUNCIL)) as session:
        session.execute(text("DELETE FROM erasures"))
