"""Questions and answers in words, and answers that look alike from outside."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from casework.presence.values import Desk
from casework.web.look import Tick

LENGTH: Final = 2_048
"""Bytes of every answer on a page, yes or no, whatever the names of bodies and persons."""


@dataclass(frozen=True, slots=True)
class Told:
    """A line for a coordinator: which case, who asked and when."""

    case_id: UUID
    reference: str
    who: str
    organisation: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Missing:
    """A group one coordinates of which some cases are not found by any question."""

    group_id: UUID
    name: str
    count: int


def told(desk: Desk, labels: Mapping[UUID, Any]) -> list[Told]:
    """Return who asked, in words."""
    lines = []
    for one in desk.notices:
        label = labels.get(one.member_id)
        name, body = (label.name, label.organisation) if label else ("", "")
        lines.append(Told(one.case_id, one.reference, name, body, one.asked_at))
    return lines


def missing(desk: Desk) -> list[Missing]:
    """Return the groups whose cases are to be taken in."""
    names = {one.id: one.name for one in desk.groups}
    return [Missing(one, names.get(one, ""), count) for one, count in desk.unknown.items()]


def ticks(desk: Desk) -> list[Tick]:
    """Return the groups to choose from."""
    return [Tick(str(one.id), one.name) for one in desk.groups]


def filled(words: str, noise: str, length: int = LENGTH) -> str:
    """Return `words` with as much noise behind as makes every answer of one length.

    The noise is random: no compression on the way gives the length of the words away.
    """
    left = length - len(words.encode())
    return noise[: max(0, left)]
