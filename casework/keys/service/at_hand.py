"""Who waits for the key of an organisation that only its members open; nothing is opened to say."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from casework.identity import Principal
from casework.keys import seals
from casework.keys.gateway import entries, sealing
from casework.keys.gateway.sealing import HolderSeal
from casework.keys.recovery.ports import PublishedKeys, Roster


@dataclass(frozen=True, slots=True)
class AtHand:
    """Where somebody stands: do they wait, do colleagues, is the key to be renewed by them."""

    waits: bool = False
    colleagues: int = 0
    due: bool = False


@dataclass(frozen=True, slots=True)
class KeyWatch:
    """Looks at seals and public keys alone."""

    published: PublishedKeys
    roster: Roster

    def of(self, session: Session, who: Principal) -> AtHand:
        """Return where a member stands; nobody waits where the KEK opens the key.

        Raises `IntegrityFailure` for a planted public key.
        """
        if who.member_id is None or who.organisation_id is None:
            return AtHand()
        place = who.council_id, who.organisation_id
        held = sealing.holders(session, place)
        if not held or seals.KEK_HOLDER in held:
            return AtHand()
        roster = self.roster(session, who.council_id)
        everyone = [one for one, body in roster.items() if body == who.organisation_id]
        found = self.published.published(session, who.council_id, everyone)
        waiting = {one for one, public in found.items() if not _opens(held, one, public)}
        if who.member_id in waiting:
            return AtHand(waits=True)
        return AtHand(colleagues=len(waiting), due=entries.is_due(session, place))


def _opens(held: dict[str, HolderSeal], member_id: UUID, public: bytes) -> bool:
    seal = held.get(seals.member_holder(member_id))
    return seal is not None and seals.sealed_to(seal.sealed, public)
