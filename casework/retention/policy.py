"""The clocks of forgetting: which day means what, and what a sweep does to whom."""

from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

from casework.cases.ceilings import CEILINGS
from casework.cases.forgetting import Candidates
from casework.cases.policy import Deadlines
from casework.cases.procedures.steps import LIVING, CaseState
from casework.charters.charter import Clocks
from casework.charters.vocabulary import CaseKind
from casework.errors import InvalidInput, StepRefused
from casework.months import latest_start, months_after
from casework.sentences import N_

_REFERENCE_LENGTH: Final = 60

GRACE_MONTHS: Final = 1
"""How long a case stays flagged as stale before a sweep closes it (law note 9.4, rule 15)."""

HOLD_MONTHS: Final = 12
"""The longest hold: one that is still needed is placed again, by somebody who says why."""


class SweepStep(StrEnum):
    """What a sweep does to cases, in this order. Published values never change."""

    LAPSED = "lapsed"
    CLOSED = "closed"
    RESTRICTED = "restricted"
    SEALED = "sealed"
    LISTED = "listed"
    ERASED = "erased"


class ListState(StrEnum):
    """Where an elimination list is. Published values never change."""

    LISTED = "listed"
    VISAED = "visaed"
    ELIMINATED = "eliminated"


class HoldReason(StrEnum):
    """Why a case is kept beyond its clock (law note 7.9). Published values never change."""

    RIGHTS_REQUEST = "rights_request"
    COMPLAINT = "complaint"
    COURT_ORDER = "court_order"
    ARCHIVES_SELECTION = "archives_selection"


def deadlines(group_id: UUID, kind: CaseKind, clocks: Clocks, today: date) -> Deadlines:
    """Return the clocks of a group as the days that a sweep of `today` compares with."""
    reviewed_by = latest_start(today, GRACE_MONTHS)
    return Deadlines(
        group_id=group_id,
        kind=kind,
        article=clocks.article,
        today=today,
        reviewed_by=reviewed_by,
        referred_by=latest_start(reviewed_by, clocks.review_months),
        closed_by=latest_start(today, CEILINGS[kind].months),
        alert_on=months_after(today, clocks.elimination_alert_months),
        meetings=clocks.stale_meetings,
        kept=clocks.after_closure_months > 0,
    )


def steps_of(case: Candidates, days: Deadlines) -> tuple[SweepStep, ...]:
    """Return the steps that one sweep takes with cases standing like these."""
    if case.state in LIVING:
        return _end_of_living(case, days) if case.ended else ()
    if case.state is CaseState.SEALED:
        return _end_of_sealed(case)
    archived = (SweepStep.RESTRICTED,) if case.state is CaseState.CLOSED else ()
    return (*archived, *_sealing(case, due=case.due))


def _end_of_living(case: Candidates, days: Deadlines) -> tuple[SweepStep, ...]:
    if case.state in {CaseState.REFERRED, CaseState.QUESTIONED}:
        return () if case.held else (SweepStep.LAPSED,)
    due = case.capped or not days.kept
    return (SweepStep.CLOSED, SweepStep.RESTRICTED, *_sealing(case, due=due))


def _sealing(case: Candidates, *, due: bool) -> tuple[SweepStep, ...]:
    return (SweepStep.SEALED, SweepStep.LISTED) if due and not case.held else ()


def _end_of_sealed(case: Candidates) -> tuple[SweepStep, ...]:
    if not case.listed:
        return (SweepStep.LISTED,)
    return (SweepStep.ERASED,) if case.visaed and not case.held else ()


def waits_too_long(state: ListState, listed_on: date, today: date, months: int) -> bool:
    """Say whether a list waits for its visa for `months` or more (code du patrimoine L. 212-3)."""
    return state is ListState.LISTED and months_after(listed_on, months) <= today


def check_clock(today: date, newest: date) -> None:
    """Raise `StepRefused` when the clock stands on a day before the register's newest line.

    A clock that was ever wrong must not decide what is destroyed: somebody sets it right first.
    """
    if today < newest:
        raise StepRefused("clock-behind-register", "CNIL 2014-262, art. 5")


def check_hold(until_on: date, today: date) -> None:
    """Raise `InvalidInput` for a hold without an end, or with one too far away."""
    if not today <= until_on <= months_after(today, HOLD_MONTHS):
        said = N_(
            "Choisissez une fin dans les %(months)d mois ; elle pourra être prolongée.",
            months=HOLD_MONTHS,
        )
        raise InvalidInput({"until_on": [said]})


def check_holdable(state: CaseState) -> None:
    """Raise `StepRefused` for a case whose keys are already gone: nothing is left to hold."""
    if state in {CaseState.ERASED, CaseState.REFUSED, CaseState.REDIRECTED}:
        raise StepRefused("impossible-now")


def check_visa(state: str, reference: str) -> None:
    """Raise for a list that has its visa, or a visa without the archives' own reference."""
    if ListState(state) is not ListState.LISTED:
        raise StepRefused("impossible-now")
    if not 0 < len(reference.strip()) <= _REFERENCE_LENGTH:
        raise InvalidInput(
            {"reference": [N_("Écrivez la référence du visa, 60 caractères au plus.")]}
        )
