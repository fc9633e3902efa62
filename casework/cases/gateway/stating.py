"""The reason typed for a case, as stored: one case at a time for each session."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from casework.audit.entry import Detail
from casework.audit.work import Work
from casework.cases.gateway.admission import Admitted, Shown
from casework.cases.safeguards.models import CaseReasonRow
from casework.cases.safeguards.policy import STATED_FOR
from casework.charters.gates import ASKS_MORE
from casework.charters.outcome import Decision
from casework.errors import ReasonRequired
from casework.identity import Principal
from casework.keys.delivery import acting_organisation


def state(work: Work, case_id: UUID, words_id: UUID) -> None:
    """Keep that the words of a row were typed for a case: what was typed for another is over."""
    who = work.principal
    place = (who.council_id, who.member_id, who.session_tag)
    row = work.session.get(CaseReasonRow, place)
    if row is None:
        names = ("council_id", "member_id", "session")
        row = CaseReasonRow(**dict(zip(names, place, strict=True)))
        row.organisation_id = acting_organisation(work).organisation_id
        work.session.add(row)
    row.case_id, row.words_id, row.stated_at = case_id, words_id, work.now


def stated_for(session: Session, who: Principal, case_id: UUID, since: datetime) -> UUID | None:
    """Return the words that this session has typed for a case since a moment, or None."""
    row = CaseReasonRow
    mine = (
        row.council_id == who.council_id,
        row.member_id == who.member_id,
        row.session == who.session_tag,
    )
    chosen = select(row.words_id).where(*mine, row.case_id == case_id, row.stated_at > since)
    return session.scalar(chosen)


def heeded(work: Work, case: Shown | Admitted) -> UUID | None:
    """Return the words typed for a case by this session, None where there are none.

    Raises `ReasonRequired` where the case itself asks for them.
    """
    since = work.now - STATED_FOR
    words = stated_for(work.session, work.principal, case.row.id, since)
    if words is None and asks_words(case.decision):
        raise ReasonRequired(case.row.reference or "")
    return words


def words_told(work: Work, case: Shown | Admitted) -> Detail:
    """Return what a leaf says of words that the charter wanted typed first; nothing of others.

    Raises as `heeded`.
    """
    words = heeded(work, case) if asks_words(case.decision) else None
    return {} if words is None else {"words": words}


def asks_words(decision: Decision) -> bool:
    """Say whether something opens only after a reason typed for its case alone."""
    return decision.allowed and not ASKS_MORE.isdisjoint(decision.obligations)
