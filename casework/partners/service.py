"""What the operator does for the council: found it, add partners, people, mandates and groups."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from casework.audit.actions import Act
from casework.audit.entry import Detail, Entry
from casework.audit.ledger import Ledger
from casework.audit.work import Work
from casework.charters import gateway as charters
from casework.charters.lifecycle import VersionState
from casework.charters.policy import require_operator
from casework.charters.vocabulary import PartnerCategory
from casework.clock import Clock, local_day
from casework.entropy import Entropy, new_id
from casework.errors import AccessDenied, InvalidInput
from casework.identity import Principal, Reason
from casework.partners import gateway
from casework.partners.gateway import leaving
from casework.partners.policy import (
    require_sound_group,
    require_sound_mandate,
)
from casework.partners.values import (
    Group,
    Member,
    NewGroup,
    NewMandate,
    Organisation,
    PersonName,
)
from casework.sentences import N_

Enrol = Callable[[Session, tuple[UUID, UUID], Entropy], None]
"""Draws the keys of a new (council, organisation) and vouches for its category."""


@dataclass(frozen=True, slots=True)
class CouncilService:
    """The council itself, once, when the instance is set up."""

    ledger: Ledger
    clock: Clock

    def found(self, principal: Principal, name: str, communes: Mapping[str, str]) -> None:
        """Found the council; `communes` gives names by INSEE code."""
        with self.ledger.begin(principal, Reason.OPERATION) as work:
            require_operator(principal, Act.OPERATOR_ACTED)
            council_id = principal.council_id
            gateway.add_council(work.session, council_id, name, work.now)
            gateway.name_communes(work.session, council_id, communes)
            detail: Detail = {"task": "council:founded", "communes": len(communes)}
            work.record(Entry(Act.OPERATOR_ACTED, detail=detail))


@dataclass(frozen=True, slots=True)
class OrganisationService:
    """The partner bodies; adding one draws its keys."""

    ledger: Ledger
    enrol: Enrol
    clock: Clock
    entropy: Entropy

    def add(
        self,
        principal: Principal,
        name: str,
        category: PartnerCategory,
        commune: str | None = None,
    ) -> UUID:
        """Add a body and its keys; return its id. `commune` when it serves one alone (INSEE)."""
        added = Organisation(new_id(self.clock, self.entropy), name, category, commune)
        with self.ledger.begin(principal, Reason.OPERATION) as work:
            require_operator(principal, Act.ORGANISATION_ADDED)
            gateway.add_organisation(work.session, principal.council_id, added)
            self.enrol(work.session, (principal.council_id, added.id), self.entropy)
            detail: Detail = {"organisation": added.id, "category": category.value}
            work.record(Entry(Act.ORGANISATION_ADDED, detail=detail))
        return added.id

    def list(self, principal: Principal) -> list[Organisation]:
        """Return every body by name."""
        with self.ledger.consult(principal, Reason.OPERATION) as work:
            require_operator(principal, Act.ORGANISATION_LISTED)
            found = gateway.organisations(work.session, principal.council_id)
            work.record(Entry(Act.ORGANISATION_LISTED, detail={"organisations": len(found)}))
        return found


@dataclass(frozen=True, slots=True)
class MemberService:
    """The persons of the bodies, and their mandates."""

    ledger: Ledger
    clock: Clock
    entropy: Entropy

    def add(self, principal: Principal, organisation_id: UUID, name: PersonName) -> UUID:
        """Add a person of a body; return their id. They can do nothing without a mandate."""
        added = Member(new_id(self.clock, self.entropy), organisation_id, name, locked=False)
        with self.ledger.begin(principal, Reason.OPERATION) as work:
            require_operator(principal, Act.MEMBER_ADDED)
            _require_partner(work, organisation_id)
            gateway.add_member(work.session, principal.council_id, added)
            detail: Detail = {"member": added.id, "organisation": organisation_id}
            work.record(Entry(Act.MEMBER_ADDED, detail=detail))
        return added.id

    def list(self, principal: Principal) -> list[Member]:
        """Return every person by family name."""
        with self.ledger.consult(principal, Reason.OPERATION) as work:
            require_operator(principal, Act.MEMBER_LISTED)
            found = gateway.members(work.session, principal.council_id)
            work.record(Entry(Act.MEMBER_LISTED, detail={"members": len(found)}))
        return found

    def give_mandate(self, principal: Principal, mandate: NewMandate) -> UUID:
        """Give a mandate by order of the mayor; return its id."""
        require_sound_mandate(mandate)
        own_id = new_id(self.clock, self.entropy)
        with self.ledger.begin(principal, Reason.OPERATION) as work:
            require_operator(principal, Act.MANDATE_GIVEN)
            body = leaving.body_of(work.session, principal.council_id, mandate.member_id)
            _require_partner(work, body)
            gateway.add_mandate(work.session, principal.council_id, own_id, mandate)
            detail: Detail = {
                "mandate": own_id,
                "member": mandate.member_id,
                "role": mandate.role.value,
                "group": mandate.group_id or "council",
                "until": mandate.until_on.isoformat(),
            }
            work.record(Entry(Act.MANDATE_GIVEN, detail=detail))
        return own_id

    def end_mandate(self, principal: Principal, mandate_id: UUID) -> None:
        """End a mandate at once: its last day was yesterday."""
        with self.ledger.begin(principal, Reason.OPERATION) as work:
            require_operator(principal, Act.MANDATE_ENDED)
            last = local_day(work.now) - timedelta(days=1)
            member_id = gateway.end_mandate(work.session, principal.council_id, mandate_id, last)
            if member_id is None:
                raise AccessDenied(Act.MANDATE_ENDED, "unknown", subject=str(mandate_id))
            detail: Detail = {"mandate": mandate_id, "member": member_id}
            work.record(Entry(Act.MANDATE_ENDED, detail=detail))


@dataclass(frozen=True, slots=True)
class GroupService:
    """The groups where cases are followed, each under one charter."""

    ledger: Ledger
    clock: Clock
    entropy: Entropy

    def add(self, principal: Principal, group: NewGroup) -> UUID:
        """Found a group; return its id."""
        require_sound_group(group)
        own_id = new_id(self.clock, self.entropy)
        with self.ledger.begin(principal, Reason.OPERATION) as work:
            require_operator(principal, Act.GROUP_ADDED)
            _require_charter(work, group)
            gateway.add_group(work.session, principal.council_id, own_id, group)
            detail: Detail = {
                "group": own_id,
                "kind": group.kind.value,
                "charter": group.charter_id,
                "communes": len(group.communes),
            }
            work.record(Entry(Act.GROUP_ADDED, detail=detail))
        return own_id

    def list(self, principal: Principal) -> list[Group]:
        """Return every group by name."""
        with self.ledger.consult(principal, Reason.OPERATION) as work:
            require_operator(principal, Act.ORGANISATION_LISTED)
            found = gateway.groups(work.session, principal.council_id)
            work.record(Entry(Act.ORGANISATION_LISTED, detail={"groups": len(found)}))
        return found


def _require_charter(work: Work, group: NewGroup) -> None:
    """Raise `InvalidInput` unless the text is in force, and for the same procedure."""
    version = charters.version(work.session, work.principal.council_id, group.charter_id)
    if version is None or version.state is not VersionState.IN_FORCE:
        raise InvalidInput({"charter_id": [N_("Cette charte n’est pas en vigueur.")]})
    if version.kind is not group.kind:
        raise InvalidInput({"kind": [N_("Cette charte régit une autre procédure.")]})


def _require_partner(work: Work, organisation_id: UUID | None) -> None:
    """Raise `InvalidInput` for a body that has left: it has no keys any more."""
    council_id = work.principal.council_id
    if organisation_id and leaving.has_left(work.session, council_id, organisation_id):
        raise InvalidInput({"organisation": [N_("Cet organisme a quitté le conseil.")]})
