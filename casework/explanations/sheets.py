"""The charter in force on paper, with a place for each signature."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from casework.audit.actions import Act
from casework.audit.entry import Entry
from casework.audit.gateway import RegisterGateway
from casework.audit.ledger import Ledger
from casework.audit.stamps import stamp_of
from casework.audit.work import Work
from casework.cases.gateway.admission import Charters
from casework.charters import gateway as charters
from casework.charters.charter import Charter
from casework.clock import local_day
from casework.errors import AccessDenied
from casework.explanations.values import Signatory, SignatureSheet
from casework.identity import Principal, Reason
from casework.partners import gateway as partners


@dataclass(frozen=True, slots=True)
class SheetService:
    """Gives it to those whom the charter binds."""

    ledger: Ledger
    charters: Charters

    def of(self, who: Principal, reason: Reason, charter_id: UUID) -> SignatureSheet:
        """Return a charter to be signed. Raises `AccessDenied` for one that binds another."""
        with self.ledger.consult(who, reason) as work:
            session, council_id = work.session, who.council_id
            groups = _groups(work, charter_id)
            charter = self.charters.of_version(session, council_id, charter_id)
            signatories = _signatories(session, work, charter_id, charter)
            note = RegisterGateway(session, council_id).newest_note()
            work.record(Entry(Act.CHARTER_READ, detail={"charter": charter_id}))
        stamp = stamp_of(note) if note else None
        return SignatureSheet(charter, groups, signatories, work.now, stamp)


def _groups(work: Work, charter_id: UUID) -> tuple[str, ...]:
    who = work.principal
    if who.member_id is None:
        raise AccessDenied(Act.CHARTER_READ, "not-signed-in")
    day = local_day(work.now)
    bound = partners.charters_of_member(work.session, who.council_id, who.member_id, day)
    if charter_id not in bound:
        raise AccessDenied(Act.CHARTER_READ, "not-bound", subject=str(charter_id))
    return tuple(bound[charter_id])


def _signatories(
    session: Session, work: Work, charter_id: UUID, charter: Charter
) -> tuple[Signatory, ...]:
    """Return the bodies of the council that the charter names, in the order in which it does."""
    council_id = work.principal.council_id
    bound, _ = charters.parties_to(session, council_id, charter_id, local_day(work.now))
    bodies = partners.organisations(session, council_id)
    order = {category: at for at, category in enumerate(charter.signatories)}
    signing = [one for one in bodies if one.category in order and one.left_on is None]
    signing.sort(key=lambda one: (order[one.category], one.name))
    return tuple(Signatory(one, one.id in bound) for one in signing)
