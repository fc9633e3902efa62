"""The invented network for victims: who sits in it, and one referral at each step."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from casework.cases.forms.victim import victim_referral
from casework.cases.orders import StepOrder
from casework.cases.procedures.steps import Step
from casework.cases.values import NewReferral
from casework.charters.engagement import Signature
from casework.charters.vocabulary import CaseKind, PartnerCategory
from casework.clock import local_day
from casework.demo.cast import Cast
from casework.demo.seating import Seat, seated
from casework.demo.shapes import Member, World
from casework.demo.visitors import Visitor
from casework.demo.words import lists, typeset
from casework.identity import Principal, Reason, Role
from casework.partners.service import GroupService, MemberService, OrganisationService
from casework.partners.values import NewGroup, NewMandate, PersonName
from casework.runtime import Runtime

_FIRST: Final = 990  # numbers of names that no seat of the world takes
_AHEAD: Final = timedelta(days=400)
_BEFORE: Final = timedelta(days=2)
_BY_SERVICE: Final = frozenset({Step.ACCEPT, Step.DECLINE, Step.CONFIRM})


def people(world: World) -> tuple[Member, ...]:
    """Return the members of the network: who refers, the service, another service."""
    return tuple(
        seated(_FIRST + at, Seat(body["key"], (), body["post"], "member"), world.seed)
        for at, body in enumerate(_told()["bodies"])
    )


def network_visitors(world: World) -> list[Visitor]:
    """Return their accounts, as the demonstration prints them."""
    bodies = zip(people(world), _told()["bodies"], strict=True)
    return [
        Visitor(member, body["name"], typeset(body["title"]), typeset(body["may"]))
        for member, body in bodies
    ]


def network_secrets() -> list[str]:
    """Return what no store may hold in clear of the invented victims."""
    names = ("family", "phone", "address")
    return [one[name] for one in _told()["referrals"] for name in names if one.get(name)]


def found_network(cast: Cast, world: World, charter: str) -> None:
    """Found the network under the text of a charter, and refer in it, on the day of the clock."""
    workshop = cast.workshop
    everyday = Runtime(workshop.stores, workshop.edges, workshop.council_id)
    seats = people(world)
    _add_people(cast, everyday, seats)
    group_id = _add_group(cast, everyday, world, charter)
    worker, service, _ = (_principal(cast, everyday, one) for one in seats)
    for told in _told()["referrals"]:
        referral = victim_referral(group_id, referral_values(told, cast, seats, world))
        _live(everyday, (worker, service), referral, told["steps"])


def referral_values(
    told: Mapping[str, Any], cast: Cast, seats: Sequence[Member], world: World
) -> dict[str, Any]:
    """Return a referral as its form would hold it."""
    day = local_day(cast.workshop.clock.now()) - _BEFORE
    evaluated = told["level"] != "not_evaluated"
    scope = ["identity_and_needs", *(["children_too"] if told.get("children") else [])]
    scope += ["protected_address"] if told.get("address") else []
    return {
        "consent_by": "victim",
        "consent_on": day,
        "consent_channel": "spoken",
        "consent_scope": ",".join(scope),
        "leaflet": True,
        "family_name": told["family"],
        "given_name": told["given"],
        "age": told["age"],
        "commune": world.groups[0].communes[0],
        "children": told.get("children"),
        "children_ages": told.get("children_ages"),
        "contact_phone": told["phone"],
        "contact_message": False,
        "contact_when": typeset(told["when"]),
        "hidden_address": told.get("address"),
        "needs": told["needs"],
        "urgency": "this_week",
        "danger_evaluated": evaluated,
        "danger_by": "national_police" if evaluated else None,
        "danger_on": day if evaluated else None,
        "danger_level": told["level"] if evaluated else None,
        "service": cast.bodies[seats[1].organisation],
        "origin": "national_police",
    }


def _told() -> Mapping[str, Any]:
    return lists("network")


def _add_people(cast: Cast, everyday: Runtime, seats: Sequence[Member]) -> None:
    edges = everyday.edges
    ground = (everyday.ledger, edges.clock, edges.entropy)
    bodies = OrganisationService(everyday.ledger, everyday.enrol, edges.clock, edges.entropy)
    for body, member in zip(_told()["bodies"], seats, strict=True):
        category = PartnerCategory(body["category"])
        cast.bodies[body["key"]] = bodies.add(cast.root, body["name"], category)
        name = PersonName(member.civility, member.given, member.family)
        cast.members[member.key] = MemberService(*ground).add(
            cast.root, cast.bodies[body["key"]], name
        )
        cast.places[member.key] = body["key"]


def _add_group(cast: Cast, everyday: Runtime, world: World, charter: str) -> UUID:
    edges, charters = everyday.edges, everyday.charter_service
    ground = (everyday.ledger, edges.clock, edges.entropy)
    charter_id = charters.adopt(cast.root, Reason.OPERATION, charter)
    first, told = world.groups[0], _told()
    group = NewGroup(
        name=told["group"],
        prefix=told["prefix"],
        kind=CaseKind.VICTIM,
        communes=frozenset(first.communes),
        coordinating_id=cast.bodies[first.coordinator],
        charter_id=charter_id,
    )
    group_id = GroupService(*ground).add(cast.root, group)
    today = local_day(edges.clock.now())
    for key, role in _seated(cast, world):
        mandate = NewMandate(
            member_id=cast.members[key],
            role=role,
            from_on=today,
            until_on=today + _AHEAD,
            group_id=group_id,
        )
        MemberService(*ground).give_mandate(cast.root, mandate)
        _bind(cast, everyday, key, (charter_id, today))
    _undertake(cast, everyday, charter_id, [one.key for one in world.members if not one.groups])
    return group_id


def _seated(cast: Cast, world: World) -> list[tuple[str, Role]]:
    """Return who sits in the network: its people, and who coordinates the first group."""
    own = [(one.key, Role.MEMBER) for one in people(world)]
    return [*own, (cast.coordinators[world.groups[0].key], Role.COORDINATOR)]


def _bind(cast: Cast, everyday: Runtime, key: str, charter: tuple[UUID, date]) -> None:
    charter_id, today = charter
    signature = Signature(
        charter_id=charter_id,
        organisation_id=cast.body_of(key),
        signed_on=today,
        until_on=today + _AHEAD,
    )
    everyday.charter_service.sign(cast.root, Reason.OPERATION, signature)
    _undertake(cast, everyday, charter_id, [key])


def _undertake(cast: Cast, everyday: Runtime, charter_id: UUID, keys: Iterable[str]) -> None:
    """Have members read and sign; those who control the whole council are bound by each charter."""
    for key in keys:
        who = cast.standing(cast.members[key], everyday.stores.main)
        everyday.charter_service.undertake(who, Reason.SIGN_IN, charter_id)


def _principal(cast: Cast, everyday: Runtime, member: Member) -> Principal:
    return cast.standing(cast.members[member.key], everyday.stores.main)


def _live(
    everyday: Runtime,
    who: tuple[Principal, Principal],
    referral: NewReferral,
    steps: Sequence[str],
) -> None:
    """Refer, then take each step in the name of whoever takes it."""
    worker, service = who
    case_id = everyday.referrals.send(worker, Reason.REFERRAL, referral)
    for step in map(Step, steps):
        taker = service if step in _BY_SERVICE else worker
        version = everyday.victims.head(taker, Reason.DUTY, case_id).version
        answers = {"contact_on": _today(everyday)} if step is Step.CONFIRM else {}
        order = StepOrder(case_id, version, step, answers)
        everyday.stepping.take(taker, Reason.DUTY, order)


def _today(everyday: Runtime) -> str:
    return local_day(everyday.edges.clock.now()).isoformat()
