"""Steps that change where a case is and its dates, inside the unit of work that decides them."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import update

from casework.audit.work import Work
from casework.cases.ceilings import sealing_day
from casework.cases.gateway.merging import merged_into_case
from casework.cases.gateway.stepping import passed_of
from casework.cases.models import CaseRow
from casework.cases.procedures.catalogue import procedure_of
from casework.cases.procedures.steps import CaseState, Step
from casework.cases.standing import standing_of_case
from casework.charters.charter import Charter, Clocks
from casework.charters.vocabulary import CaseKind, ListName
from casework.clock import local_day
from casework.db import sight
from casework.errors import InvalidInput
from casework.months import months_after
from casework.sentences import N_


def take(work: Work, row: CaseRow, step: Step) -> None:
    """Move a case by a step of its procedure. Raises `StepRefused` with the rule."""
    standing = standing_of_case(row, local_day(work.now))
    row.state = procedure_of(row.kind).take(step, standing)


def keep(work: Work, row: CaseRow, clocks: Clocks, step: Step) -> None:
    """Follow a case, or go on following it, until its next review."""
    take(work, row, step)
    follow(work, row, clocks)


def follow(work: Work, row: CaseRow, clocks: Clocks) -> None:
    """Set from when a case is followed, and its next review."""
    today = local_day(work.now)
    row.followed_on = row.followed_on or today
    row.review_by = min(months_after(today, clocks.review_months), row.ceiling_on)
    row.meetings_without_decision = 0


def put_off(work: Work, row: CaseRow, clocks: Clocks) -> None:
    """Postpone once more; at the meetings that the charter allows, the review is due at once."""
    take(work, row, Step.POSTPONE)
    row.meetings_without_decision += 1
    if row.meetings_without_decision >= clocks.stale_meetings:
        today = local_day(work.now)
        row.review_by = min(row.review_by or today, today)


def close_case(work: Work, row: CaseRow, charter: Charter, why: str) -> None:
    """Close a case, and set the date on which it is sealed."""
    if charter.label(ListName.CLOSURE_REASONS, why) is None:
        raise InvalidInput({"why": [N_("Choisissez un motif de la liste.")]})
    procedure = procedure_of(row.kind)
    if why in procedure.own_closures:
        raise InvalidInput({"why": [N_("Cette sortie s’inscrit par son étape, avec sa date.")]})
    passed, today = passed_of(work, row.id), local_day(work.now)
    standing = standing_of_case(row, today, passed, {"why": why})
    row.state = procedure.take(Step.CLOSE, standing)
    end(work, row, charter, why)


def end(work: Work, row: CaseRow, charter: Charter, why: str) -> None:
    """Set from when a case is over and why, and the date on which it is sealed.

    Those merged into it are over with it: no step of their own leads there.
    """
    today = local_day(work.now)
    row.closed_on, row.closure_reason, row.review_by, row.awaited_on = today, why, None, None
    row.agenda_of, row.in_meeting = None, False
    kept = charter.clocks.after_closure_months
    row.due_on = sealing_day(CaseKind(row.kind), today, kept, row.ceiling_on)
    for other in merged_into_case(work, row.id):
        other.state = row.state
        end(work, other, charter, why)


def restrict_all(work: Work, rows: Sequence[CaseRow]) -> None:
    """Move closed cases to the restricted archive."""
    _move_all(work, rows, Step.RESTRICT)


def seal_all(work: Work, rows: Sequence[CaseRow]) -> None:
    """Take cases out of everyone's reach; their clocks ran out, by whichever date came first."""
    today = local_day(work.now)
    late = [row for row in rows if row.due_on is None or row.due_on > today]
    for row in late:
        row.due_on = today
    work.session.flush()
    _move_all(work, rows, Step.SEAL)


def date_all(work: Work, rows: Sequence[CaseRow], due_on: date) -> None:
    """Set the next date of the clocks of cases."""
    _update(work, rows, due_on=due_on)


def _move_all(work: Work, rows: Sequence[CaseRow], step: Step) -> None:
    """Ask the procedure for each case, then write all that go the same way at once."""
    arrived: dict[CaseState, list[CaseRow]] = {}
    for row in rows:
        standing = standing_of_case(row, local_day(work.now))
        arrived.setdefault(procedure_of(row.kind).take(step, standing), []).append(row)
    for state, alike in arrived.items():
        _update(work, alike, state=state)


def _update(work: Work, rows: Sequence[CaseRow], **values: object) -> None:
    chosen = (
        CaseRow.council_id == work.principal.council_id,
        CaseRow.id.in_([row.id for row in rows]),
    )
    changed = update(CaseRow).where(*chosen).values(**values, version=CaseRow.version + 1)
    at_once = {"synchronize_session": False, **sight.CLEAR}
    work.session.execute(changed, execution_options=at_once)
    for row in rows:
        work.session.expunge(row)
