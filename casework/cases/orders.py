"""What is asked of cases, as values: a page of a list, something for somebody to do."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from casework.cases.procedures.steps import REACHABLE, CaseState

PAGE: Final = 50
"""Rows of a page of a list."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list should hold: states, and the last id of the page before."""

    states: frozenset[CaseState] = REACHABLE
    before: UUID | None = None
    limit: int = PAGE


@dataclass(frozen=True, slots=True)
class NewAction:
    """An action to open: its kind is a code of the charter's list."""

    kind: str
    detail: str
    lead_id: UUID
    lead_organisation_id: UUID
    due_on: date


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A draft in one's list: when, never what."""

    id: UUID
    group_id: UUID
    step: int
    saved_at: datetime
