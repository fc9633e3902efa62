"""The charter as a condition over cases: built once for each standing, asked with `who_asks`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeAlias
from uuid import UUID

from sqlalchemy import ColumnElement, Integer, and_, case, literal_column, or_

from casework.audit.work import Work
from casework.cases.gateway.admission import Charters, standing_in
from casework.cases.gateway.facts import filter_columns
from casework.cases.models import CaseRow
from casework.charters.charter import Charter
from casework.charters.facts import BIT, Standing
from casework.charters.outcome import Wanted
from casework.charters.sqlfilter import Truth, sql_filter, sql_rule
from casework.charters.vocabulary import CaseKind

_KEPT = 1024


@dataclass(frozen=True, slots=True)
class InGroup:
    """What somebody is in a group today and under which text; equal when the condition is."""

    group_id: UUID
    digest: str
    period: int
    bits: int
    charter: Charter = field(compare=False, repr=False)
    standing: Standing = field(compare=False)


Reach: TypeAlias = tuple[InGroup, ...]
"""All the groups somebody belongs to."""


def reach_of(charters: Charters, work: Work, kinds: frozenset[CaseKind]) -> Reach:
    """Return what the one who asks is today, group by group, in the procedures of some kinds."""
    who = work.principal
    groups = sorted({one.group_id for one in who.mandates if one.group_id})
    found = (_in_group(charters, work, group_id) for group_id in groups)
    return tuple(one for one in found if one.charter.kind in kinds)


def of_kind(reach: Reach, kind: CaseKind | None) -> Reach:
    """Return the groups of one procedure; all of them when none is said."""
    return tuple(one for one in reach if kind in (None, one.charter.kind))


def _in_group(charters: Charters, work: Work, group_id: UUID) -> InGroup:
    charter = charters.of_group(work.session, work.principal.council_id, group_id)
    standing = standing_in(work.principal, group_id, work)
    return InGroup(group_id, charter.digest, charter.period, standing.bits, charter, standing)


@lru_cache(maxsize=_KEPT)
def visible(
    reach: Reach, wanted: Wanted, among: Wanted | None = None, *, freely: bool = False
) -> ColumnElement[bool]:
    """Return the cases with which `wanted` is allowed, as one condition.

    Of cases with which `among` is allowed, when it is given: what stands before both is asked once.
    `freely`: where nothing more is asked, as a list cannot type a reason for each case it shows.
    """
    return or_(False, *(_condition(one, wanted, among, freely=freely) for one in reach))


@lru_cache(maxsize=_KEPT)
def rule_of(reach: Reach, wanted: Wanted) -> ColumnElement[int]:
    """Return which rule lets each visible case pass, for `article_of`."""
    groups = [(CaseRow.group_id == one.group_id, _rule(one, wanted)) for one in reach]
    nowhere: ColumnElement[int] = literal_column("-1", Integer)
    return groups[0][1] if len(groups) == 1 else case(*groups, else_=nowhere) if groups else nowhere


def article_of(reach: Reach, group_id: UUID, rule: int) -> str:
    """Return the article of a rule found by `rule_of` on a case of a group."""
    here = next((one for one in reach if one.group_id == group_id), None)
    return "" if here is None or rule < 0 else here.charter.rules[rule].article


def _rule(here: InGroup, wanted: Wanted) -> ColumnElement[int]:
    return sql_rule(here.charter, wanted.act, wanted.class_, _truths(here))


def _condition(
    here: InGroup, wanted: Wanted, among: Wanted | None, *, freely: bool
) -> ColumnElement[bool]:
    passed = _passed(here.charter, among) if among else {}
    truths = {**_truths(here), **passed}
    allowed = sql_filter(here.charter, wanted.act, wanted.class_, truths, freely=freely)
    return and_(CaseRow.group_id == here.group_id, allowed)


def _truths(here: InGroup) -> Mapping[str, Truth]:
    return {**filter_columns(), **here.standing.truths()}


def _passed(charter: Charter, wanted: Wanted) -> dict[str, bool]:
    """Return the facts that are so wherever `wanted` is allowed: those of its plain walls."""
    gate = charter.gates.get(wanted)
    mask, value = gate.usual if gate else (0, 0)
    return {name: bool(value & bit) for name, bit in BIT.items() if mask & bit}
