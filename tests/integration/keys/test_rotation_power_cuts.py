"""The power cut at every statement of a rotation: nothing shuts, and whoever comes next ends it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

import pytest

from casework.audit.verify import Extent, verify
from casework.identity import Principal, Reason
from casework.keys.service.running import for_organisation
from casework.keys.values import CustodyKind
from casework.runtime import Runtime
from tests.holders import kept_by_members
from tests.leaving import LATER, followed, told, unname
from tests.power import Power
from tests.rewinding import Moment, Rewinder, another_process, rewinding
from tests.staff import Staff, employ
from tests.town import COUNCIL, Town

BODY: Final = "street_work"
AT_ONCE: Final = 4
"""So few at once that a small ring takes several units of work."""


@dataclass(frozen=True)
class Reading:
    """What a member reads in a case, as it was told before anything was drawn."""

    who: Principal
    case_id: UUID
    told: list[object]

    @classmethod
    def of(cls, runtime: Runtime, who: Principal, case_id: UUID) -> "Reading":
        return cls(who, case_id, told(runtime.cases.read(who, Reason.DUTY, case_id)))


@dataclass(frozen=True)
class World:
    """A town in which a body holds keys, before and after it took them from the service."""

    served: Moment
    kept: Moment
    holders: tuple[Principal, Principal]
    readings: tuple[Reading, ...]


@dataclass(frozen=True)
class Scene:
    """Something that draws a new secret: in which custody, and who opens afterwards."""

    name: str
    kept: bool
    act: Callable[[Runtime, Staff, World], object]
    stays: int = 2
    by_service: bool = False

    def __str__(self) -> str:
        return self.name


def _rotate(runtime: Runtime, staff: Staff, _: World) -> None:
    runtime.custody_service.rotate(for_organisation(COUNCIL, staff.town.bodies[BODY]))


def _entrust(runtime: Runtime, staff: Staff, _: World) -> None:
    runtime.custody_service.entrust(staff.root, staff.town.bodies[BODY], CustodyKind.MEMBER)


def _give_back(runtime: Runtime, _: Staff, world: World) -> None:
    runtime.custody_service.switch(world.holders[0], CustodyKind.SERVER)


def _remove(runtime: Runtime, _: Staff, world: World) -> None:
    removed = world.holders[1].member_id
    assert removed is not None
    runtime.custody_service.remove(world.holders[0], removed)


SCENES = (
    Scene("rotated", kept=False, act=_rotate, by_service=True),
    Scene("entrusted", kept=False, act=_entrust),
    Scene("given back", kept=True, act=_give_back),
    Scene("a holder removed", kept=True, act=_remove, stays=1),
)
_worlds: Final[dict[str, World]] = {}


@pytest.mark.parametrize("scene", SCENES, ids=str)
def test_cut_anywhere_nothing_shuts_and_the_next_pass_or_holder_ends_it(
    town: Town, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    staff, world = employ(town), _world_of(town)
    power = Power(monkeypatch, town.runtime.stores.main, town.runtime.stores.keystore_database)
    with rewinding(town) as rewinder:
        rewinder.put_back(world.kept if scene.kept else world.served)
        cuts, units = 0, 0
        worker = _worker(town, 0)
        left = _cut_until_kept(power, rewinder, lambda: scene.act(worker, staff, world))
        while left:
            cuts, units = cuts + left, units + 1
            if units == 1:
                _assert_recovers(town, world, scene, rewinder)
            _assert_opens(town, world, scene, rewinder)
            worker, who = _worker(town, units), _finisher(town, world, scene)
            finish = worker.rotation_runner.finish
            left = _cut_until_kept(power, rewinder, lambda: finish(who))  # noqa: B023 - at once
        _assert_ended(town, rewinder)
    assert cuts > 5
    assert units >= 2


def _cut_until_kept(power: Power, rewinder: Rewinder, act: Callable[[], object]) -> int:
    """Cut at each step in turn until something of it stays; return the cuts, 0 for none needed.

    Until then every row is as it was: the same can be tried again.
    """
    before, after = rewinder.shape(), 0
    while power.cut(after, act):
        after += 1
        if rewinder.shape() != before:
            return after
    return 0


def _finisher(town: Town, world: World, scene: Scene) -> Principal:
    """Return who opens both secrets: the service, or a holder who stays."""
    if scene.by_service:
        return for_organisation(COUNCIL, town.bodies[BODY])
    return world.holders[scene.stays - 1]


def _assert_opens(town: Town, world: World, scene: Scene, rewinder: Rewinder) -> None:
    """Whoever stays reads what they read before, in a process that has opened nothing yet."""
    moment, reader = rewinder.moment(), _worker(town, 30_000)
    expected = [one for one in world.readings if one.who not in world.holders[scene.stays :]]
    for one in expected:
        assert Reading.of(reader, one.who, one.case_id).told == one.told
    rewinder.put_back(moment)


def _assert_recovers(town: Town, world: World, scene: Scene, rewinder: Rewinder) -> None:
    """The next pass of the job ends it, or the first page of a holder who signs in."""
    moment, restarted = rewinder.moment(), _worker(town, 20_000)
    restarted.rotation_runner.resume(COUNCIL)
    restarted.home.open(world.holders[scene.stays - 1], Reason.DUTY)
    _assert_ended(town, rewinder)
    _assert_opens(town, world, scene, rewinder)
    rewinder.put_back(moment)


def _assert_ended(town: Town, rewinder: Rewinder) -> None:
    body = town.bodies[BODY]
    keys, seals, _, grants, rings, _ = rewinder.shape()
    (newest,) = {version for own, version, revoked in keys if own == body and revoked is None}
    assert {version for own, version, _ in seals if own == body} == {newest}
    assert {row[-1] for row in rings if row[0] == body} == {newest}
    assert {row[-1] for row in grants if row[-2] == body} == {newest}
    register = town.runtime.register_keys.of(COUNCIL)
    assert verify(town.runtime.stores.main, register, COUNCIL, Extent(rows=True)).faults == ()


def _worker(town: Town, seed: int) -> Runtime:
    """Return a process that has just started, and works in small steps."""
    runtime = another_process(town, seed)
    runtime.__dict__["rotation"] = replace(
        runtime.rotation, entries_at_once=AT_ONCE, grants_at_once=AT_ONCE
    )
    return runtime


def _world_of(town: Town) -> World:
    """Prepare once on each kind of database; every test begins by putting it back."""
    dialect = town.address.url.partition(":")[0]
    if dialect not in _worlds:
        with rewinding(town) as rewinder:
            _worlds[dialect] = _prepared(town, rewinder)
    return _worlds[dialect]


def _prepared(town: Town, rewinder: Rewinder) -> World:
    """Have keys of every kind: held, of an older epoch, on their way in, on their way out."""
    staff, coordinator = employ(town), town.who("coordination")
    held = followed(town, "school")
    town.runtime.cases.read(town.who(BODY), Reason.DUTY, held)
    unname(town, held, "school")
    town.runtime.cases.contribute(coordinator, Reason.DUTY, held, LATER)
    unread = town.refer()
    first, second = kept_by_members(staff, BODY)
    town.name(held, f"{BODY}-2")
    kept = rewinder.moment()
    town.runtime.custody_service.switch(first, CustodyKind.SERVER)
    served = rewinder.moment()
    pairs = [(first, held), (first, unread), (second, held)]
    pairs += [(coordinator, held), (coordinator, unread)]
    readings = tuple(Reading.of(town.runtime, *pair) for pair in pairs)
    return World(served, kept, (first, second), readings)
