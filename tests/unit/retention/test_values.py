"""Counts as they are shown: in order, and without those of nothing."""

from datetime import date

from casework.charters.vocabulary import CaseKind
from casework.retention.policy import SweepStep
from casework.retention.values import ListLine, Preview, StepCount, folded

TODAY = date(2026, 11, 23)
FOLLOWUP, VICTIM = CaseKind.FOLLOWUP, CaseKind.VICTIM


def test_a_preview_shows_steps_in_their_order_and_nothing_of_nothing() -> None:
    counts = {
        (VICTIM, SweepStep.CLOSED): 1,
        (FOLLOWUP, SweepStep.ERASED): 2,
        (FOLLOWUP, SweepStep.SEALED): 0,
        (FOLLOWUP, SweepStep.CLOSED): 3,
    }
    preview = Preview.of(TODAY, counts, resumed=0, drafts=0)
    assert preview.steps == (
        StepCount(FOLLOWUP, SweepStep.CLOSED, 3),
        StepCount(FOLLOWUP, SweepStep.ERASED, 2),
        StepCount(VICTIM, SweepStep.CLOSED, 1),
    )
    assert preview.of_step(SweepStep.CLOSED) == 4


def test_cases_of_a_list_that_stand_alike_are_counted_together() -> None:
    lines = [(FOLLOWUP, 2026, 2027), (FOLLOWUP, 2025, 2027), (FOLLOWUP, 2026, 2027)]
    assert folded(lines) == (
        ListLine(FOLLOWUP, 2025, 2027, 1),
        ListLine(FOLLOWUP, 2026, 2027, 2),
    )
