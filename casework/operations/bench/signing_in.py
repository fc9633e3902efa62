"""What signing in costs beside bare Argon2id: alone, four at once, and to who reads meanwhile."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from statistics import median
from threading import Event
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

from pyotp import TOTP

from casework.accounts.assembly import Accounts
from casework.accounts.values import Client, Proofs
from casework.crypto.passwords import stretch
from casework.identity import operator
from casework.operations.bench.applications import Build
from casework.operations.bench.clocks import seconds
from casework.operations.bench.figures import Figure, FigureName
from casework.operations.bench.places import Engine, instance_on, take_stock
from casework.operations.bench.visits import Visitor, case_path, send
from casework.operations.bench.world import World, make_world
from casework.operations.instance import Instance, account_settings

_PASSWORD: Final = "une phrase inventée pour mesurer"  # noqa: S105 - of nobody
_WHO: Final = ("school", "police", "landlord", "mission")
_CASES: Final = 20
_SALT: Final = bytes(16)
_KEY: Final = bytes(32)


@dataclass(frozen=True, slots=True)
class SignInPlan:
    """How often each figure is tried, and how many pages are asked for meanwhile."""

    tries: int = 7
    pages: int = 60


@dataclass(frozen=True, slots=True)
class Desk:
    """Four members who sign in again and again, and the bare stretch in the same lane."""

    instance: Instance
    accounts: Accounts

    def sign_in(self, login: str) -> None:
        """Give the password; forget the attempt, as the code that follows would."""
        service, client = self.accounts.signing_in, Client("192.0.2.10")
        service.sign_in(login, _PASSWORD, client)
        service.door.turnstile.succeeded(service.door.attempt(login, client))

    def bare(self, _: str) -> None:
        """Stretch a password, and nothing else."""
        cost = account_settings(self.instance.settings).cost
        lane = self.accounts.signing_in.passwords.lane
        lane.run(lambda: stretch(_PASSWORD, _SALT, _KEY, cost))

    def half(self, login: str) -> None:
        """Give the password alone: what is compared with a stretch."""
        self.accounts.signing_in.sign_in(login, _PASSWORD, Client("192.0.2.10"))

    def forget(self, login: str) -> None:
        """Forget the attempts of a member."""
        door = self.accounts.signing_in.door
        door.turnstile.succeeded(door.attempt(login, Client("192.0.2.10")))


def measure_sign_in(engine: Engine, plan: SignInPlan, build: Build) -> Iterator[Figure]:
    """Yield each figure as soon as it is measured."""
    with instance_on(engine) as instance:
        world = make_world(instance, _CASES)
        desk = Desk(instance, instance.account_services)
        for login in _WHO:
            _enrol(desk, login, world.members[login])
        take_stock(instance)
        yield _share(desk, plan)
        yield _four_at_once(desk, plan)
        yield _pages_meanwhile(desk, build(instance, instance.settings), world, plan)


def _enrol(desk: Desk, login: str, member_id: UUID) -> None:
    root, client = operator(desk.instance.council_id, "bench"), Client("192.0.2.10")
    enrolment = desk.accounts.enrolment
    code = enrolment.add_account(root, member_id, login).code
    uri = enrolment.propose(login, code, client).uri
    shown = TOTP(parse_qs(urlsplit(uri).query)["secret"][0]).now()
    enrolment.activate(login, code, Proofs(_PASSWORD, shown, ""), client)


def _share(desk: Desk, plan: SignInPlan) -> Figure:
    """Compare the processor of a stretch with that of the half of signing in it belongs to."""
    who, shares = _WHO[0], []
    desk.sign_in(who)
    for _ in range(plan.tries):
        bare = seconds(time.process_time, lambda: desk.bare(who))
        whole = seconds(time.process_time, lambda: desk.half(who))
        desk.forget(who)
        shares.append((bare / whole, whole))
    beside = {"sign_in_ms": median(whole for _, whole in shares) * 1000}
    share = median(share for share, _ in shares)
    return Figure(FigureName.SIGN_IN_SHARE, share, "", 0.95, at_least=True, beside=beside)


def _four_at_once(desk: Desk, plan: SignInPlan) -> Figure:
    """Compare four at once with one; the same of bare stretches says what the machine allows."""
    rounds = [_round(desk) for _ in range(plan.tries)]
    one, four, bare_one, bare_four = (median(each) for each in zip(*rounds, strict=True))
    beside = {"bare": bare_four / bare_one, "over_bare": four / bare_four}
    return Figure(FigureName.FOUR_AT_ONCE, four / one, "×", 2.2, beside=beside)


def _round(desk: Desk) -> tuple[float, float, float, float]:
    def wall(task: Callable[[str], None], who: tuple[str, ...]) -> float:
        with ThreadPoolExecutor(len(who)) as pool:
            return seconds(time.perf_counter, lambda: list(pool.map(task, who)))

    one = wall(desk.sign_in, _WHO[:1])
    four = wall(desk.sign_in, _WHO)
    return one, four, wall(desk.bare, _WHO[:1]), wall(desk.bare, _WHO)


def _pages_meanwhile(desk: Desk, application: Any, world: World, plan: SignInPlan) -> Figure:
    """Compare the p50 of a case's page, while four sign in without end, with its own."""
    order = Visitor.of(application, world.cookie, world.opened).get(case_path(world.opened))
    over = Event()

    def storm(login: str) -> None:
        while not over.is_set():
            desk.sign_in(login)

    def p50() -> float:
        visits = range(plan.pages)
        return median(seconds(time.perf_counter, lambda: send(application, order)) for _ in visits)

    quiet = p50()
    with ThreadPoolExecutor(len(_WHO)) as pool:
        storms = [pool.submit(storm, login) for login in _WHO]
        meanwhile = p50()
        over.set()
        for one in storms:
            one.result()
    beside = {"quiet_ms": quiet * 1000, "meanwhile_ms": meanwhile * 1000}
    return Figure(FigureName.PAGES_MEANWHILE, meanwhile / quiet, "×", 2.0, beside=beside)
