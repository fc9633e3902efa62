"""Takes a case over with its past, in one unit of work: sealed and admitted as any other."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from casework.audit.work import Work
from casework.cases.gateway.running_count import RunningCount
from casework.cases.gateway.sending import CaseSending, Sent
from casework.cases.gateway.writing import CaseWriting
from casework.cases.models import (
    ActionRow,
    AdmissionRow,
    CaseRow,
    ContributionRow,
    DecisionRow,
    NamingRow,
)
from casework.cases.past import PastAction, PastCase, PastDecision, PastWords
from casework.cases.procedures.steps import CaseState
from casework.charters.vocabulary import CompartmentClass
from casework.clock import local_day
from casework.db import sight
from casework.entropy import new_id
from casework.errors import IntegrityFailure
from casework.keys.cipher import Sealer
from casework.keys.delivery import acting_organisation
from casework.keys.gateway import holding
from casework.keys.values import HeldKey, NewCompartment

_SHARED: Final = frozenset({CompartmentClass.IDENTITY, CompartmentClass.SHEET})
_UNSEEN: Final = frozenset({CaseState.REFERRED, CaseState.QUESTIONED})


@dataclass(frozen=True, slots=True)
class CaseTakingOver:
    """Stores what was; the work is the referrer's, at the moment of the referral."""

    sending: CaseSending
    writing: CaseWriting
    counting: RunningCount

    def take_over(self, work: Work, past: PastCase) -> Sent:
        """Store a case whole; the caller records it."""
        sent = self.sending.send(work, past.referral, past.coordinating)
        held = holding.held_by_case(work.session, acting_organisation(work), sent.case_id)
        if past.question:
            sealer = self._sealer(work, held, CompartmentClass.ORIGIN)
            self.writing.ask(work, sent.case_id, sealer, "question_sealed", past.question)
        if past.state not in _UNSEEN:
            self._settle(work, sent.case_id, past)
            self._admit(work, sent.case_id, past, held)
            sheet = self._sealer(work, held, CompartmentClass.SHEET)
            self._tell(work, sent.case_id, past, sheet)
        else:
            self._row(work, sent.case_id).state = past.state
        return sent

    def _settle(self, work: Work, case_id: UUID, past: PastCase) -> None:
        """Put the case where it came to, in the clear columns that jobs read."""
        row = self._row(work, case_id)
        row.reference = self.counting.next_reference(work, row.group_id)
        row.state, row.lead_id = past.state, past.lead_id
        row.followed_on, row.review_by = past.followed_on, past.review_by
        if past.informed_on is not None:
            row.informed_on, row.delay_reason = past.informed_on, None
        row.closed_on, row.closure_reason, row.due_on = (
            past.closed_on,
            past.closure_reason,
            past.due_on,
        )

    def _admit(self, work: Work, case_id: UUID, past: PastCase, held: Iterable[HeldKey]) -> None:
        """Name the members, and deliver the shared parts to their organisations."""
        council_id, day = work.principal.council_id, local_day(work.now)
        first = {acting_organisation(work).organisation_id, past.coordinating}
        bodies = frozenset(body for _, body in past.named)
        for body in sorted(bodies - first):
            admission = AdmissionRow(
                council_id=council_id, organisation_id=body, case_id=case_id, from_on=day
            )
            work.session.add(admission)
        work.session.add_all(self._naming(work, case_id, *party) for party in past.named)
        shared = [key for key in held if key.compartment_class in _SHARED]
        self.writing.keyring.admit(work, shared, bodies - first)

    def _tell(self, work: Work, case_id: UUID, past: PastCase, sheet: Sealer) -> None:
        own = self._private(work, case_id, past.words)
        rows = work.session
        for one in past.words:
            sealer = own[one.author[1]] if one.private else sheet
            rows.add(self._contribution(work, case_id, one, sealer))
        rows.add_all(self._action(work, case_id, one, sheet) for one in past.actions)
        place = (case_id, past.referral.group_id)
        rows.add_all([self._decision(work, place, one, sheet) for one in past.decisions])

    def _private(
        self, work: Work, case_id: UUID, words: Iterable[PastWords]
    ) -> Mapping[UUID, Sealer]:
        """Make the parts that services keep for themselves, each with its own key."""
        bodies = sorted({one.author[1] for one in words if one.private})
        wanted = [
            NewCompartment(
                case_id, CompartmentClass.PRIVATE, frozenset({body}), organisation_id=body
            )
            for body in bodies
        ]
        sealers = self.writing.keyring.create(work, wanted) if wanted else []
        return dict(zip(bodies, sealers, strict=True))

    def _naming(self, work: Work, case_id: UUID, member_id: UUID, body: UUID) -> NamingRow:
        return NamingRow(
            council_id=work.principal.council_id,
            id=self._new_id(),
            case_id=case_id,
            member_id=member_id,
            organisation_id=body,
            named_by=work.principal.member_id,
            from_on=local_day(work.now),
        )

    def _contribution(
        self, work: Work, case_id: UUID, past: PastWords, sealer: Sealer
    ) -> ContributionRow:
        row_id = self._new_id()
        return ContributionRow(
            council_id=work.principal.council_id,
            id=row_id,
            case_id=case_id,
            compartment_id=sealer.compartment_id,
            author_id=past.author[0],
            organisation_id=past.author[1],
            written_at=past.at,
            text_sealed=sealer.text("contributions", "text_sealed", row_id, past.text),
        )

    def _action(self, work: Work, case_id: UUID, past: PastAction, sealer: Sealer) -> ActionRow:
        row_id, order = self._new_id(), past.order
        row = ActionRow(
            council_id=work.principal.council_id,
            id=row_id,
            case_id=case_id,
            compartment_id=sealer.compartment_id,
            kind_sealed=sealer.short("actions", "kind_sealed", row_id, order.kind),
            detail_sealed=sealer.text("actions", "detail_sealed", row_id, order.detail),
            lead_id=order.lead_id,
            organisation_id=order.lead_organisation_id,
            opened_by=past.opened_by,
            opened_on=past.opened_on,
            due_on=order.due_on,
            state=past.state,
            reported_at=past.reported_at,
        )
        if past.outcome:
            row.outcome_sealed = sealer.text("actions", "outcome_sealed", row_id, past.outcome)
        return row

    def _decision(
        self, work: Work, place: tuple[UUID, UUID], past: PastDecision, sealer: Sealer
    ) -> DecisionRow:
        row_id, (case_id, group_id) = self._new_id(), place
        return DecisionRow(
            council_id=work.principal.council_id,
            id=row_id,
            case_id=case_id,
            group_id=group_id,
            meeting_id=past.meeting_id,
            compartment_id=sealer.compartment_id,
            number=self.counting.next_decision(work, group_id),
            code_sealed=sealer.short("decisions", "code_sealed", row_id, past.code),
            made_by=past.made_by,
            made_at=past.at,
        )

    def _row(self, work: Work, case_id: UUID) -> CaseRow:
        place = (work.principal.council_id, case_id)
        row = work.session.get(CaseRow, place, execution_options=sight.CLEAR)
        if row is None:
            raise IntegrityFailure("a case just stored is not there")
        return row

    def _sealer(self, work: Work, held: Iterable[HeldKey], class_: CompartmentClass) -> Sealer:
        key = next(one for one in held if one.compartment_class == class_)
        return self.writing.keyring.sealer(work, key)

    def _new_id(self) -> UUID:
        return new_id(self.writing.clock, self.writing.entropy)
