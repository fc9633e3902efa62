"""The charter as a condition over cases: built once for each standing, asked with `who_asks`."""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeAlias
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_

from casework.audit.work import Work
from casework.cases.gateway.admission import Charters, standing_in
from casework.cases.gateway.facts import filter_columns
from casework.cases.models import CaseRow
from casework.charters.charter import Charter
from casework.charters.facts import BIT, Standing
from casework.charters.outcome import Wanted
from casework.charters.sqlfilter import sql_filter

_KEPT = 1024


@dataclass(frozen=True, slots=True)
class InGroup:
    """What somebody is in a group today and under which text; equal when the condition is."""

    group_id: UUID
    digest: str
    bits: int
    charter: Charter = field(compare=False, repr=False)
    standing: Standing = field(compare=False)


Reach: TypeAlias = tuple[InGroup, ...]
"""All the groups somebody belongs to."""


def reach_of(charters: Charters, work: Work) -> Reach:
    """Return what the one who asks is today, group by group."""
    who = work.principal
    groups = sorted({one.group_id for one in who.mandates if one.group_id})
    return tuple(_in_group(charters, work, group_id) for group_id in groups)


def _in_group(charters: Charters, work: Work, group_id: UUID) -> InGroup:
    charter = charters.of_group(work.session, work.principal.council_id, group_id)
    standing = standing_in(work.principal, group_id, work)
    return InGroup(group_id, charter.digest, standing.bits, charter, standing)


@lru_cache(maxsize=_KEPT)
def visible(reach: Reach, wanted: Wanted, among: Wanted | None = None) -> ColumnElement[bool]:
    """Return the cases with which `wanted` is allowed, as one condition.

    Of cases with which `among` is allowed, when it is given: what stands before both is asked once.
    """
    return or_(False, *(_condition(one, wanted, among) for one in reach))


def _condition(here: InGroup, wanted: Wanted, among: Wanted | None) -> ColumnElement[bool]:
    passed = _passed(here.charter, among) if among else {}
    truths = {**filter_columns(), **here.standing.truths(), **passed}
    allowed = sql_filter(here.charter, wanted.act, wanted.class_, truths)
    return and_(CaseRow.group_id == here.group_id, allowed)


def _passed(charter: Charter, wanted: Wanted) -> dict[str, bool]:
    """Return the facts that are so wherever `wanted` is allowed: those of its plain walls."""
    gate = charter.gates.get(wanted)
    mask, value = gate.usual if gate else (0, 0)
    return {name: bool(value & bit) for name, bit in BIT.items() if mask & bit}
