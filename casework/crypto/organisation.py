"""All keys of an organisation from its one secret."""

from uuid import UUID

from casework.crypto import labels
from casework.crypto.agreement import AgreementKey
from casework.crypto.derive import expand
from casework.crypto.hpke import kid
from casework.crypto.ring import OwnRing, RingKey
from casework.crypto.signing import SigningKey


class OrganisationKeys:
    """`agreement` receives grants, `signing` signs them, `ring` keeps them; `kid` names it."""

    __slots__ = ("agreement", "kid", "ring", "signing")

    def __init__(self, agreement: AgreementKey, signing: SigningKey, ring: RingKey) -> None:
        self.agreement = agreement
        self.signing = signing
        self.ring = ring
        self.kid = kid(agreement.public)

    @classmethod
    def from_secret(cls, secret: bytes) -> "OrganisationKeys":
        """Derive all keys from 32 bytes, always the same; none leads to another."""
        return cls(
            AgreementKey.from_seed(expand(secret, labels.ORGANISATION_AGREEMENT)),
            SigningKey.from_seed(expand(secret, labels.ORGANISATION_SIGNING)),
            RingKey(expand(secret, labels.ORGANISATION_RING)),
        )

    def ring_of(self, instance: UUID, organisation: UUID) -> OwnRing:
        """Return the ring as these keys' own organisation uses it."""
        return self.ring.at(instance, organisation, self.kid)
