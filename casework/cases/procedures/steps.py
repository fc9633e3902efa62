"""The engine of procedures: from a state, by a step, to a state, or a refusal that says why."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from casework.errors import StepRefused


class CaseState(StrEnum):
    """Where a case is. Published values never change."""

    REFERRED = "referred"
    QUESTIONED = "questioned"
    ACCEPTED = "accepted"
    FOLLOWED = "followed"
    CLOSED = "closed"
    RESTRICTED = "restricted"
    SEALED = "sealed"
    ERASED = "erased"
    REFUSED = "refused"
    REDIRECTED = "redirected"


LIVING = frozenset(
    {CaseState.REFERRED, CaseState.QUESTIONED, CaseState.ACCEPTED, CaseState.FOLLOWED}
)
"""States of a case that people work on."""

REACHABLE = LIVING | {CaseState.CLOSED, CaseState.RESTRICTED}
"""States in which somebody may still open the case."""


class Step(StrEnum):
    """What moves a case."""

    ASK = "ask"
    ANSWER = "answer"
    ACCEPT = "accept"
    REDIRECT = "redirect"
    REFUSE = "refuse"
    RETAIN = "retain"
    MAINTAIN = "maintain"
    POSTPONE = "postpone"
    INFORM = "inform"
    CLOSE = "close"
    RESTRICT = "restrict"
    SEAL = "seal"
    ERASE = "erase"


@dataclass(frozen=True, slots=True)
class Standing:
    """What guards look at: clear facts of the case, never its content."""

    state: CaseState
    today: date
    informed: bool = False
    reviewed_before: bool = False
    held: bool = False
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Guard:
    """A condition of a step, with the rule it comes from."""

    holds: Callable[[Standing], bool]
    reason: str
    source: str


@dataclass(frozen=True, slots=True)
class Procedure:
    """The steps of one kind of case, and the guards before each."""

    moves: Mapping[tuple[CaseState, Step], CaseState]
    guards: Mapping[Step, tuple[Guard, ...]] = field(default_factory=dict)

    def take(self, step: Step, standing: Standing) -> CaseState:
        """Return the next state. Raises `StepRefused` with the reason and its source."""
        arrived = self.moves.get((standing.state, step))
        if arrived is None:
            raise StepRefused("impossible-now")
        for guard in self.guards.get(step, ()):
            if not guard.holds(standing):
                raise StepRefused(guard.reason, guard.source)
        return arrived

    def open_steps(self, standing: Standing) -> frozenset[Step]:
        """Return the steps that can be taken now."""
        return frozenset(
            step
            for (state, step) in self.moves
            if state is standing.state
            and all(guard.holds(standing) for guard in self.guards.get(step, ()))
        )
