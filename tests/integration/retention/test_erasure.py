"""Erasure against power cuts, old backups and impatience."""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Literal
from uuid import UUID

import pytest
from sqlalchemy import make_url, text

from casework.audit.verify import Extent, verify
from casework.audit.work import Work
from casework.db.engine import Scope
from casework.errors import AccessDenied
from casework.identity import Reason
from casework.keys.erasure import Erasure
from casework.keys.values import Withheld
from casework.retention.policy import SweepStep
from casework.runtime import Edges, Runtime
from tests.conftest import FILE_KEY, SPARES, Address
from tests.fakes import CountingEntropy
from tests.gathering import JOB, accepted, fact, keep, listed, rows, sweep, visa
from tests.postgres import APPLICATION, acting_as, administer
from tests.town import COUNCIL, TestStores, Town

Point = Literal["begun", "before-peppers", "after-peppers", "confirmed"]
POINTS: tuple[Point, ...] = ("begun", "before-peppers", "after-peppers", "confirmed")
_CONTENT = ("cases", "persons", "referrals", "decisions", "namings", "compartments", "rings")


class PowerCut(Exception):
    """The machine stopped here."""


class Failing(Erasure):
    """An erasure during which the power fails at one point."""

    point: Point = "begun"

    def begin(self, work: Work, cases: Sequence[UUID]) -> list[UUID]:
        dying = super().begin(work, cases)
        self._cut("begun")
        return dying

    def destroy(self, council_id: UUID, compartments: Sequence[UUID]) -> None:
        self._cut("before-peppers")
        super().destroy(council_id, compartments)
        self._cut("after-peppers")

    def confirm(self, work: Work, dying: Mapping[UUID, Sequence[UUID]]) -> None:
        super().confirm(work, dying)
        self._cut("confirmed")

    def _cut(self, point: Point) -> None:
        if self.point == point:
            raise PowerCut


@pytest.mark.parametrize("point", POINTS)
def test_a_power_cut_between_any_two_steps_is_mended_by_the_next_sweep(
    town: Town, point: Point
) -> None:
    case_id = accepted(town)
    keep(town, case_id)
    visa(town, listed(town, case_id))
    with pytest.raises(PowerCut):
        _failing(town, point).retention.sweep(JOB)
    sweep(town)
    assert {table: rows(town, table) for table in _CONTENT} == dict.fromkeys(_CONTENT, 0)
    assert town.runtime.stores.keystore.count(COUNCIL) == 0
    assert rows(town, "certificates") == 1
    assert _verifies(town.runtime)


@pytest.mark.parametrize("point", ["begun", "before-peppers"])
def test_a_refusal_cut_short_is_finished_by_the_sweep(town: Town, point: Point) -> None:
    case_id = town.refer()
    refused = {"who": town.who("coordination"), "reason": Reason.DUTY, "case_id": case_id}
    with pytest.raises(PowerCut):
        _failing(town, point).referrals.refuse(**refused, version=1)  # type: ignore[arg-type]
    undone = fact(town, case_id, "state") == "referred"
    assert undone is (point == "begun")
    assert sweep(town).resumed == (0 if undone else 1)
    assert town.runtime.stores.keystore.count(COUNCIL) == (3 if undone else 0)


def test_a_key_that_arrives_while_a_case_dies_goes_with_it(town: Town) -> None:
    case_id = accepted(town)
    rings = _rings(town)
    visa(town, listed(town, case_id))
    with pytest.raises(PowerCut):
        _failing(town, "before-peppers").retention.sweep(JOB)
    _bring_back(town, rings)
    sweep(town)
    assert rows(town, "rings") == 0
    assert fact(town, case_id, "state") is None


def test_a_copy_of_the_database_from_before_opens_nothing_with_the_live_keys(
    town: Town, copies: "Copies"
) -> None:
    case_id = accepted(town)
    keep(town, case_id)
    old = copies.take()
    opened = old.cases.read(town.who("coordination"), Reason.DUTY, case_id)
    assert opened.subject is not None
    assert opened.subject.family_name == "Zéphirinquois"
    visa(town, listed(town, case_id))
    sweep(town)
    shut = old.cases.read(town.who("coordination"), Reason.DUTY, case_id)
    assert shut.subject is not None
    assert shut.subject.family_name == Withheld("erased")
    assert shut.referral is not None
    assert {shut.referral.fact, shut.referral.words} == {Withheld("erased")}
    assert [one.code for one in shut.decisions] == [Withheld("erased")]


def test_what_an_old_database_brings_back_is_purged_by_the_next_sweep(
    town: Town, copies: "Copies"
) -> None:
    case_id = accepted(town)
    living = accepted(town)
    old = copies.take()
    visa(town, listed(town, case_id))
    sweep(town)
    assert old.retention.preview(JOB).resumed == 1
    assert old.retention.sweep(JOB).resumed == 1
    with pytest.raises(AccessDenied):
        old.cases.read(town.who("coordination"), Reason.DUTY, case_id)
    kept = old.cases.read(town.who("coordination"), Reason.DUTY, living)
    assert kept.subject is not None
    assert kept.subject.family_name == "Zéphirinquois"
    assert [one.case_id for one in old.retention.certificates(town.who("dpo"))] == [case_id]
    assert _verifies(old)
    assert old.retention.sweep(JOB).resumed == 0


def test_two_sweeps_at_once_share_the_work_and_neither_fails(town: Town) -> None:
    cases = [accepted(town) for _ in range(4)]
    list_id = listed(town, *cases[:2])
    visa(town, list_id, count=2)
    refused = town.refer()
    town.runtime.referrals.refuse(town.who("coordination"), Reason.DUTY, refused, version=1)
    town.clock.advance(days=220)
    others = [_again(town, seed) for seed in (7, 8)]
    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(lambda one: one.retention.sweep(JOB), others))
    for other in others:
        other.stores.main.engine.dispose()
    assert sum(one.of_step(SweepStep.ERASED) for one in done) == 2
    assert sum(one.of_step(SweepStep.CLOSED) for one in done) == 2
    sweep(town)
    assert rows(town, "certificates") == 3
    assert rows(town, "cases") == 2
    assert town.runtime.stores.keystore.count(COUNCIL) == 6
    assert _verifies(town.runtime)


class Copies:
    """Takes copies of a town's main database, as a backup would."""

    def __init__(self, town: Town, folder: Path, server: str | None) -> None:
        self._town, self._folder, self._server = town, folder, server
        self._runtimes: list[Runtime] = []

    def take(self) -> Runtime:
        """Return the same service over a copy of the main database, with the live key store."""
        self._town.runtime.stores.main.engine.dispose()
        address = self._on_server(self._server) if self._server else self._file()
        self._runtimes.append(_over(self._town, address, self._town.runtime.edges))
        return self._runtimes[-1]

    def _file(self) -> Address:
        path = self._folder / "copy.db"
        shutil.copy(str(make_url(self._town.address.url).database), path)
        return Address(f"sqlite:///{path}", FILE_KEY)

    def _on_server(self, server: str) -> Address:
        name = make_url(self._town.address.url).database
        SPARES.close()
        administer(server, f"CREATE DATABASE {name}_copy TEMPLATE {name}")
        return Address(acting_as(APPLICATION, f"{server}/{name}_copy"))

    def drop(self) -> None:
        for runtime in self._runtimes:
            runtime.stores.main.engine.dispose()
        if self._server and self._runtimes:
            name = make_url(self._town.address.url).database
            administer(self._server, f"DROP DATABASE {name}_copy WITH (FORCE)")


@pytest.fixture
def copies(town: Town, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Copies]:
    on_server = town.runtime.stores.main.on_postgresql
    server = request.getfixturevalue("postgres_server") if on_server else None
    taken = Copies(town, tmp_path, server)
    yield taken
    taken.drop()


def _over(town: Town, address: Address, edges: Edges) -> Runtime:
    stores = town.runtime.stores
    assert isinstance(stores, TestStores)
    fresh = TestStores(address.connect(), town.keystore, stores._kek, edges)
    return Runtime(fresh, edges, COUNCIL)


def _again(town: Town, seed: int) -> Runtime:
    """Return what another process would run on the same databases."""
    return _over(town, town.address, Edges(town.clock, CountingEntropy(seed)))


def _failing(town: Town, point: Point) -> Runtime:
    runtime = Runtime(town.runtime.stores, town.runtime.edges, COUNCIL)
    stores = runtime.stores
    kind = type("Cut", (Failing,), {"point": point})
    runtime.__dict__["erasure"] = kind(stores.main, stores.keystore, town.clock)
    return runtime


def _rings(town: Town) -> list[dict[str, object]]:
    with town.runtime.stores.main.reading(Scope(COUNCIL, whole=True)) as session:
        found = session.execute(text("SELECT * FROM rings")).mappings().all()
        assert found
        return [dict(row) for row in found]


def _bring_back(town: Town, rings: list[dict[str, object]]) -> None:
    columns = list(rings[0])
    places = ", ".join(f":{column}" for column in columns)
    statement = text(f"INSERT INTO rings ({', '.join(columns)}) VALUES ({places})")
    with town.runtime.stores.main.writing(Scope(COUNCIL, whole=True)) as session:
        session.execute(statement, rings)


def _verifies(runtime: Runtime) -> bool:
    keys = runtime.register_keys.of(COUNCIL)
    return verify(runtime.stores.main, keys, COUNCIL, Extent(rows=True)).faults == ()
