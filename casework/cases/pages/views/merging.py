"""Cases merged with another: what a page tells of them, and which could be."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from casework.cases.circles import GroupBook
from casework.cases.merging import MERGED_KINDS
from casework.cases.pages.views.case import reference_of
from casework.cases.pages.views.searching import AlikeLine, alike_line
from casework.cases.pages.views.words import STATES
from casework.cases.procedures.steps import UNDER_WAY
from casework.cases.searches import Answer
from casework.cases.values import CaseFile, CaseHead
from casework.charters.vocabulary import CharterAct
from casework.identity import Role


@dataclass(frozen=True, slots=True)
class MergedLine:
    """A case merged with the one of the page."""

    id: UUID
    reference: str
    state: tuple[str, Any]


@dataclass(frozen=True, slots=True)
class MergedView:
    """`ended`: this case is merged into another, `lines` hold that one; else those merged here."""

    ended: bool
    lines: tuple[MergedLine, ...]
    may_merge: bool
    may_unmerge: bool


@dataclass(frozen=True, slots=True)
class MergeCandidate:
    """A case that resembles, and whether it is far enough to be merged now."""

    line: AlikeLine
    ready: bool


def merged_view(
    file: CaseFile, others: Iterable[CaseHead], book: GroupBook, viewer_id: UUID | None
) -> MergedView:
    """Return what the page of a case tells of those it is merged with."""
    head, seat = file.head, book.seat(viewer_id)
    coordinates = seat is not None and seat.holds(Role.COORDINATOR)
    lines = tuple(MergedLine(one.id, reference_of(one), STATES[one.state]) for one in others)
    under_way = head.state in UNDER_WAY and not head.protected
    return MergedView(
        ended=head.merged_into is not None,
        lines=lines,
        may_merge=under_way and head.kind in MERGED_KINDS and CharterAct.TRIAGE in file.may,
        may_unmerge=under_way and coordinates,
    )


def candidates(answer: Answer, book: GroupBook) -> Sequence[MergeCandidate]:
    """Return the cases of an answer that are merged into none yet, the nearest first."""
    return [
        MergeCandidate(alike_line(one, book), one.head.state in UNDER_WAY)
        for one in answer.cases
        if one.head.merged_into is None
    ]
