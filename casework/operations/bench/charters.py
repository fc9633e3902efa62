"""Two versions of a charter, compared over every case and every member of a group."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, Final
from uuid import UUID

from sqlalchemy import insert, select

from casework.charters.comparing import compare
from casework.charters.loading import check, load
from casework.clock import local_day
from casework.db import sight
from casework.db.engine import Scope
from casework.db.model import Model
from casework.entropy import new_id
from casework.identity import Reason
from casework.operations.bench.clocks import seconds
from casework.operations.bench.figures import Figure, FigureName
from casework.operations.bench.places import Engine, instance_on, take_stock
from casework.operations.bench.world import CHARTER, LIFE, World, make_world
from casework.operations.instance import Instance

_FEW: Final = 2
_AT_ONCE: Final = 1000
_NAMED: Final = 5
_STATES: Final = ("followed", "followed", "accepted", "closed", "referred")
_RIGHT: Final = 'acts = ["read"]\nclasses = [{parts}]\nlevel = "read"\nwhen = "{when}"'
_CHANGES: Final = (
    ("version = 1", "version = 2"),
    (
        _RIGHT.format(parts='"identity", "sheet", "attachments"', when="not restricted"),
        _RIGHT.format(parts='"sheet", "attachments"', when="not restricted and followed"),
    ),
)


@dataclass(frozen=True, slots=True)
class CharterPlan:
    """The cases and the members of the group whose charter changes."""

    cases: int = 12_000
    members: int = 400


def measure_charters(engine: Engine, plan: CharterPlan) -> Iterator[Figure]:
    """Yield how long a coordinator waits for the comparison of a draft."""
    text = CHARTER.read_text(encoding="utf-8")
    with instance_on(engine) as instance:
        world = make_world(instance, _FEW)
        _plant(instance, world, plan)
        take_stock(instance)
        draft = _revised(text)
        charter_id = instance.charter_service.adopt(world.reader, Reason.DUTY, draft)
        began = time.process_time()
        whole = seconds(
            time.perf_counter, lambda: instance.charter_versions.compare(world.reader, charter_id)
        )
        spent = time.process_time() - began
    texts = seconds(time.perf_counter, lambda: compare(load(text), load(draft)))
    checked = seconds(time.perf_counter, lambda: check(draft))
    beside = {"cases": plan.cases, "members": plan.members, "processor_s": spent}
    beside |= {"texts_s": texts, "check_s": checked}
    yield Figure(FigureName.CHARTER_DIFF, whole, "s", 5.0, beside=beside)


def _revised(text: str) -> str:
    for old, new in _CHANGES:
        if old not in text:
            raise LookupError("the shipped charter is not what this measure changes")
        text = text.replace(old, new, 1)
    return text


def _plant(instance: Instance, world: World, plan: CharterPlan) -> None:
    """Add members and cases row by row: only who is tied to which case weighs here."""
    scope = Scope(instance.council_id, whole=True)
    with instance.stores.main.reading(scope) as session:
        cases = Model.metadata.tables["cases"]
        chosen = select(cases).where(cases.c.id == world.opened)
        like = session.execute(chosen.execution_options(**sight.SHUT)).mappings().one()
        bodies = _bodies_of(session.connection())
    today = local_day(instance.edges.clock.now())
    members = [(new_id(instance.edges.clock, instance.edges.entropy), bodies[n % len(bodies)])
               for n in range(plan.members)]  # fmt: skip
    rows = _rows_of_members(dict(like), members, today)
    with instance.stores.main.writing(scope) as session:
        for name, found in rows.items():
            session.connection().execute(insert(Model.metadata.tables[name]), found)
    numbers = iter(range(plan.cases))
    while some := list(islice(numbers, _AT_ONCE)):
        made = [_case(instance, dict(like), members, number) for number in some]
        with instance.stores.main.writing(scope) as session:
            for at, name in enumerate(("cases", "admissions", "namings")):
                found = [row for one in made for row in one[at]]
                session.connection().execute(insert(Model.metadata.tables[name]), found)


def _bodies_of(connection: Any) -> list[UUID]:
    table = Model.metadata.tables["organisations"]
    return list(connection.execute(select(table.c.id).order_by(table.c.id)).scalars())


def _rows_of_members(
    like: dict[str, Any], members: Sequence[tuple[UUID, UUID]], today: date
) -> dict[str, list[dict[str, Any]]]:
    place = {"council_id": like["council_id"]}
    named = {"civility": "Mme", "given_name": "Invention", "family_name": "Membre"}
    dates = {"role": "member", "from_on": today, "until_on": today + LIFE}
    return {
        "members": [
            {**place, **named, "id": one, "organisation_id": body, "locked": False}
            for one, body in members
        ],
        "mandates": [
            {**place, **dates, "id": one, "member_id": one, "group_id": like["group_id"]}
            for one, _ in members
        ],
    }


def _case(
    instance: Instance, like: dict[str, Any], members: Sequence[tuple[UUID, UUID]], number: int
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the rows of a case with five members named on it, the first of them its lead."""
    edges, today = instance.edges, like["referred_on"]
    own_id = new_id(edges.clock, edges.entropy)
    chosen = [members[(number * 7 + step * 13) % len(members)] for step in range(_NAMED)]
    state = _STATES[number % len(_STATES)]
    own = {"id": own_id, "reference": None, "state": state, "lead_id": chosen[0][0]}
    place = {"council_id": like["council_id"], "case_id": own_id}
    since = {"from_on": today, "until_on": None}
    bodies = dict.fromkeys(body for _, body in chosen)
    admitted = [{**place, **since, "organisation_id": body} for body in bodies]
    named = [
        {**place, **since, "id": new_id(edges.clock, edges.entropy), "member_id": member,
         "organisation_id": body, "named_by": member}
        for member, body in dict.fromkeys(chosen)
    ]  # fmt: skip
    return [{**like, **own}], admitted, named
