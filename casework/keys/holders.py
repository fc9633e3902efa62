"""The public keys of holders, found by how a seal calls them."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from casework.keys import seals
from casework.keys.member_directory import MemberDirectory
from casework.keys.recovery.escrows import Escrows


@dataclass(frozen=True, slots=True)
class Holders:
    """Members by what the instance published of them, escrows by its seal over each."""

    directory: MemberDirectory
    escrows: Escrows

    def public_key_of(self, session: Session, council_id: UUID, holder: str) -> bytes | None:
        """Return the checked public key of a holder, or None when there is none."""
        member_id = seals.member_in(holder)
        if member_id is None:
            return self.escrows.public_key_of(session, council_id, holder)
        return self.directory.published(session, council_id, [member_id]).get(member_id)
