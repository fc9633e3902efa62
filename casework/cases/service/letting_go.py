"""What becomes of a referral that is not kept: its keys die, an anonymous count remains."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from casework.audit.work import Work
from casework.cases.gateway.counting import Counting
from casework.cases.gateway.erasing import CaseErasing
from casework.cases.gateway.merging import end_with
from casework.errors import StepRefused, Unavailable
from casework.identity import Principal


class Holds(Protocol):
    """Knows which cases are kept beyond their clock."""

    def held(self, work: Work, case_id: UUID) -> bool:
        """Say whether a hold on the case runs today."""
        ...


@dataclass(frozen=True, slots=True)
class LettingGo:
    """Erases with the decision itself (law note 9.1: a referral not kept is kept no day more)."""

    counting: Counting
    erasing: CaseErasing
    holds: Holds

    def begin(self, work: Work, group_id: UUID, case_id: UUID, outcome: str) -> list[UUID]:
        """Begin, inside the unit of work that decides; return the compartments that die.

        What is merged into the case goes with it. Raises `StepRefused` for a case on hold:
        somebody has a right that needs it.
        """
        dying = [case_id, *end_with(work, case_id)]
        if any(self.holds.held(work, one) for one in dying):
            raise StepRefused("on-hold", "code du patrimoine, L. 212-3")
        self.counting.tally(work, group_id, outcome)
        return self.erasing.begin(work, dying)

    def finish(self, who: Principal, dying: Sequence[UUID]) -> None:
        """Destroy the peppers once the decision is committed; the sweep repairs a crash here.

        The decision stands: a key store that cannot be cleaned now is the sweep's affair, too.
        """
        if dying:
            with suppress(Unavailable):
                self.erasing.destroy(who.council_id, dying)
