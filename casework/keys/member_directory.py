"""The public keys of members, each under a seal of the instance."""

import hmac
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from casework.crypto.encoding import lp
from casework.errors import IntegrityFailure
from casework.keys import seals
from casework.keys.gateway import members
from casework.keys.gateway.members import MemberKey
from casework.keys.secrets import InstanceSecrets, SecretName

_LABEL = b"casework/member-key/v1"


@dataclass(frozen=True, slots=True)
class MemberDirectory:
    """Publishes members' keys when they sign in; gives out only those the instance published."""

    secrets: InstanceSecrets

    def publish(
        self, session: Session, place: tuple[UUID, UUID], seed: bytes, at: datetime
    ) -> None:
        """Publish the key that the seed of (council, member) gives, unless it is published."""
        council_id, member_id = place
        public = seals.agreement_of(seed).public
        key = MemberKey(member_id, public, self._seal(place, public), at)
        known = members.keys_of(session, council_id, [member_id])
        if not known or (known[0].public, known[0].seal) != (key.public, key.seal):
            members.keep(session, council_id, key)

    def published(
        self, session: Session, council_id: UUID, wanted: Collection[UUID]
    ) -> dict[UUID, bytes]:
        """Return the public keys of those of `wanted` that have signed in once.

        Raises `IntegrityFailure` for a key that the instance did not publish.
        """
        found = members.keys_of(session, council_id, wanted)
        return {one.member_id: self._checked(council_id, one) for one in found}

    def _checked(self, council_id: UUID, key: MemberKey) -> bytes:
        ours = self._seal((council_id, key.member_id), key.public)
        if not hmac.compare_digest(ours, key.seal):
            raise IntegrityFailure("a planted key of a member")
        return key.public

    def _seal(self, place: tuple[UUID, UUID], public: bytes) -> bytes:
        council_id, member_id = place
        message = lp(_LABEL, council_id.bytes, member_id.bytes, public)
        return hmac.digest(self.secrets.of(SecretName.MEMBERS), message, "sha256")
