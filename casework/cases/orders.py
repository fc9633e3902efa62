"""What is asked of cases, as values: a page of a list, something for somebody to do."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from casework.cases.procedures.steps import REACHABLE, CaseState, Step
from casework.charters.vocabulary import CaseKind

PAGE: Final = 50
"""Rows of a page of a list."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list should hold: states, the last id of the page before, one procedure or all."""

    states: frozenset[CaseState] = REACHABLE
    before: UUID | None = None
    limit: int = PAGE
    kind: CaseKind | None = None


@dataclass(frozen=True, slots=True)
class NewAction:
    """An action to open: its kind is a code of the charter's list."""

    kind: str
    detail: str
    lead_id: UUID
    lead_organisation_id: UUID
    due_on: date


@dataclass(frozen=True, slots=True)
class StepOrder:
    """A step to take: answers by field, and who is asked for the step after, where one is."""

    case_id: UUID
    version: int
    step: Step
    answers: Mapping[str, str]
    asked_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A draft in one's list: when, never what."""

    id: UUID
    group_id: UUID
    step: int
    saved_at: datetime
