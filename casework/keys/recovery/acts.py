"""What the escrow does once it is open: give a key back, lend a case, or open the decoy."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from casework.audit.work import Work
from casework.crypto.agreement import AgreementKey
from casework.errors import AuditGap, IntegrityFailure, SealBroken, StepRefused
from casework.keys import seals
from casework.keys.custody import Custody
from casework.keys.gateway import sealing
from casework.keys.recovery import cards
from casework.keys.recovery.escrows import holder_of, whose
from casework.keys.recovery.ports import PublishedKeys
from casework.keys.recovery.values import Ceremony, Escrow, Subject
from casework.keys.values import Acting


class OpenedByEscrow:
    """Stands where a member's own keys stand, while the escrow acts: there is no seed here."""

    def seed(self) -> bytes:
        """Raise `AuditGap`: an escrow is nobody's session."""
        raise AuditGap("no member is here")


@dataclass(frozen=True, slots=True)
class EscrowActs:
    """Uses the escrow's key pair in the very request that opened it."""

    custody: Custody
    published: PublishedKeys

    def recover(self, work: Work, escrow: Escrow, asked: Subject, pair: AgreementKey) -> None:
        """Seal the organisation's secret to the member, under the key that was shown.

        Raises `StepRefused` when the member's key is no longer that one.
        """
        if asked.organisation_id is None or asked.member_id is None:
            raise IntegrityFailure("a ceremony without its subject")
        published = self.published.published(work.session, escrow.council_id, [asked.member_id])
        public = published.get(asked.member_id)
        if public is None or public != asked.member_public:
            raise StepRefused("key-changed")
        acting = Acting(escrow.council_id, asked.organisation_id)
        holder = seals.member_holder(asked.member_id)
        for version, secret in self.secrets(work.session, escrow, acting, pair).items():
            sealed = seals.seal_to_holder(acting, version, holder, public, secret)
            pin = seals.pin_of(secret, acting, holder, public)
            sealing.add(work.session, acting.place, version, holder, (sealed, pin))

    def rehearse(self, escrow: Escrow, pair: AgreementKey) -> None:
        """Open the decoy. Raises `IntegrityFailure` when it is not the one that was sealed."""
        sealed, digest = escrow.decoy_sealed or b"", escrow.decoy_digest or b""
        if not cards.decoy_is(whose(escrow), pair, sealed, digest):
            raise IntegrityFailure("another decoy")

    def secrets(
        self, session: Session, escrow: Escrow, acting: Acting, pair: AgreementKey
    ) -> dict[int, bytes]:
        """Return an organisation's secret by version, each compared with the directory.

        Raises `StepRefused` when the escrow holds none that counts.
        """
        holder, found = holder_of(escrow), {}
        for version in sealing.versions(session, acting.place):
            sealed = sealing.held(session, acting.place, version, {holder}).get(holder)
            if sealed is not None:
                found[version] = _opened(acting, version, holder, pair, sealed)
                self.custody.bring(acting, version, found[version])
        if not found:
            raise StepRefused("not-enrolled")
        return found


def subject_of(ceremony: Ceremony) -> dict[str, str | int | UUID]:
    """Return what the register says of a ceremony: ids and codes."""
    asked = ceremony.subject
    named = {
        "organisation": asked.organisation_id,
        "member": asked.member_id,
        "borrower": asked.borrower_id,
    }
    told: dict[str, str | int | UUID] = {
        "ceremony": ceremony.id,
        "escrow": ceremony.escrow_id,
        "kind": asked.kind.value,
        "why": asked.why.value,
    }
    return told | {name: one for name, one in named.items() if one is not None}


def _opened(acting: Acting, version: int, holder: str, pair: AgreementKey, sealed: bytes) -> bytes:
    try:
        return seals.open_as_holder(acting, version, holder, pair, sealed)
    except SealBroken:
        raise IntegrityFailure("a seal of the escrow that does not open") from None
