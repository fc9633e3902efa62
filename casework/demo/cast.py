"""Brings the partners of a world into a founded council: bodies, charter, groups, mandates."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final
from uuid import UUID

from sqlalchemy.orm import Session

from casework.charters.engagement import TERM, Signature
from casework.charters.vocabulary import CaseKind, PartnerCategory
from casework.clock import local_day
from casework.db.engine import Database, Scope
from casework.demo.shapes import Group, Member, Organisation, World
from casework.demo.workshop import Workshop
from casework.identity import Principal, PrincipalKind, Reason, Role, operator
from casework.partners import gateway as partners
from casework.partners.service import GroupService, MemberService, OrganisationService
from casework.partners.values import NewGroup, NewMandate, PersonName

_CONTROL: Final = frozenset({"dpo", "archives"})
_CONTROLLING: Final = frozenset({PartnerCategory.DATA_PROTECTION, PartnerCategory.ARCHIVES})
_AHEAD: Final = timedelta(days=400)
_OPERATOR: Final = "demo"
NOWHERE: Final[Mapping[str, str]] = MappingProxyType({})
"""For offices that serve no commune alone."""
RENEWAL: Final = TERM - timedelta(days=15)
"""How long after an undertaking a member signs the next one."""


@dataclass
class Cast:
    """Who is who: keys of the world, ids of the council, principals of the day.

    `bound` are the members who undertake each charter.
    """

    workshop: Workshop
    charter_id: UUID
    bodies: dict[str, UUID] = field(default_factory=dict)
    members: dict[str, UUID] = field(default_factory=dict)
    groups: dict[str, UUID] = field(default_factory=dict)
    bound: dict[UUID, list[str]] = field(default_factory=dict)
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

    def undertake(self, only: UUID | None = None) -> None:
        """Have members sign for a year, again or for the first time: every charter, or one."""
        service = self.workshop.charter_service
        for charter_id in [only] if only else self.bound:
            for key in self.bound[charter_id]:
                principal = self._principal(self.members[key])
                service.undertake(principal, Reason.SIGN_IN, charter_id)
        self._known.clear()

    def _principal(self, member_id: UUID) -> Principal:
        with self.workshop.ledger.looking(self.workshop.council_id) as session:
            return self._standing(session, member_id)

    def standing(self, member_id: UUID, database: Database) -> Principal:
        """Return a member as a session would establish them, once the history is written."""
        with database.reading(Scope(self.workshop.council_id, whole=True)) as session:
            return self._standing(session, member_id)

    def _standing(self, session: Session, member_id: UUID) -> Principal:
        workshop = self.workshop
        day, council_id = local_day(workshop.clock.now()), workshop.council_id
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
    add_bodies(cast, world.organisations)
    add_groups(cast, world.groups, charter_id)
    add_members(cast, world.members, world.anchor)
    sign(cast, world.organisations, charter_id, world.anchor)
    cast.bound[charter_id] = [one.key for one in world.members]
    cast.undertake()
    return cast


def add_bodies(
    cast: Cast, offices: Iterable[Organisation], communes: Mapping[str, str] = NOWHERE
) -> None:
    """Add partners; `communes` tells of the one that an office serves alone."""
    edges = cast.workshop.edges
    service = OrganisationService(
        cast.workshop.ledger, cast.workshop.enrol, edges.clock, edges.entropy
    )
    for office in offices:
        category, commune = PartnerCategory(office.category), communes.get(office.key)
        cast.bodies[office.key] = service.add(cast.root, office.name, category, commune)


def add_groups(cast: Cast, groups: Iterable[Group], charter_id: UUID) -> None:
    """Found groups under a charter."""
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
                charter_id=charter_id,
            ),
        )


def add_members(cast: Cast, members: Iterable[Member], anchor: date) -> None:
    """Add members with their mandates."""
    edges = cast.workshop.edges
    service = MemberService(cast.workshop.ledger, edges.clock, edges.entropy)
    for member in members:
        name = PersonName(member.civility, member.given, member.family)
        body = cast.bodies[member.organisation]
        cast.members[member.key] = service.add(cast.root, body, name)
        cast.places[member.key] = member.organisation
        mandate(cast, member, member.groups, anchor)
        if member.role == Role.COORDINATOR:
            cast.coordinators |= dict.fromkeys(member.groups, member.key)


def mandate(cast: Cast, member: Member, groups: Iterable[str], anchor: date) -> None:
    """Give a member a mandate in each group, or for the whole council to those who control."""
    edges = cast.workshop.edges
    service = MemberService(cast.workshop.ledger, edges.clock, edges.entropy)
    whole = member.role in _CONTROL
    for group_id in [None] if whole else [cast.groups[key] for key in groups]:
        given = NewMandate(
            member_id=cast.members[member.key],
            role=Role(member.role),
            from_on=local_day(cast.workshop.clock.now()),
            until_on=anchor + _AHEAD,
            group_id=group_id,
        )
        service.give_mandate(cast.root, given)


def sign(cast: Cast, offices: Iterable[Organisation], charter_id: UUID, anchor: date) -> None:
    """Keep every partner's signature; those who only control sign nothing."""
    for office in offices:
        if office.category in _CONTROLLING:
            continue
        signature = Signature(
            charter_id=charter_id,
            organisation_id=cast.bodies[office.key],
            signed_on=local_day(cast.workshop.clock.now()),
            until_on=anchor + _AHEAD,
        )
        cast.workshop.charter_service.sign(cast.root, Reason.OPERATION, signature)
