"""Of whom and of which case an explanation is asked: as their own session would find them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeAlias
from uuid import UUID

from sqlalchemy.orm import Session

from casework.audit.work import Work
from casework.cases.gateway import references
from casework.cases.gateway.admission import Admission, Shown
from casework.cases.gateway.reaching import is_named_body
from casework.clock import local_day
from casework.errors import InvalidInput
from casework.identity import Principal, PrincipalKind
from casework.keys.recovery.values import Exceptional
from casework.partners import gateway as partners
from casework.sentences import N_

Exceptions: TypeAlias = Callable[[Session, tuple[UUID, UUID], UUID, datetime], Exceptional | None]
"""(session, (council, member), case, moment) → the exceptional access that runs, if any."""


@dataclass(frozen=True, slots=True)
class Found:
    """A member as a session would establish them now; nobody signs in to a locked account."""

    member: Principal
    locked: bool


def member_of(session: Session, work: Work, member_id: UUID) -> Found:
    """Return a member. Raises `InvalidInput` when there is none."""
    council_id = work.principal.council_id
    standing = partners.standing(session, council_id, member_id, local_day(work.now))
    if standing is None:
        raise InvalidInput({"member": [N_("Choisissez un membre de la liste.")]})
    principal = Principal(
        kind=PrincipalKind.MEMBER,
        council_id=council_id,
        member_id=standing.member_id,
        organisation_id=standing.organisation.id,
        category=standing.organisation.category.value,
        label=standing.label,
        mandates=standing.mandates,
    )
    return Found(principal, standing.locked)


@dataclass(frozen=True, slots=True)
class Weighing:
    """Puts a member before a case, with the facts that decide and nothing else of it."""

    admission: Admission
    exceptions: Exceptions

    def ground(self, session: Session, work: Work, member: Principal, case: str) -> Shown:
        """Return it; the case by its reference or its id. Raises `InvalidInput` for none."""
        case_id = _case_id(session, work.principal.council_id, case)
        found = self._weighed(session, work, member, case_id) if case_id else None
        if found is None:
            raise InvalidInput({"reference": [N_("Aucune situation ne porte ce numéro.")]})
        return found

    def _weighed(
        self, session: Session, work: Work, member: Principal, case_id: UUID
    ) -> Shown | None:
        place = (member.council_id, member.member_id) if member.member_id else None
        access = self.exceptions(session, place, case_id, work.now) if place else None
        return self.admission.weighed(session, (member, work.now), case_id, access)

    def without_referral(self, session: Session, ground: Shown, member: Principal) -> Shown:
        """Return the same as if nobody knew who referred the case.

        Neither the referrer, nor their body where referring alone brought it to the case.
        """
        facts = replace(ground.facts, referrer=False)
        head, council_id, body = ground.row, member.council_id, member.organisation_id
        group = partners.group(session, council_id, head.group_id)
        coordinates = group is not None and group.coordinating_id == body
        if body is None or body != head.referrer_organisation_id or coordinates:
            return replace(ground, facts=facts)
        named = is_named_body(session, council_id, head.id, body)
        return replace(ground, facts=replace(facts, admitted=facts.admitted and named))


def _case_id(session: Session, council_id: UUID, case: str) -> UUID | None:
    try:
        return UUID(case)
    except ValueError:
        return references.case_of(session, council_id, case.upper())
