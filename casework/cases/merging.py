"""Two cases of one person, read as one: what may be merged, and what stops on the second."""

from collections.abc import Iterable
from datetime import date
from typing import Final
from uuid import UUID

from casework.cases.procedures.steps import UNDER_WAY
from casework.cases.values import CaseHead
from casework.charters.kinds import COMMUNAL
from casework.charters.vocabulary import CaseKind, CharterAct
from casework.errors import StepRefused

MERGED_KINDS: Final = frozenset(CaseKind) - {CaseKind.VICTIM}
"""Procedures whose cases may be merged; a victim's is never tied to another (law note 9.4, 3)."""

FROZEN: Final = frozenset(
    {
        *(CharterAct.CONTRIBUTE, CharterAct.NOTE, CharterAct.ASSIGN, CharterAct.REPORT),
        *(CharterAct.TRIAGE, CharterAct.ANSWER, CharterAct.DECIDE, CharterAct.INFORM),
        CharterAct.CLOSE,
    }
)
"""What nobody does any more on a case merged into another. Who reads it goes on being managed."""


def check_merge(kept: CaseHead, other: CaseHead, *, busy: bool) -> None:
    """Raise `StepRefused` unless `other` may be merged into `kept`; `busy`: it has open actions."""
    if kept.id == other.id or kept.group_id != other.group_id or kept.kind not in MERGED_KINDS:
        raise StepRefused("merge-other-group", "CSI, L. 132-5")
    if kept.kind in COMMUNAL and kept.commune != other.commune:
        raise StepRefused("merge-other-commune", "CSI, L. 132-7")
    if kept.protected or other.protected:
        raise StepRefused("merge-protected")
    if kept.state not in UNDER_WAY or other.state not in UNDER_WAY:
        raise StepRefused("merge-not-under-way")
    if kept.merged_into is not None or other.unmerged_ceiling_on is not None:
        raise StepRefused("merge-already")
    if busy or other.agenda_of is not None:
        raise StepRefused("merge-busy")


def check_unmerge(other: CaseHead) -> UUID:
    """Return the case that `other` is merged into. Raises `StepRefused` once both are over."""
    if other.merged_into is None:
        raise StepRefused("merge-none")
    if other.state not in UNDER_WAY:
        raise StepRefused("merge-not-under-way")
    return other.merged_into


def ceiling_of(own: date, others: Iterable[date]) -> date:
    """Return until when merged cases may be kept: the earliest day that any of them had."""
    return min([own, *others])
