"""What every task on the letters of a case asks first, and how it is told."""

from typing import Final
from uuid import UUID

from casework.audit.actions import Act
from casework.audit.entry import Detail, Entry
from casework.audit.work import Work
from casework.cases.gateway.admission import Admission, Shown
from casework.cases.gateway.excluding import exclusions_of
from casework.cases.gateway.stating import heeded
from casework.cases.gateway.tracing import traced_case
from casework.charters.outcome import Wanted
from casework.charters.vocabulary import CharterAct, CompartmentClass
from casework.errors import AccessDenied
from casework.letters.values import Beside

READ: Final = Wanted(CharterAct.READ, CompartmentClass.ATTACHMENTS)
INFORM: Final = Wanted(CharterAct.INFORM)


def read_case(admission: Admission, work: Work, case_id: UUID) -> Shown:
    """Return a case whose letters may be read. Raises `AccessDenied`, or `ReasonRequired`."""
    shown = admission.reading(work, case_id, READ)
    heeded(work, shown)
    return shown


def write_case(admission: Admission, work: Work, case_id: UUID) -> Shown:
    """Return a case whose persons may be written to: whoever writes a letter also reads it."""
    shown = admission.shown(work, case_id, INFORM)
    answer = shown.may(READ)
    if not answer.allowed:
        article = answer.article or None
        raise AccessDenied(str(READ), answer.reason, subject=str(case_id), article=article)
    return shown


def beside(work: Work, shown: Shown) -> Beside:
    """Return what ties others to a case."""
    council_id, case_id = work.principal.council_id, shown.row.id
    traced = traced_case(work.session, council_id, case_id)
    links = exclusions_of(work.session, council_id, [case_id])
    return Beside(
        case=shown.row,
        namings=traced.namings if traced else (),
        away=frozenset(one.holder_id for one in links),
        issues=shown.may(INFORM).allowed,
    )


def record(
    work: Work,
    shown: Shown,
    act: Act,
    compartments: tuple[UUID, ...] = (),
    **detail: int | str | UUID,
) -> None:
    """Add the leaf of a task: ids and codes, never a word of a letter."""
    told: Detail = detail
    work.record(
        Entry(
            act,
            case_id=shown.row.id,
            compartments=compartments,
            article=shown.decision.article or None,
            detail=told,
        )
    )
