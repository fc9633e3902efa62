"""Tables of keys: wrapped, signed and pinned in the main database; peppers in the key store."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from casework.db.model import CouncilRow, KeyStoreModel, Model, reference
from casework.db.types import Blob, Id, UtcDateTime


class InstanceSecretRow(Model):
    """A secret of the instance, wrapped by the KEK provider."""

    __tablename__ = "instance_secrets"

    council_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    wrapped: Mapped[bytes] = mapped_column(Blob)


class OrganisationKeyRow(Model):
    """The public keys of an organisation, signed by the instance that drew them: the directory.

    `due_since` asks the next holder for new ones: somebody who held the secret is gone.
    """

    __tablename__ = "organisation_keys"
    __table_args__ = (reference("organisations", "organisation_id"),)

    council_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    version: Mapped[int] = mapped_column(Integer, primary_key=True)
    agreement_public: Mapped[bytes] = mapped_column(Blob)
    signing_public: Mapped[bytes] = mapped_column(Blob)
    kid: Mapped[bytes] = mapped_column(Blob)
    registrar_signature: Mapped[bytes] = mapped_column(Blob)
    valid_from: Mapped[datetime] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    due_since: Mapped[datetime | None] = mapped_column(UtcDateTime)


class RegistrarSignatureRow(Model):
    """The word of a registrar kept elsewhere for one entry of the directory."""

    __tablename__ = "registrar_signatures"
    __table_args__ = (reference("organisations", "organisation_id"),)

    council_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    version: Mapped[int] = mapped_column(Integer, primary_key=True)
    registrar: Mapped[UUID] = mapped_column(Id, primary_key=True)
    signature: Mapped[bytes] = mapped_column(Blob)
    signed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class OrganisationSealRow(Model):
    """The secret of an organisation, sealed to one holder (the KEK in `server` custody).

    `pin` is an HMAC under the secret itself: this holder has this public key.
    """

    __tablename__ = "organisation_seals"
    __table_args__ = (reference("organisations", "organisation_id"),)

    council_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    version: Mapped[int] = mapped_column(Integer, primary_key=True)
    holder: Mapped[str] = mapped_column(String(40), primary_key=True)
    sealed: Mapped[bytes] = mapped_column(Blob)
    pin: Mapped[bytes | None] = mapped_column(Blob)


class MemberSealRow(Model):
    """The seed of a member, sealed by one way of unlocking it."""

    __tablename__ = "member_seals"
    __table_args__ = (reference("members", "member_id"),)

    council_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    member_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    method: Mapped[int] = mapped_column(Integer, primary_key=True)
    sealed: Mapped[bytes] = mapped_column(Blob)


class MemberKeyRow(Model):
    """The public key of a member, under a seal of the instance."""

    __tablename__ = "member_keys"
    __table_args__ = (reference("members", "member_id"),)

    council_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    member_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    agreement_public: Mapped[bytes] = mapped_column(Blob)
    seal: Mapped[bytes] = mapped_column(Blob)
    since: Mapped[datetime] = mapped_column(UtcDateTime)


class CompartmentRow(CouncilRow, Model):
    """A part of a case with its own key; `commitment` pins that key for everyone.

    `due_since` asks for a new epoch: somebody who holds the key may not read on. `former_since`
    says that something may still be sealed under an older one.
    """

    __tablename__ = "compartments"
    __table_args__ = (
        Index("ix_compartments_case_id", "council_id", "case_id"),
        Index("ix_compartments_due_since", "council_id", "due_since"),
        Index("ix_compartments_former_since", "council_id", "former_since"),
    )

    case_id: Mapped[UUID] = mapped_column(Id)
    compartment_class: Mapped[str] = mapped_column(String(24))
    person_id: Mapped[UUID | None] = mapped_column(Id)
    organisation_id: Mapped[UUID | None] = mapped_column(Id)
    epoch: Mapped[int] = mapped_column(Integer)
    commitment: Mapped[bytes] = mapped_column(Blob)
    erasing_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    due_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    former_since: Mapped[datetime | None] = mapped_column(UtcDateTime)


class FormerEpochRow(Model):
    """An older epoch of a compartment, as long as something may be sealed under it."""

    __tablename__ = "former_epochs"
    __table_args__ = (reference("compartments", "compartment_id"),)

    council_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    compartment_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    epoch: Mapped[int] = mapped_column(Integer, primary_key=True)
    commitment: Mapped[bytes] = mapped_column(Blob)


class GrantRow(Model):
    """A key on its way to an organisation: HPKE, signed by the one who grants.

    `admission` is the instance's own word that the organisation was admitted to this epoch.
    """

    __tablename__ = "grants"
    __table_args__ = (
        reference("compartments", "compartment_id"),
        Index("ix_grants_compartment_id", "council_id", "compartment_id"),
    )

    council_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    compartment_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    epoch: Mapped[int] = mapped_column(Integer, primary_key=True)
    wrapped: Mapped[bytes] = mapped_column(Blob)
    granter_id: Mapped[UUID] = mapped_column(Id)
    granter_version: Mapped[int] = mapped_column(Integer)
    signature: Mapped[bytes] = mapped_column(Blob)
    granted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    admission: Mapped[bytes | None] = mapped_column(Blob)


class RingRow(Model):
    """A key an organisation holds, under its own ring key: what counts from then on."""

    __tablename__ = "rings"
    __table_args__ = (
        reference("compartments", "compartment_id"),
        Index("ix_rings_compartment_id", "council_id", "compartment_id"),
    )

    council_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    compartment_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    epoch: Mapped[int] = mapped_column(Integer, primary_key=True)
    version: Mapped[int] = mapped_column(Integer)
    entry: Mapped[bytes] = mapped_column(Blob)
    expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    admission: Mapped[bytes | None] = mapped_column(Blob)


class EndedCompartmentRow(Model):
    """A compartment whose end was confirmed: a pepper of it that comes back is destroyed again."""

    __tablename__ = "ended_compartments"

    council_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    case_id: Mapped[UUID] = mapped_column(Id)
    ended_at: Mapped[datetime] = mapped_column(UtcDateTime)


class PepperRow(KeyStoreModel):
    """The half of a data key that dies first, and in every backup soon after."""

    __tablename__ = "peppers"

    council_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    compartment_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    epoch: Mapped[int] = mapped_column(Integer, primary_key=True)
    pepper: Mapped[bytes] = mapped_column(Blob)


class ErasureRow(KeyStoreModel):
    """What was erased: replayed after an old main database is restored."""

    __tablename__ = "erasures"

    council_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    compartment_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    erased_at: Mapped[datetime] = mapped_column(UtcDateTime)


class RevocationRow(KeyStoreModel):
    """What counts no more, whatever the main database says: an admission, a body, a registrar."""

    __tablename__ = "revocations"

    council_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    id: Mapped[UUID] = mapped_column(Id, primary_key=True)


class PartKeyRow(KeyStoreModel):
    """The key of the register's parts for one calendar month (202611)."""

    __tablename__ = "part_keys"

    council_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    month: Mapped[int] = mapped_column(Integer, primary_key=True)
    secret: Mapped[bytes] = mapped_column(Blob)
