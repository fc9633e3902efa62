"""Keys lent for a while: which, to whom, and their end."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from casework.keys.models import CompartmentRow, GrantRow, RingRow
from casework.keys.recovery.models import LoanRow
from casework.keys.recovery.values import Loan


def add(session: Session, council_id: UUID, loan: Loan) -> None:
    """Keep a loan."""
    session.add(
        LoanRow(
            council_id=council_id,
            id=loan.id,
            case_id=loan.case_id,
            borrower_id=loan.borrower_id,
            granter_id=loan.granter_id,
            lent_at=loan.lent_at,
            until=loan.until,
        )
    )
    session.flush()


def since(session: Session, council_id: UUID, moment: datetime) -> list[Loan]:
    """Return the loans that began since a moment, the newest first."""
    row = LoanRow
    statement = select(row).where(row.council_id == council_id, row.lent_at >= moment)
    return [_loaded(one) for one in session.scalars(statement.order_by(row.lent_at.desc()))]


def due(session: Session, council_id: UUID, now: datetime) -> list[Loan]:
    """Return the loans whose end has come and is not written down yet."""
    row = LoanRow
    statement = select(row).where(
        row.council_id == council_id, row.ended_at.is_(None), row.until <= now
    )
    return [_loaded(one) for one in session.scalars(statement.order_by(row.until))]


def any_over(session: Session, council_id: UUID, now: datetime) -> bool:
    """Say whether a loan is to be ended, or a lent key to be taken back."""
    if due(session, council_id, now):
        return True
    held = (
        select(table.compartment_id).where(table.council_id == council_id, table.expires_at <= now)
        for table in (RingRow, GrantRow)
    )
    return any(session.execute(one.limit(1)).first() for one in held)


def end(session: Session, council_id: UUID, loan: Loan, now: datetime) -> None:
    """Write down that a loan has ended."""
    row = LoanRow
    own = (row.council_id == council_id, row.id == loan.id)
    session.execute(update(row).where(*own).values(ended_at=now))


def take_back(session: Session, council_id: UUID, now: datetime) -> int:
    """Delete every lent key whose moment has come, in rings and on its way; return how many."""
    taken = 0
    for table in (RingRow, GrantRow):
        over = (table.council_id == council_id, table.expires_at <= now)
        gone = session.execute(
            delete(table).where(*over).returning(table.compartment_id),
            execution_options={"synchronize_session": False},
        )
        taken += len(gone.all())
    return taken


def holders_of(session: Session, council_id: UUID, case_id: UUID) -> set[UUID]:
    """Return the organisations whose ring holds a key of a case for good."""
    statement = (
        select(RingRow.organisation_id)
        .join(
            CompartmentRow,
            (CompartmentRow.council_id == RingRow.council_id)
            & (CompartmentRow.id == RingRow.compartment_id),
        )
        .where(
            RingRow.council_id == council_id,
            CompartmentRow.case_id == case_id,
            RingRow.expires_at.is_(None),
        )
    )
    return set(session.scalars(statement.distinct()))


def _loaded(row: LoanRow) -> Loan:
    return Loan(
        row.id, row.case_id, row.borrower_id, row.granter_id, row.lent_at, row.until, row.ended_at
    )
