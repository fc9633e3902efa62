"""Searches by name: of the cases that open freely to who asks, names opened and then forgotten."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final, NamedTuple
from uuid import UUID

from sqlalchemy import Integer, bindparam, select

from casework.audit.actions import Act
from casework.audit.entry import Detail, Entry, cited
from casework.audit.receipt import Receipt
from casework.audit.work import Work
from casework.cases.gateway.facts import in_states, who_asks
from casework.cases.gateway.filtering import Reach, reach_of, visible
from casework.cases.gateway.listing import CaseListing, identities
from casework.cases.gateway.opening import Cells
from casework.cases.gateway.paging import IS_SUBJECT
from casework.cases.models import CaseRow, PersonRow
from casework.cases.procedures.steps import REACHABLE
from casework.cases.searches import SEARCHED_KINDS, Alike, Likeness
from casework.cases.values import Text
from casework.charters.outcome import Wanted
from casework.charters.refusals import Refusal
from casework.charters.vocabulary import BESIDE_VICTIMS, CharterAct, CompartmentClass
from casework.db import sight
from casework.db.direct import Direct
from casework.db.engine import connection_of
from casework.db.types import Id
from casework.errors import AccessDenied
from casework.keys.values import HeldKey
from casework.matching.dates import Agreement

AT_ONCE: Final = 5_000
"""Names that are open at the same time."""

_LIST: Final = Wanted(CharterAct.LIST)
_IDENTITY: Final = Wanted(CharterAct.READ, CompartmentClass.IDENTITY)
_KEPT: Final = 256


@dataclass(frozen=True, slots=True)
class Shut:
    """Persons of a group, by the order of their cases, still shut; `full` when more may follow."""

    rows: Sequence[Any]
    held: tuple[HeldKey, ...]
    full: bool

    def with_keys(self, held: tuple[HeldKey, ...]) -> "Shut":
        """Return the same with keys that were on their way."""
        return replace(self, held=held)


class Candidate(NamedTuple):
    """A case whose person resembles the one asked for; the least is the nearest."""

    far: int
    case_id: UUID
    names: tuple[Text, Text, Text]
    likeness: Likeness
    birth: Agreement


@dataclass(frozen=True, slots=True)
class Open:
    """Names of some persons, and the way to their dates of birth."""

    rows: Sequence[Any]
    families: Sequence[str]
    givens: Sequence[str]
    cells: Cells
    unread: int

    def birth_date(self, place: int) -> Text:
        """Open one date of birth."""
        return self.cells.text("persons", self.rows[place], "birth_date_sealed")


@dataclass(frozen=True, slots=True)
class CaseSearching:
    """Two kinds of lines: before names are compared, of what; before any is shown, of which."""

    listing: CaseListing

    def load(self, work: Work, group_id: UUID, after: UUID | None, beside: Entry) -> Shut:
        """Load the next persons of a group whose names open freely, and record that they will.

        `beside` is the line, to which this adds what is compared. Raises `AccessDenied` for
        a group one does not sit in, or whose cases are never searched.
        """
        here = self._here(work, group_id)
        given = {**who_asks(work), "limit": AT_ONCE, "after": after}
        statement = _persons(here, after=after is not None)
        rows = statement.all(connection_of(work.session), given)
        compartments = tuple(row.compartment_id for row in rows)
        held = identities(work, compartments)
        opened = tuple(key.compartment_id for key in held)
        work.cite("", here[0].charter.digest)
        work.record(replace(beside, scanned=opened))
        return Shut(rows, held, full=len(rows) == AT_ONCE)

    def open(self, receipt: Receipt, shut: Shut) -> Open:
        """Open the names that the receipt covers; what stays shut is counted and left out."""
        cells = Cells(self.listing.keyring.open(receipt, shut.held))
        rows, families, givens = [], [], []
        for row in shut.rows:
            family = cells.text("persons", row, "family_name_sealed")
            given = cells.text("persons", row, "given_name_sealed")
            if isinstance(family, str) and isinstance(given, str):
                rows.append(row)
                families.append(family)
                givens.append(given)
        return Open(rows, families, givens, cells, unread=len(shut.rows) - len(rows))

    def shown(
        self, work: Work, candidates: Sequence[Candidate], beside: Detail
    ) -> tuple[Alike, ...]:
        """Record which cases are shown: those of the candidates that this reader still finds."""
        ids = [one.case_id for one in candidates]
        visible_now = self.listing.visible(work, _LIST)
        listed = self.listing.found(work, _LIST, CaseRow.id.in_(ids), visible_now)
        heads = {head.id: head for head in listed.heads}
        found = [
            Alike(heads[one.case_id], *one.names, one.likeness, one.birth)
            for one in candidates
            if one.case_id in heads
        ]
        work.record(
            Entry(
                Act.CASE_SEARCHED,
                cases=tuple(one.head.id for one in found),
                article=cited(listed.articles),
                detail={"shown": len(found), **beside},
            )
        )
        return tuple(found)

    def _here(self, work: Work, group_id: UUID) -> Reach:
        reach = reach_of(self.listing.charters, work, BESIDE_VICTIMS)
        here = tuple(one for one in reach if one.group_id == group_id)
        if not here:
            raise AccessDenied(Act.CASE_SEARCHED, Refusal.NO_MANDATE, subject=str(group_id))
        if here[0].charter.kind not in SEARCHED_KINDS:
            raise AccessDenied(Act.CASE_SEARCHED, Refusal.NOT_FORESEEN, subject=str(group_id))
        return here


@lru_cache(maxsize=_KEPT)
def _persons(here: Reach, *, after: bool) -> Direct:
    """Choose as a list does: whom one finds, and of them whose name opens without a word more."""
    statement = (
        select(
            CaseRow.id.label("case_id"),
            PersonRow.id,
            PersonRow.compartment_id,
            PersonRow.family_name_sealed,
            PersonRow.given_name_sealed,
            PersonRow.birth_date_sealed,
        )
        .join(PersonRow, IS_SUBJECT)
        .where(CaseRow.council_id == bindparam("council", type_=Id))
        .where(visible(here, _LIST), visible(here, _IDENTITY, _LIST, freely=True))
        .where(in_states(REACHABLE))
        .order_by(CaseRow.id)
        .limit(bindparam("limit", type_=Integer))
    )
    followed = statement.where(CaseRow.id > bindparam("after", type_=Id)) if after else statement
    return Direct(followed.execution_options(**sight.CHARTER))
