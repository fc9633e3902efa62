"""The one door to the rows of enquiries: seals, loads, opens. Each has a compartment of its own.

Its key is held by the officer's body alone, as that of a note is by the service that wrote it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from casework.audit.receipt import Receipt
from casework.audit.work import Work
from casework.clock import Clock
from casework.enquiries.models import EnquiryRow
from casework.enquiries.policy import EnquiryState
from casework.enquiries.values import Enquiry, NewEnquiry, Text
from casework.entropy import Entropy, new_id
from casework.errors import AccessDenied, Conflict, Locked
from casework.keys.cipher import Opened, Sealer
from casework.keys.delivery import acting_organisation
from casework.keys.gateway import holding
from casework.keys.keyring import Keyring
from casework.keys.values import HeldKey, NewCompartment

CLASS: Final = "enquiry"
"""The class of the compartments of enquiries; no charter knows it, and no case has one."""

TABLE: Final = EnquiryRow.__tablename__
SEALED: Final = tuple(one for one in EnquiryRow.__table__.c if one.name.endswith("_sealed"))


@dataclass(frozen=True, slots=True)
class Enquiries:
    """Enquiries of the acting organisation, inside the caller's unit of work."""

    keyring: Keyring
    clock: Clock
    entropy: Entropy

    def add(self, work: Work, new: NewEnquiry, erase_on: date) -> EnquiryRow:
        """Seal and keep a new enquiry, in a compartment of its own."""
        own, row_id = acting_organisation(work).organisation_id, new_id(self.clock, self.entropy)
        wanted = NewCompartment(row_id, CLASS, frozenset({own}), organisation_id=own)
        (sealer,) = self.keyring.create(work, [wanted])
        row = EnquiryRow(
            council_id=work.principal.council_id,
            id=row_id,
            organisation_id=own,
            compartment_id=sealer.compartment_id,
            state=EnquiryState.OPEN,
            opened_by=work.principal.member_id,
            opened_at=work.now,
            erase_on=erase_on,
            lines_sealed=_text(sealer, row_id, "lines", ",".join(map(str, new.lines))),
            card_sealed=_short(sealer, row_id, "card", new.card),
            question_sealed=_text(sealer, row_id, "question", new.question),
            addressee_sealed=_text(sealer, row_id, "addressee", new.addressee),
        )
        work.session.add(row)
        return row

    def row(self, work: Work, enquiry_id: UUID) -> EnquiryRow:
        """Return an enquiry of the acting organisation; any other does not exist."""
        row = work.session.get(EnquiryRow, (work.principal.council_id, enquiry_id))
        if row is None or row.organisation_id != acting_organisation(work).organisation_id:
            raise AccessDenied("enquiry", "no-such-enquiry", subject=str(enquiry_id))
        return row

    def current(self, work: Work, enquiry_id: UUID, version: int) -> EnquiryRow:
        """Return it to be changed. Raises `Conflict` when it is not as it was seen any more."""
        row = self.row(work, enquiry_id)
        if row.version != version:
            raise Conflict(row.version)
        return row

    def page(self, work: Work, before: UUID | None, count: int) -> list[EnquiryRow]:
        """Return enquiries of the acting organisation, the newest first."""
        row, own = EnquiryRow, acting_organisation(work).organisation_id
        mine = select(row).where(
            row.council_id == work.principal.council_id, row.organisation_id == own
        )
        older = mine if before is None else mine.where(row.id < before)
        return list(work.session.scalars(older.order_by(row.id.desc()).limit(count)))

    def held(self, work: Work, rows: Sequence[EnquiryRow]) -> list[HeldKey]:
        """Return their keys as the acting organisation holds them."""
        compartments = [row.compartment_id for row in rows]
        return holding.held_these(work.session, acting_organisation(work), compartments)

    def open(
        self, receipt: Receipt, rows: Sequence[EnquiryRow], held: Sequence[HeldKey]
    ) -> list[Enquiry]:
        """Open what the receipt covers."""
        opened = self.keyring.open(receipt, held)
        return [_opened(row, opened) for row in rows]

    def answer(self, work: Work, row: EnquiryRow, text: str) -> None:
        """Keep what was answered."""
        row.answer_sealed = _text(self._sealer(work, row), row.id, "answer", text)
        row.state, row.answered_at = EnquiryState.ANSWERED, work.now

    def conclude(self, work: Work, row: EnquiryRow, conclusion: str, erase_on: date) -> None:
        """Keep what was concluded, and when the enquiry ends."""
        row.conclusion_sealed = _short(self._sealer(work, row), row.id, "conclusion", conclusion)
        row.state, row.concluded_at = EnquiryState.CONCLUDED, work.now
        row.erase_on = erase_on

    def _sealer(self, work: Work, row: EnquiryRow) -> Sealer:
        held = self.held(work, [row])
        if not held:
            raise Locked("no key")
        return self.keyring.sealer(work, held[0])


def due(session: Session, council_id: UUID, day: date, most: int) -> list[UUID]:
    """Return some enquiries whose day has come."""
    row = EnquiryRow
    over = select(row.id).where(row.council_id == council_id, row.erase_on <= day)
    return list(session.scalars(over.order_by(row.erase_on).limit(most)))


def among(session: Session, council_id: UUID, ids: Iterable[UUID]) -> list[UUID]:
    """Return those of some ids that are enquiries."""
    row = EnquiryRow
    chosen = select(row.id).where(row.council_id == council_id, row.id.in_(list(ids)))
    return list(session.scalars(chosen.order_by(row.id)))


def forget(work: Work, ids: Sequence[UUID]) -> None:
    """Delete enquiries whose keys are destroyed, and tell the trail that each value is gone."""
    row, council_id = EnquiryRow, work.principal.council_id
    chosen = (row.council_id == council_id, row.id.in_(ids))
    held = [column.is_not(None) for column in SEALED]
    for row_id, *present in work.session.execute(select(row.id, *held).where(*chosen)):
        for column, is_held in zip(SEALED, present, strict=True):
            if is_held:
                work.digest(TABLE, row_id, column.name, None)
    work.session.execute(delete(row).where(*chosen))


def _text(sealer: Sealer, row_id: UUID, what: str, text: str) -> bytes:
    return sealer.text(TABLE, f"{what}_sealed", row_id, text)


def _short(sealer: Sealer, row_id: UUID, what: str, code: str) -> bytes:
    return sealer.short(TABLE, f"{what}_sealed", row_id, code)


def _opened(row: EnquiryRow, opened: Opened) -> Enquiry:
    def cell(what: str) -> Text:
        column = f"{what}_sealed"
        sealed: Any = getattr(row, column)
        return opened.text(row.compartment_id, (TABLE, column, row.id), sealed)

    return Enquiry(
        id=row.id,
        state=EnquiryState(row.state),
        opened_by=row.opened_by,
        opened_at=row.opened_at,
        answered_at=row.answered_at,
        concluded_at=row.concluded_at,
        erase_on=row.erase_on,
        version=row.version,
        lines=cell("lines"),
        card=cell("card"),
        question=cell("question"),
        addressee=cell("addressee"),
        answer=cell("answer"),
        conclusion=cell("conclusion"),
    )
