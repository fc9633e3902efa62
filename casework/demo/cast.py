"""Brings the partners of a world into a founded council: bodies, charter, groups, mandates."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from casework.charters.engagement import TERM, Signature
from casework.charters.vocabulary import CaseKind, PartnerCategory
from casework.clock import local_day
from casework.demo.shapes import Group, Member, World
from casework.demo.workshop import Workshop
from casework.identity import Principal, PrincipalKind, Reason, Role, operator
from casework.partners import gateway as partners
from casework.partners.service import GroupService, MemberService, OrganisationService
from casework.partners.values import NewGroup, NewMandate, PersonName

_CONTROL: Final = frozenset({"dpo", "archives"})
_CONTROLLING: Final = frozenset({PartnerCategory.DATA_PROTECTION, PartnerCategory.ARCHIVES})
_AHEAD: Final = timedelta(days=400)
_OPERATOR: Final = "demo"
RENEWAL: Final = TERM - timedelta(days=15)
"""How long after an undertaking a member signs the next one."""


@dataclass
class Cast:
    """Who is who: keys of the world, ids of the council, principals of the day."""

    workshop: Workshop
    charter_id: UUID
    bodies: dict[str, UUID] = field(default_factory=dict)
    members: dict[str, UUID] = field(default_factory=dict)
    groups: dict[str, UUID] = field(default_factory=dict)
    coordinators: dict[str, str] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    _known: dict[str, Principal] = field(default_factory=dict)

    @property
    def root(self) -> Principal:
        """The operator in whose name everything is set up."""
        return operator(self.workshop.council_id, _OPERATOR)

    def who(self, key: str) -> Principal:
        """Return a member as a session would establish them."""
        if key not in self._known:
            self._known[key] = self._principal(self.members[key])
        return self._known[key]

    def coordinator(self, group: str) -> Principal:
        """Return who coordinates a group."""
        return self.who(self.coordinators[group])

    def body_of(self, key: str) -> UUID:
        """Return the organisation of a member."""
        return self.bodies[self.places[key]]

    def undertake(self) -> None:
        """Have every member sign their undertaking for a year, again or for the first time."""
        for key in self.members:
            principal = self._principal(self.members[key])
            self.workshop.charter_service.undertake(principal, Reason.SIGN_IN, self.charter_id)
        self._known.clear()

    def _principal(self, member_id: UUID) -> Principal:
        workshop = self.workshop
        day, council_id = local_day(workshop.clock.now()), workshop.council_id
        with workshop.ledger.looking(council_id) as session:
            found = partners.standing(session, council_id, member_id, day)
        if found is None:
            raise LookupError("no such member")
        return Principal(
            kind=PrincipalKind.MEMBER,
            council_id=council_id,
            member_id=member_id,
            organisation_id=found.organisation.id,
            category=found.organisation.category,
            label=found.label,
            mandates=found.mandates,
        )


def assemble(workshop: Workshop, world: World, charter: str) -> Cast:
    """Set up everybody of `world` under the text of a charter, from the clock's day on."""
    root = operator(workshop.council_id, _OPERATOR)
    charter_id = workshop.charter_service.adopt(root, Reason.OPERATION, charter)
    cast = Cast(workshop, charter_id)
    _add_bodies(cast, world)
    _add_groups(cast, world.groups)
    _add_members(cast, world)
    _sign(cast, world)
    cast.undertake()
    return cast


def _add_bodies(cast: Cast, world: World) -> None:
    edges = cast.workshop.edges
    service = OrganisationService(
        cast.workshop.ledger, cast.workshop.custody.enrol, edges.clock, edges.entropy
    )
    for office in world.organisations:
        added = service.add(cast.root, office.name, PartnerCategory(office.category))
        cast.bodies[office.key] = added


def _add_groups(cast: Cast, groups: Iterable[Group]) -> None:
    edges = cast.workshop.edges
    service = GroupService(cast.workshop.ledger, edges.clock, edges.entropy)
    for group in groups:
        cast.groups[group.key] = service.add(
            cast.root,
            NewGroup(
                name=group.name,
                prefix=group.prefix,
                kind=CaseKind(group.kind),
                communes=frozenset(group.communes),
                coordinating_id=cast.bodies[group.coordinator],
                charter_id=cast.charter_id,
            ),
        )


def _add_members(cast: Cast, world: World) -> None:
    edges = cast.workshop.edges
    service = MemberService(cast.workshop.ledger, edges.clock, edges.entropy)
    for member in world.members:
        name = PersonName(member.civility, member.given, member.family)
        body = cast.bodies[member.organisation]
        cast.members[member.key] = service.add(cast.root, body, name)
        cast.places[member.key] = member.organisation
        for mandate in _mandates(cast, member, world.anchor):
            service.give_mandate(cast.root, mandate)
        if member.role == Role.COORDINATOR:
            cast.coordinators |= dict.fromkeys(member.groups, member.key)


def _mandates(cast: Cast, member: Member, anchor: date) -> Iterable[NewMandate]:
    whole = member.role in _CONTROL
    for group_id in [None] if whole else [cast.groups[key] for key in member.groups]:
        yield NewMandate(
            member_id=cast.members[member.key],
            role=Role(member.role),
            from_on=local_day(cast.workshop.clock.now()),
            until_on=anchor + _AHEAD,
            group_id=group_id,
        )


def _sign(cast: Cast, world: World) -> None:
    """Keep every partner's signature; those who only control sign nothing."""
    for office in world.organisations:
        if office.category in _CONTROLLING:
            continue
        signature = Signature(
            charter_id=cast.charter_id,
            organisation_id=cast.bodies[office.key],
            signed_on=local_day(cast.workshop.clock.now()),
            until_on=world.anchor + _AHEAD,
        )
        cast.workshop.charter_service.sign(cast.root, Reason.OPERATION, signature)
