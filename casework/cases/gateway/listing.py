"""Lists: the charter as a SQL filter, pages by key, names opened only for the rows shown."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select

from casework.audit.actions import Act
from casework.audit.entry import Entry, cited
from casework.audit.receipt import Receipt
from casework.audit.work import Work
from casework.cases.gateway.admission import Charters
from casework.cases.gateway.facts import facts_of, who_asks
from casework.cases.gateway.filtering import (
    Reach,
    article_of,
    of_kind,
    reach_of,
    rule_of,
    visible,
)
from casework.cases.gateway.opening import Cells, action_of, head_of
from casework.cases.gateway.paging import Found, read_page
from casework.cases.models import ActionRow, CaseRow
from casework.cases.orders import PAGE, Asked
from casework.cases.values import Action, CaseHead, CaseLine
from casework.charters.decision import decide
from casework.charters.outcome import Decision, Wanted
from casework.charters.vocabulary import (
    BESIDE_VICTIMS,
    CaseKind,
    CharterAct,
    CompartmentClass,
)
from casework.db import sight
from casework.keys.gateway import holding
from casework.keys.keyring import Keyring
from casework.keys.values import Acting, HeldKey

_LIST = Wanted(CharterAct.LIST)
_IDENTITY = Wanted(CharterAct.READ, CompartmentClass.IDENTITY)
_SHEET = Wanted(CharterAct.READ, CompartmentClass.SHEET)


@dataclass(frozen=True, slots=True)
class Listed:
    """A page still shut; `refusals` are of the names that the charter keeps from its reader."""

    rows: Sequence[Found]
    refusals: Mapping[UUID, Decision]
    held: tuple[HeldKey, ...]


@dataclass(frozen=True, slots=True)
class ListedHeads:
    """Cases by their clear facts, and the articles that list them."""

    heads: Sequence[CaseHead]
    articles: frozenset[str]


@dataclass(frozen=True, slots=True)
class ListedActions:
    """Actions still shut, with the references of their cases, and the articles that show them."""

    rows: Sequence[ActionRow]
    heads: dict[UUID, CaseHead]
    held: tuple[HeldKey, ...]
    articles: frozenset[str] = frozenset()

    def entry(self, beside: Iterable[ListedHeads] = (), **counted: int | str) -> Entry:
        """Return the leaf of a page that shows them, and the cases listed beside them."""
        others = tuple(beside)
        ids = (head.id for listed in others for head in listed.heads)
        return Entry(
            Act.ACTION_LISTED,
            cases=tuple(dict.fromkeys((*self.heads, *ids))),
            compartments=tuple(key.compartment_id for key in self.held),
            article=cited(self.articles.union(*(listed.articles for listed in others))),
            detail={"shown": len(self.rows), **counted},
        )


@dataclass(frozen=True, slots=True)
class _Own:
    """Cases of one's own actions, which of them open without a further word, and by what."""

    heads: dict[UUID, CaseHead]
    opens: Sequence[UUID]
    articles: frozenset[str]


@dataclass(frozen=True, slots=True)
class CaseListing:
    """Loads and opens lists; one leaf names every case shown.

    Victims stand in no list but their own (law note 9.4, rule 3): `kinds` are those of this one.
    """

    charters: Charters
    keyring: Keyring
    kinds: frozenset[CaseKind] = BESIDE_VICTIMS

    def load(self, work: Work, asked: Asked) -> Listed:
        """Load a page of the cases this reader may list."""
        reach = of_kind(self._reach(work), asked.kind)
        found = read_page(work, reach, asked)
        held = identities(work, [one.subject.compartment_id for one in found if one.subject])
        shut = [one.head.id for one in found if one.subject is None]
        work.record(
            Entry(
                Act.CASE_LISTED,
                cases=tuple(one.head.id for one in found),
                compartments=tuple(key.compartment_id for key in held),
                article=cited(one.article for one in found),
                detail={"shown": len(found)},
            )
        )
        return Listed(found, self.refusals(work, _IDENTITY, shut), held)

    def open(self, receipt: Receipt, listed: Listed) -> list[CaseLine]:
        """Open the names of a page."""
        cells = Cells(self.keyring.open(receipt, listed.held))
        return [_line(one, listed.refusals.get(one.head.id), cells) for one in listed.rows]

    def refusals(
        self, work: Work, wanted: Wanted, ids: Collection[UUID]
    ) -> Mapping[UUID, Decision]:
        """Return why something is refused of some cases; those where it is not are absent."""
        found = facts_of(work.session, (work.principal, work.now), ids)
        reach = {one.group_id: one for one in self._reach(work)} if found else {}
        decided = {
            case_id: decide(reach[group_id].charter, reach[group_id].standing, wanted, facts)
            for case_id, (group_id, facts) in found.items()
            if group_id in reach
        }
        return {case_id: one for case_id, one in decided.items() if not one.allowed}

    def found(
        self,
        work: Work,
        wanted: Wanted,
        *conditions: ColumnElement[bool],
        by: Sequence[Any] = (CaseRow.id.desc(),),
    ) -> ListedHeads:
        """Return cases under some conditions, and by which articles `wanted` is; newest first."""
        reach = self._reach(work)
        statement = (
            select(CaseRow, rule_of(reach, wanted))
            .where(CaseRow.council_id == work.principal.council_id, *conditions)
            .order_by(*by)
            .limit(PAGE)
            .execution_options(**sight.CHARTER)
        )
        rows = work.session.execute(statement, who_asks(work)).all()
        return ListedHeads([head_of(row) for row, _ in rows], _articles(reach, rows))

    def ids(self, work: Work, wanted: Wanted, opening: Wanted) -> Select[UUID]:
        """Return the cases with which `wanted` is allowed and that `opening` opens freely.

        As a condition for what hangs on cases: to ask with `who_asks`.
        """
        reach = self._reach(work)
        return select(CaseRow.id).where(
            CaseRow.council_id == work.principal.council_id,
            visible(reach, wanted),
            visible(reach, opening, freely=True),
        )

    def articles(self, work: Work, wanted: Wanted, ids: Collection[UUID]) -> frozenset[str]:
        """Return the articles by which `wanted` is allowed with some cases."""
        if not ids:
            return frozenset()
        reach = self._reach(work)
        chosen = select(CaseRow.group_id, rule_of(reach, wanted)).where(
            CaseRow.council_id == work.principal.council_id, CaseRow.id.in_(ids)
        )
        rows = work.session.execute(chosen.execution_options(**sight.CHARTER), who_asks(work))
        return frozenset(article_of(reach, *row) for row in rows) - {""}

    def load_actions(self, work: Work) -> ListedActions:
        """Load the open actions led by this member, on cases they still find.

        Where the case opens with two people, or for a typed reason, only the date is shown. Whoever
        shows them records it, with `entry`.
        """
        rows = self._own_actions(work)
        found = self._found(work, {row.case_id for row in rows})
        shown = [row for row in rows if row.case_id in found.heads]
        return ListedActions(shown, found.heads, _sheets(work, found.opens), found.articles)

    def open_actions(self, receipt: Receipt, listed: ListedActions) -> list[Action]:
        """Open one's own actions."""
        cells = Cells(self.keyring.open(receipt, listed.held))
        return [action_of(row, cells) for row in listed.rows]

    def _reach(self, work: Work) -> Reach:
        return reach_of(self.charters, work, self.kinds)

    def visible(self, work: Work, wanted: Wanted) -> ColumnElement[bool]:
        """Return the charters of one's groups as one condition over cases."""
        return visible(self._reach(work), wanted)

    def _found(self, work: Work, case_ids: set[UUID]) -> _Own:
        """Return those of some cases that the reader finds, and which open to them freely."""
        if not case_ids:
            return _Own({}, (), frozenset())
        reach = self._reach(work)
        opens = visible(reach, _SHEET, freely=True)
        statement = select(CaseRow, rule_of(reach, _LIST), opens).where(
            CaseRow.council_id == work.principal.council_id,
            CaseRow.id.in_(case_ids),
            visible(reach, _LIST),
        )
        listed = statement.execution_options(**sight.CHARTER)
        rows = work.session.execute(listed, who_asks(work)).all()
        heads = {row.id: head_of(row) for row, _, _ in rows}
        free = [row.id for row, _, free in rows if free]
        return _Own(heads, free, _articles(reach, [(row, rule) for row, rule, _ in rows]))

    def _own_actions(self, work: Work) -> Sequence[ActionRow]:
        return work.session.scalars(
            select(ActionRow)
            .where(
                ActionRow.council_id == work.principal.council_id,
                ActionRow.lead_id == work.principal.member_id,
                ActionRow.state == "open",
            )
            .order_by(ActionRow.due_on, ActionRow.id)
            .limit(PAGE)
            .execution_options(**sight.OWN)
        ).all()


def identities(work: Work, compartments: Sequence[UUID]) -> tuple[HeldKey, ...]:
    """Return the keys of the persons shown, and of nobody else of their families."""
    who = work.principal
    if not compartments or who.organisation_id is None:
        return ()
    acting, class_ = Acting(who.council_id, who.organisation_id), CompartmentClass.IDENTITY
    return tuple(holding.held_compartments(work.session, acting, compartments, class_))


def _sheets(work: Work, case_ids: Sequence[UUID]) -> tuple[HeldKey, ...]:
    who = work.principal
    if not case_ids or who.organisation_id is None:
        return ()
    acting, class_ = Acting(who.council_id, who.organisation_id), CompartmentClass.SHEET
    return tuple(holding.held_by_cases(work.session, acting, case_ids, class_))


def _articles(reach: Reach, rows: Iterable[Any]) -> frozenset[str]:
    return frozenset(article_of(reach, row.group_id, rule) for row, rule in rows) - {""}


def _line(found: Found, refusal: Decision | None, cells: Cells) -> CaseLine:
    subject = found.subject
    if subject is None:
        return CaseLine(found.head, "", "", "", refusal.article if refusal else "")
    return CaseLine(
        head=found.head,
        family_name=cells.text("persons", subject, "family_name_sealed"),
        given_name=cells.text("persons", subject, "given_name_sealed"),
        birth_date=cells.text("persons", subject, "birth_date_sealed"),
    )
