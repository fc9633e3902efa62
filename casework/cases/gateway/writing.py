"""Changes to a case that exists: words, actions, names, steps. All versions are checked."""

from dataclasses import dataclass
from typing import cast
from uuid import UUID

from sqlalchemy import Table, insert, select

from casework.audit.work import Work
from casework.cases.models import (
    ActionRow,
    CaseRow,
    ContributionRow,
    DecisionRow,
    NamingRow,
    ReferralRow,
)
from casework.cases.orders import NewAction
from casework.cases.values import Naming
from casework.charters.vocabulary import CompartmentClass
from casework.clock import Clock, local_day
from casework.db import sight
from casework.db.engine import connection_of
from casework.entropy import Entropy, new_id
from casework.errors import AccessDenied, Locked
from casework.keys.cipher import Sealer
from casework.keys.delivery import Courier, acting_organisation
from casework.keys.gateway import holding
from casework.keys.keyring import Keyring
from casework.keys.values import HeldKey, NewCompartment


@dataclass(frozen=True, slots=True)
class NewDecision:
    """A decision of a meeting: a code of the charter's list."""

    meeting_id: UUID
    code: str


@dataclass(frozen=True, slots=True)
class CaseWriting:
    """Seals and stores; the acting organisation must hold the compartment's key."""

    keyring: Keyring
    courier: Courier
    clock: Clock
    entropy: Entropy

    def sheet(self, work: Work, case_id: UUID) -> Sealer:
        """Return the sealer of the shared sheet. Raises `Locked` without its key."""
        return self._sealer(work, case_id, CompartmentClass.SHEET)

    def origin(self, work: Work, case_id: UUID) -> Sealer:
        """Return the sealer of the origin's part."""
        return self._sealer(work, case_id, CompartmentClass.ORIGIN)

    def private(self, work: Work, case_id: UUID) -> Sealer:
        """Return the sealer of the acting organisation's own part, made when first needed."""
        own = acting_organisation(work).organisation_id
        for key in self._held(work, case_id):
            if key.compartment_class == CompartmentClass.PRIVATE and key.organisation_id == own:
                return self.keyring.sealer(work, key)
        wanted = NewCompartment(
            case_id, CompartmentClass.PRIVATE, frozenset({own}), organisation_id=own
        )
        return self.keyring.create(work, [wanted])[0]

    def part(self, work: Work, case_id: UUID, class_: CompartmentClass) -> Sealer:
        """Return the sealer of a part of a case. Raises `Locked` without its key."""
        return self._sealer(work, case_id, class_)

    def attachments(self, work: Work, case_id: UUID) -> Sealer:
        """Return the sealer of what is attached to a case, made when first needed.

        Its key goes to every organisation that was given the sheet's: what a signature says, and no
        row that SQL can plant. Those named later receive it.
        """
        if not self._has_attachments(work, case_id):
            alone_on(work, case_id)
        if self._has_attachments(work, case_id):
            return self._sealer(work, case_id, CompartmentClass.ATTACHMENTS)
        wanted = NewCompartment(
            case_id, CompartmentClass.ATTACHMENTS, self._of_sheet(work, case_id)
        )
        return self.keyring.create(work, [wanted])[0]

    def _of_sheet(self, work: Work, case_id: UUID) -> frozenset[UUID]:
        held = self._held(work, case_id)
        sheet = next((one for one in held if one.compartment_class == CompartmentClass.SHEET), None)
        if sheet is None:
            raise Locked("no such compartment")
        return self.courier.admissions.of(work.session, sheet, work.now).holders

    def _has_attachments(self, work: Work, case_id: UUID) -> bool:
        classes = {key.compartment_class for key in self._held(work, case_id)}
        return CompartmentClass.ATTACHMENTS in classes

    def _sealer(self, work: Work, case_id: UUID, class_: CompartmentClass) -> Sealer:
        for key in self._held(work, case_id):
            if key.compartment_class == class_:
                return self.keyring.sealer(work, self.courier.ready(work, [key])[0])
        raise Locked("no such compartment")

    def _held(self, work: Work, case_id: UUID) -> list[HeldKey]:
        return holding.held_by_case(work.session, acting_organisation(work), case_id)

    def contribute(self, work: Work, case_id: UUID, sealer: Sealer, text: str) -> UUID:
        """Store a contribution and return its id."""
        row_id, who = self._new_id(), work.principal
        values = {
            "council_id": who.council_id,
            "id": row_id,
            "case_id": case_id,
            "compartment_id": sealer.compartment_id,
            "author_id": who.member_id,
            "organisation_id": who.organisation_id,
            "written_at": work.now,
            "text_sealed": sealer.text("contributions", "text_sealed", row_id, text),
        }
        connection_of(work.session).execute(_CONTRIBUTE, values)
        return row_id

    def open_action(self, work: Work, case_id: UUID, sealer: Sealer, action: NewAction) -> UUID:
        """Store an action and return its id."""
        row_id, who = self._new_id(), work.principal
        work.session.add(
            ActionRow(
                council_id=who.council_id,
                id=row_id,
                case_id=case_id,
                compartment_id=sealer.compartment_id,
                kind_sealed=sealer.short("actions", "kind_sealed", row_id, action.kind),
                detail_sealed=sealer.text("actions", "detail_sealed", row_id, action.detail),
                lead_id=action.lead_id,
                organisation_id=action.lead_organisation_id,
                opened_by=who.member_id,
                opened_on=local_day(work.now),
                due_on=action.due_on,
                state="open",
            )
        )
        return row_id

    def decide(
        self, work: Work, case: CaseRow, sealer: Sealer, decision: NewDecision, number: int
    ) -> UUID:
        """Store a meeting's decision and return its id."""
        row_id, who = self._new_id(), work.principal
        work.session.add(
            DecisionRow(
                council_id=who.council_id,
                id=row_id,
                case_id=case.id,
                group_id=case.group_id,
                meeting_id=decision.meeting_id,
                compartment_id=sealer.compartment_id,
                number=number,
                code_sealed=sealer.short("decisions", "code_sealed", row_id, decision.code),
                made_by=who.member_id,
                made_at=work.now,
            )
        )
        return row_id

    def ask(self, work: Work, case_id: UUID, sealer: Sealer, column: str, text: str) -> None:
        """Store the coordinator's question, or the referrer's answer, in the origin's part."""
        row = work.session.scalars(
            select(ReferralRow)
            .where(
                ReferralRow.council_id == work.principal.council_id,
                ReferralRow.case_id == case_id,
            )
            .execution_options(**sight.ADMITTED)
        ).one()
        setattr(row, column, sealer.text("referrals", column, row.id, text))

    def is_named(self, work: Work, case_id: UUID, member_id: UUID) -> bool:
        """Say whether a member is named on a case today."""
        day = local_day(work.now)
        statement = select(NamingRow.until_on).where(
            NamingRow.council_id == work.principal.council_id,
            NamingRow.case_id == case_id,
            NamingRow.member_id == member_id,
        )
        named = work.session.execute(statement.execution_options(**sight.ADMITTED)).first()
        return named is not None and (named[0] is None or named[0] >= day)

    def action(self, work: Work, action_id: UUID) -> ActionRow:
        """Return an action's row. Raises `AccessDenied` when there is none."""
        place = (work.principal.council_id, action_id)
        row = work.session.get(ActionRow, place, execution_options=sight.CHARTER)
        if row is None:
            raise AccessDenied("report", "no-such-action", subject=str(action_id))
        return row

    def _new_id(self) -> UUID:
        return new_id(self.clock, self.entropy)


def namings_of(work: Work, case_id: UUID) -> list[Naming]:
    """Return who is or was named on a case."""
    chosen = select(NamingRow).where(
        NamingRow.council_id == work.principal.council_id, NamingRow.case_id == case_id
    )
    rows = work.session.scalars(chosen.execution_options(**sight.CLEAR))
    return [Naming(one.member_id, one.organisation_id, one.from_on, one.until_on) for one in rows]


def alone_on(work: Work, case_id: UUID) -> None:
    """Wait until nobody else makes a part of a case: of two at once, one makes it."""
    chosen = select(CaseRow.id).where(
        CaseRow.council_id == work.principal.council_id, CaseRow.id == case_id
    )
    work.session.execute(chosen.with_for_update().execution_options(**sight.ADMITTED))


# To the connection itself: a contribution refers to a case that is there, and to nothing new.
_CONTRIBUTE = insert(cast("Table", ContributionRow.__table__))
