"""A leaf as the data protection officer reads it, and what they may ask for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from casework.audit.actions import Act, Outcome
from casework.audit.additions import Note


@dataclass(frozen=True, slots=True)
class Asked:
    """Which lines are wanted: any of `acts`, any of the numbers `lines`, and all the rest.

    What is empty or None does not restrict; `until` is not included.
    """

    acts: frozenset[Act] = frozenset()
    outcome: Outcome | None = None
    since: datetime | None = None
    until: datetime | None = None
    case_id: UUID | None = None
    member_id: UUID | None = None
    organisation_id: UUID | None = None
    lines: tuple[int, ...] = ()

    @property
    def subjects(self) -> list[tuple[str, UUID]]:
        """The (kind, id) pairs that the lines must all speak of."""
        pairs = (
            ("case", self.case_id),
            ("member", self.member_id),
            ("organisation", self.organisation_id),
        )
        return [(kind, one) for kind, one in pairs if one is not None]


@dataclass(frozen=True, slots=True)
class Line:
    """One leaf in clear; `words` is what was typed behind the reason « other », for the officer.

    `readable` is false once a part is erased or its month's key destroyed: what is left is told;
    `altered` when a part is not what was written: what it would say is not shown.
    """

    seq: int
    at: datetime
    act: str
    outcome: str
    readable: bool = True
    altered: bool = False
    kind: str = ""
    session: str = ""
    member_id: UUID | None = None
    organisation_id: UUID | None = None
    case_id: UUID | None = None
    cases: tuple[UUID, ...] = ()
    compartments: tuple[UUID, ...] = ()
    reason: str = ""
    words: str = ""
    article: str | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)

    @property
    def adds(self) -> bool:
        """Say whether this adds to the line before: the reader bears a family name of the case."""
        return "same_name" in self.detail


@dataclass(frozen=True, slots=True)
class Slice:
    """At most `count` lines numbered below `before`."""

    before: int | None = None
    count: int = 50


@dataclass(frozen=True, slots=True)
class Page:
    """Lines, newest first; ask again with `before` = `following` for older ones, if any.

    `verified` is the line of the newest verification of the whole register, `compared` that of the
    newest one that compared the sealed values too, `signed` the newest checkpoint, `alerts` the
    decoys opened that the officer has not seen yet.
    """

    lines: tuple[Line, ...]
    following: int | None
    verified: Line | None
    compared: Line | None = None
    signed: Note | None = None
    alerts: tuple[Line, ...] = ()

    @property
    def sound(self) -> bool:
        """Say whether nothing contradicts: what compared fewer things acquits of no fault."""
        verdicts = [one for one in (self.verified, self.compared) if one]
        return all(one.outcome == Outcome.ALLOWED for one in verdicts)
