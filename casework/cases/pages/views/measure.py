"""The mentions of judicial measures as their own page shows them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from casework.cases.circles import GroupBook, ties_of
from casework.cases.measures import Measures
from casework.cases.pages.views.case import Answer, reference_of
from casework.cases.pages.views.circles import Circles
from casework.cases.pages.views.steps import StepForm, step_form, taken_words
from casework.cases.procedures.catalogue import procedure_of
from casework.cases.procedures.steps import Step
from casework.cases.standing import standing_of_case
from casework.cases.values import TakenStep
from casework.charters.vocabulary import CaseKind, CompartmentClass
from casework.clock import local_day
from casework.web.look import Circle


@dataclass(frozen=True, slots=True)
class Mention:
    """One measure: since when it is mentioned, and what is."""

    id: UUID
    on: date
    lines: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class MeasureView:
    """What the page shows; `shut` while the key is on its way, `form` to whoever may mention."""

    reference: str
    version: int
    circle: Circle
    mentions: tuple[Mention, ...]
    shut: bool
    may_withdraw: bool
    form: StepForm | None


def measure_view(opened: Measures, book: GroupBook, viewer_id: UUID | None) -> MeasureView:
    """Return the page of the measures of a case."""
    head, kind = opened.head, CaseKind(opened.head.kind)
    ties = ties_of(head, opened.namings, book, opened.away)
    standing = standing_of_case(head, book.day)
    possible = (standing.state, Step.MENTION) in procedure_of(kind).moves
    may = opened.may_write and possible and not opened.shut
    return MeasureView(
        reference=reference_of(head),
        version=head.version,
        circle=Circles(book, ties, viewer_id).of(CompartmentClass.JUDICIAL),
        mentions=tuple(_mention(one, kind, book) for one in reversed(opened.steps)),
        shut=opened.shut,
        may_withdraw=opened.may_write,
        form=step_form(head, Step.MENTION, book, standing) if may else None,
    )


def _mention(taken: TakenStep, kind: CaseKind, book: GroupBook) -> Mention:
    lines = taken_words(taken, kind, book).lines
    return Mention(taken.id, local_day(taken.taken_at), tuple(Answer(*one) for one in lines))
