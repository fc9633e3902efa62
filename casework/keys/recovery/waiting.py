"""Whom a ceremony can give an organisation's key back to: members who cannot open it any more."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from casework.keys import seals
from casework.keys.custody import Custody
from casework.keys.gateway import census, sealing
from casework.keys.recovery.enrolling import Enrolling
from casework.keys.recovery.ports import PublishedKeys, Roster
from casework.keys.recovery.values import Escrow
from casework.keys.values import CustodyKind


@dataclass(frozen=True, slots=True)
class WaitingMember:
    """A member who has signed in, and whose organisation's key is not sealed to their key."""

    member_id: UUID
    organisation_id: UUID
    public: bytes


@dataclass(frozen=True, slots=True)
class WaitingRoom:
    """Finds them among organisations in `member` custody that are enrolled in an escrow."""

    enrolling: Enrolling
    custody: Custody
    published: PublishedKeys
    roster: Roster

    def of(self, session: Session, escrow: Escrow) -> list[WaitingMember]:
        """Return everybody who waits. Raises `IntegrityFailure` for a planted public key."""
        council_id = escrow.council_id
        chosen = {
            one
            for one in self.enrolling.enrolled(session, escrow)
            if self.custody.kind_of(session, (council_id, one)) is CustodyKind.MEMBER
        }
        seated = {
            member: body for member, body in self.roster(session, council_id).items()
            if body in chosen
        }  # fmt: skip
        publics = self.published.published(session, council_id, list(seated))
        newest = census.versions(session, council_id)
        found = [WaitingMember(one, seated[one], public) for one, public in publics.items()]
        return [one for one in found if not _holds(session, council_id, newest, one)]

    def find(self, session: Session, escrow: Escrow, member_id: UUID) -> WaitingMember | None:
        """Return one of them, or None when that member does not wait."""
        everyone = self.of(session, escrow)
        return next((one for one in everyone if one.member_id == member_id), None)


def _holds(
    session: Session, council_id: UUID, newest: dict[UUID, int], member: WaitingMember
) -> bool:
    """Say whether the newest secret is sealed to the key that the member has today."""
    holder = seals.member_holder(member.member_id)
    place, version = (council_id, member.organisation_id), newest[member.organisation_id]
    sealed = sealing.held(session, place, version, {holder}).get(holder)
    return sealed is not None and seals.sealed_to(sealed, member.public)
