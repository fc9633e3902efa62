"""Exceptional accesses as lines: who, on what, when, and what somebody else said of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from casework.i18n import gettext
from casework.keys.pages import naming
from casework.keys.recovery.values import Verdict
from casework.keys.service.exceptions import SeenAccess
from casework.web import dates


@dataclass(frozen=True, slots=True)
class AccessLine:
    """One access; `kind` and `words` say how it stands, `open_case` leads to the case."""

    id: UUID
    reference: str
    case_id: UUID
    member: str
    when: str
    kind: str
    words: str
    to_review: bool
    open_case: bool


def lines(seen: Iterable[SeenAccess], viewer: UUID | None, now: datetime) -> list[AccessLine]:
    """Return the lines, in the order given."""
    found = list(seen)
    members = {one.access.member_id for one in found}
    members |= {one.review.by for one in found if one.review}
    names = naming.members(members)
    return [_line(one, names, viewer, now) for one in found]


def _line(
    one: SeenAccess, names: dict[UUID, str], viewer: UUID | None, now: datetime
) -> AccessLine:
    access = one.access
    kind, words = _stands(one, names, now)
    return AccessLine(
        id=access.id,
        reference=naming.case(access.case_id),
        case_id=access.case_id,
        member=names[access.member_id],
        when=dates.moment(access.from_at or access.asked_at),
        kind=kind,
        words=words,
        to_review=one.to_review,
        open_case=access.member_id == viewer and access.open_at(now),
    )


def _stands(one: SeenAccess, names: dict[UUID, str], now: datetime) -> tuple[str, str]:
    if one.review is not None:
        by = names[one.review.by]
        if one.review.verdict is Verdict.JUSTIFIED:
            return "ok", gettext("justifié, revu par %(member)s", member=by)
        return "late", gettext("non justifié, revu par %(member)s", member=by)
    if one.access.until is None:
        return "neutral", gettext("demandé, pas encore ouvert")
    if one.access.open_at(now):
        return "soon", gettext("ouvert jusqu’à %(until)s", until=dates.moment(one.access.until))
    return "soon", gettext("à examiner")
