"""Forgetting as values: counts, dates and ids; never a name."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from casework.cases.forgetting import Standings
from casework.charters.vocabulary import CaseKind
from casework.clock import local_day
from casework.retention.copies_card import CopiesCard
from casework.retention.policy import HoldReason, ListState, SweepStep
from casework.retention.register_card import RegisterCard


@dataclass(frozen=True, slots=True)
class StepCount:
    """How many cases of a kind a sweep takes through a step."""

    kind: CaseKind
    step: SweepStep
    count: int


@dataclass(frozen=True, slots=True)
class Preview:
    """What a sweep on `day` would do, or what it did.

    `resumed`: cases whose erasure had begun and is finished. `drafts`: those past their last day.
    """

    day: date
    steps: tuple[StepCount, ...]
    resumed: int
    drafts: int

    @classmethod
    def of(
        cls, day: date, counts: Mapping[tuple[CaseKind, SweepStep], int], resumed: int, drafts: int
    ) -> "Preview":
        """Put counts in order, without those of nothing."""
        ordered = sorted(
            counts.items(), key=lambda one: (one[0][0], list(SweepStep).index(one[0][1]))
        )
        steps = tuple(StepCount(*place, count) for place, count in ordered if count)
        return cls(day, steps, resumed, drafts)

    def of_step(self, step: SweepStep) -> int:
        """Return how many cases of all kinds take a step."""
        return sum(one.count for one in self.steps if one.step is step)


@dataclass(frozen=True, slots=True)
class NewHold:
    """A hold to place: why, and until when (included)."""

    reason: HoldReason
    until_on: date


@dataclass(frozen=True, slots=True)
class Hold:
    """A case kept beyond its clock."""

    id: UUID
    case_id: UUID
    reason: HoldReason
    placed_by: UUID
    placed_on: date
    until_on: date


@dataclass(frozen=True, slots=True)
class ListLine:
    """Cases of an elimination list that stand alike: kind, years, how many."""

    kind: CaseKind
    opened_year: int
    closed_year: int
    count: int


@dataclass(frozen=True, slots=True)
class EliminationList:
    """A list for the archives, as they see and sign it."""

    id: UUID
    listed_on: date
    state: ListState
    visa_on: date | None
    visa_by: UUID | None
    visa_reference: str | None
    lines: tuple[ListLine, ...] = field(default=())

    @property
    def count(self) -> int:
        """Return how many cases it names."""
        return sum(line.count for line in self.lines)


@dataclass(frozen=True, slots=True)
class NewVisa:
    """A visa to give: the archives' reference, and how many cases the list they saw had."""

    reference: str
    count: int


@dataclass(frozen=True, slots=True)
class Certificate:
    """What remains of an erased case; `leaf` is the line of the register that says so.

    Up to and with `backups_until` a backup of the key store may still hold its keys.
    """

    id: UUID
    case_id: UUID
    kind: CaseKind
    list_id: UUID | None
    compartments: int
    erased_at: datetime
    backups_until: date
    leaf: int | None

    @property
    def backup_days(self) -> int:
        """Return for how many days backups of keys were kept when it was issued."""
        return (self.backups_until - local_day(self.erased_at)).days


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """Forgetting at a glance, for who controls it.

    `stale` waits too long for a decision; `late_lists` wait too long for a visa.
    """

    day: date
    standings: tuple[Standings, ...]
    stale: int
    holds: tuple[Hold, ...]
    lists: tuple[EliminationList, ...]
    late_lists: tuple[UUID, ...]
    certificates: int
    next_sweep: Preview
    register: RegisterCard
    copies: CopiesCard


def folded(lines: Iterable[tuple[CaseKind, int, int]]) -> tuple[ListLine, ...]:
    """Count (kind, year opened, year closed) that are alike, in order."""
    counts: dict[tuple[CaseKind, int, int], int] = {}
    for line in lines:
        counts[line] = counts.get(line, 0) + 1
    return tuple(ListLine(*line, count) for line, count in sorted(counts.items()))


@dataclass(frozen=True, slots=True)
class Watched:
    """What a page of forgetting shows; `overview` for who controls the whole."""

    lists: tuple[EliminationList, ...]
    certificates: tuple[Certificate, ...]
    overview: Overview | None
