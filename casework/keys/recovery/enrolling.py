"""An organisation's secret entrusted to the escrow; the former escrow ends when all have moved."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from casework.audit.actions import Act
from casework.audit.entry import Detail, Entry
from casework.audit.work import Work
from casework.errors import StepRefused
from casework.keys import seals
from casework.keys.custody import Custody
from casework.keys.gateway import census, sealing
from casework.keys.recovery.escrows import Escrows, holder_of
from casework.keys.recovery.values import Escrow
from casework.keys.values import Acting


@dataclass(frozen=True, slots=True)
class Enrolling:
    """Seals what an organisation can open itself, and nothing else, to the active escrow."""

    escrows: Escrows
    custody: Custody

    def enrol(self, work: Work, acting: Acting) -> None:
        """Seal every version of the acting organisation's secret that is still in use.

        Raises `StepRefused` without an active escrow, `Locked` when the secret is not open here.
        """
        escrow = self.escrows.active(work.session, acting.council_id)
        if escrow is None or escrow.public is None:
            raise StepRefused("no-escrow")
        versions = sealing.versions(work.session, acting.place)
        for version in versions:
            self._seal(work.session, acting, version, (holder_of(escrow), escrow.public))
        detail: Detail = {
            "holder": "escrow",
            "escrow": escrow.id,
            "organisation": acting.organisation_id,
            "version": versions[-1],
        }
        work.record(Entry(Act.HOLDER_ADMITTED, detail=detail))
        self._retire_former(work, escrow)

    def enrolled(self, session: Session, escrow: Escrow) -> set[UUID]:
        """Return the organisations whose newest secret the escrow holds."""
        newest = census.versions(session, escrow.council_id)
        held = census.holders(session, escrow.council_id)
        name = holder_of(escrow)
        return {one for one, at in newest.items() if name in held.get(one, {}).get(at, set())}

    def organisations(self, session: Session, council_id: UUID) -> set[UUID]:
        """Return every organisation that has a secret to entrust."""
        return set(census.versions(session, council_id))

    def _seal(
        self, session: Session, acting: Acting, version: int, holder: tuple[str, bytes]
    ) -> None:
        secret, (name, public) = self.custody.secret_of(acting, version), holder
        sealed = seals.seal_to_holder(acting, version, name, public, secret)
        pin = seals.pin_of(secret, acting, name, public)
        sealing.add(session, acting.place, version, name, (sealed, pin))

    def _retire_former(self, work: Work, escrow: Escrow) -> None:
        """End the escrows before this one, once every organisation is enrolled in it."""
        council_id = escrow.council_id
        everyone = self.organisations(work.session, council_id)
        if self.enrolled(work.session, escrow) != everyone:
            return
        for former in self.escrows.all(work.session, council_id):
            if former.active and former.id != escrow.id:
                for organisation_id in everyone:
                    place = (council_id, organisation_id)
                    sealing.remove(work.session, place, holder=holder_of(former))
                self.escrows.retire(work.session, former, work.now)
                detail: Detail = {"holder": "escrow", "escrow": former.id}
                work.record(Entry(Act.HOLDER_REMOVED, detail=detail))
