"""Lists: the charter as a SQL filter, pages by key, names opened only for the rows shown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, select

from casework.audit.actions import Act
from casework.audit.entry import Entry
from casework.audit.receipt import Receipt
from casework.audit.work import Work
from casework.cases.gateway.admission import Charters
from casework.cases.gateway.facts import who_asks
from casework.cases.gateway.filtering import reach_of, visible
from casework.cases.gateway.opening import Cells, action_of, head_of
from casework.cases.gateway.paging import Subject, read_page
from casework.cases.models import ActionRow, CaseRow
from casework.cases.orders import PAGE, Asked
from casework.cases.values import Action, CaseHead, CaseLine
from casework.charters.outcome import Wanted
from casework.charters.vocabulary import CharterAct, CompartmentClass
from casework.db import sight
from casework.keys.gateway import holding
from casework.keys.keyring import Keyring
from casework.keys.values import Acting, HeldKey

_SHEET = Wanted(CharterAct.READ, CompartmentClass.SHEET)


@dataclass(frozen=True, slots=True)
class Listed:
    """A page still shut."""

    rows: Sequence[CaseHead]
    subjects: dict[UUID, Subject]
    held: tuple[HeldKey, ...]


@dataclass(frozen=True, slots=True)
class ListedActions:
    """Actions still shut, with the references of their cases."""

    rows: Sequence[ActionRow]
    heads: dict[UUID, CaseHead]
    held: tuple[HeldKey, ...]

    def entry(self, beside: Iterable[CaseHead] = (), **counted: int | str) -> Entry:
        """Return the leaf of a page that shows them, and the cases listed beside them."""
        return Entry(
            Act.ACTION_LISTED,
            cases=tuple(dict.fromkeys((*self.heads, *(head.id for head in beside)))),
            compartments=tuple(key.compartment_id for key in self.held),
            detail={"shown": len(self.rows), **counted},
        )


@dataclass(frozen=True, slots=True)
class CaseListing:
    """Loads and opens lists; one leaf names every case shown."""

    charters: Charters
    keyring: Keyring

    def load(self, work: Work, asked: Asked) -> Listed:
        """Load a page of the cases this reader may list."""
        heads, subjects = read_page(work, reach_of(self.charters, work), asked)
        held = _identities(work, [one.compartment_id for one in subjects.values()])
        work.record(
            Entry(
                Act.CASE_LISTED,
                cases=tuple(head.id for head in heads),
                compartments=tuple(key.compartment_id for key in held),
                detail={"shown": len(heads)},
            )
        )
        return Listed(heads, subjects, held)

    def open(self, receipt: Receipt, listed: Listed) -> list[CaseLine]:
        """Open the names of a page."""
        cells = Cells(self.keyring.open(receipt, listed.held))
        return [_line(head, listed.subjects.get(head.id), cells) for head in listed.rows]

    def load_actions(self, work: Work) -> ListedActions:
        """Load the open actions led by this member, on cases they may still read.

        Whoever shows them records it, with `entry`.
        """
        rows = self._own_actions(work)
        cases = self._readable(work, {row.case_id for row in rows})
        shown = [row for row in rows if row.case_id in cases]
        return ListedActions(shown, cases, _sheets(work, list(cases)))

    def open_actions(self, receipt: Receipt, listed: ListedActions) -> list[Action]:
        """Open one's own actions."""
        cells = Cells(self.keyring.open(receipt, listed.held))
        return [action_of(row, cells) for row in listed.rows]

    def visible(self, work: Work, wanted: Wanted) -> ColumnElement[bool]:
        """Return the charters of one's groups as one condition over cases."""
        return visible(reach_of(self.charters, work), wanted)

    def _readable(self, work: Work, case_ids: set[UUID]) -> dict[UUID, CaseHead]:
        statement = select(CaseRow).where(
            CaseRow.council_id == work.principal.council_id,
            CaseRow.id.in_(case_ids),
            self.visible(work, _SHEET),
        )
        listed = statement.execution_options(**sight.CHARTER)
        rows = work.session.scalars(listed, who_asks(work)) if case_ids else ()
        return {row.id: head_of(row) for row in rows}

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


def _identities(work: Work, compartments: Sequence[UUID]) -> tuple[HeldKey, ...]:
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


def _line(head: CaseHead, subject: Subject | None, cells: Cells) -> CaseLine:
    if subject is None:
        return CaseLine(head, "", "", "")
    return CaseLine(
        head=head,
        family_name=cells.text("persons", subject, "family_name_sealed"),
        given_name=cells.text("persons", subject, "given_name_sealed"),
        birth_date=cells.text("persons", subject, "birth_date_sealed"),
    )
