"""What is confided to a few: some words between social workers, and the mention of a measure."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Final
from uuid import UUID

from casework.cases.orders import Asked, StepOrder
from casework.cases.procedures.steps import CaseState, Step
from casework.cases.values import CaseFile
from casework.charters.walls import SOCIAL_ACTION
from casework.clock import local_day
from casework.demo.cast import Cast
from casework.demo.shapes import World
from casework.demo.words import lists
from casework.identity import Principal, Reason
from casework.runtime import Runtime

_SHARED: Final = 3
_MENTIONED: Final = 2
_LOOKED_AT: Final = 12
_WHY: Final = "Accorder les rendez-vous du suivi"
_MEASURES: Final = ("educative_measure", "reparation")
_NEEDS: Final = ("same_service", "hosting")


def confide(cast: Cast, world: World) -> None:
    """Let social workers of the first group tell one another, and its coordination mention."""
    cast.workshop.ledger.commit()
    everyday = Runtime(cast.workshop.stores, cast.workshop.edges, cast.workshop.council_id)
    who = replace(cast.coordinator(world.groups[0].key), session_tag="demo")
    asked = Asked(frozenset({CaseState.FOLLOWED}), limit=_LOOKED_AT)
    lines = everyday.cases.list_cases(who, Reason.DUTY, asked)
    files = [everyday.cases.read(who, Reason.DUTY, one.head.id) for one in lines]
    for turn, file in enumerate(files[:_MENTIONED]):
        _mention(everyday, who, file, turn)
    workers = _social_workers(cast, world)
    shared = [one for one in files if any(_named(one, workers))][:_SHARED]
    for text, file in zip(lists("notes")["confided"], shared, strict=False):
        author = cast.who(next(_named(file, workers)))
        everyday.cases.share(author, Reason.DUTY, file.head.id, text)


def _mention(everyday: Runtime, who: Principal, file: CaseFile, turn: int) -> None:
    today = local_day(everyday.edges.clock.now())
    everyday.safeguards.stating.state(who, Reason.DUTY, file.head.id, _WHY)
    told = {
        "measure": _MEASURES[turn],
        "measure_from": (today - timedelta(days=40)).isoformat(),
        "measure_until": (today + timedelta(days=140)).isoformat(),
        "needed": "yes",
        "needed_because": _NEEDS[turn],
    }
    order = StepOrder(file.head.id, file.head.version, Step.MENTION, told)
    everyday.stepping.take(who, Reason.DUTY, order)


def _social_workers(cast: Cast, world: World) -> Mapping[UUID, str]:
    bodies = {one.key for one in world.organisations if one.category in SOCIAL_ACTION}
    found = [one.key for one in world.members if one.organisation in bodies]
    return {cast.members[key]: key for key in found}


def _named(file: CaseFile, workers: Mapping[UUID, str]) -> Iterator[str]:
    return (workers[one.member_id] for one in file.namings if one.member_id in workers)
