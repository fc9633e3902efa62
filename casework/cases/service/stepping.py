"""The recorded steps of a procedure, taken one at a time, whatever the procedure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from casework.audit.actions import Act
from casework.audit.entry import Detail, Entry
from casework.audit.ledger import Ledger
from casework.audit.work import Work
from casework.cases.gateway.addressing import Addressing
from casework.cases.gateway.admission import Admission, Admitted
from casework.cases.gateway.confiding import Confiding
from casework.cases.gateway.counting import Counting
from casework.cases.gateway.moving import end, follow
from casework.cases.gateway.naming import CaseNaming
from casework.cases.gateway.stating import words_told
from casework.cases.gateway.stepping import Asked, CaseSteps
from casework.cases.gateway.writing import CaseWriting
from casework.cases.orders import StepOrder
from casework.cases.procedures.answers import check_answers
from casework.cases.procedures.catalogue import PROCEDURES, procedure_of
from casework.cases.procedures.procedure import Answers, StepRule
from casework.cases.procedures.steps import LET_GO, CaseState
from casework.cases.service.letting_go import LettingGo
from casework.cases.standing import check_version, standing_of_case
from casework.cases.values import NewRecord
from casework.charters.outcome import Wanted
from casework.charters.vocabulary import (
    CaseKind,
    CharterAct,
    CompartmentClass,
    ListName,
    PartnerCategory,
)
from casework.clock import local_day
from casework.errors import AccessDenied, InvalidInput, StepRefused
from casework.identity import Principal, Reason
from casework.partners import gateway as partners
from casework.partners.gateway.seats import seats_of
from casework.sentences import N_
from casework.working_days import working_days_after

_NONE = Wanted(CharterAct.READ, CompartmentClass.IDENTITY)


@dataclass(frozen=True, slots=True)
class SteppingService:
    """Take a step: what the charter allows, what the procedure guards, what is recorded."""

    ledger: Ledger
    admission: Admission
    writing: CaseWriting
    naming: CaseNaming
    counting: Counting
    letting_go: LettingGo
    steps: CaseSteps
    addressing: Addressing
    confiding: Confiding

    def take(self, who: Principal, reason: Reason, order: StepOrder) -> None:
        """Take a step of a case.

        Raises `AccessDenied`, `Conflict`, `InvalidInput` by field, `StepRefused` citing the rule,
        or `ReasonRequired` where the charter wants one typed for this case; nothing is half taken.
        When the step leads to nothing kept, the keys die at once.
        """
        with self.ledger.begin(who, reason) as work:
            dying = self._take(work, order)
        self.letting_go.finish(who, dying)

    def _take(self, work: Work, order: StepOrder) -> Sequence[UUID]:
        rule = self._rule(work, order)
        admitted = self._admitted(work, order, rule)
        check_version(admitted.row.version, order.version)
        if rule is None:
            raise StepRefused("impossible-now")
        today = local_day(work.now)
        passed = self.steps.passed(work, order.case_id)
        standing = standing_of_case(admitted.row, today, passed)
        if self.steps.several(work, order.case_id):
            standing = replace(standing, minor=True)
        fields = rule.asked_of(minor=standing.minor)
        answers = check_answers(fields, order.answers, admitted.charter, today)
        asked = self._asked(work, admitted, rule, order.asked_id)
        standing = replace(standing, answers=answers, protocol=admitted.charter.protocol)
        arrived = procedure_of(admitted.row.kind).take(order.step, standing)
        if arrived in LET_GO:
            return self._let_go(work, admitted, rule, arrived)
        self._keep(work, admitted, rule, NewRecord(order.step, answers, rule.part), asked)
        self._arrive(work, admitted, rule, answers, arrived)
        if rule.own or rule.releases:
            # What is written of the case is written before who writes ceases to be admitted to it.
            work.session.flush()
            self._release(work, admitted)
        return ()

    def _rule(self, work: Work, order: StepOrder) -> StepRule | None:
        kind = self.steps.kind_of(work, order.case_id)
        procedure = None if kind is None else PROCEDURES.get(CaseKind(kind))
        return None if procedure is None else procedure.rules.get(order.step)

    def _admitted(self, work: Work, order: StepOrder, rule: StepRule | None) -> Admitted:
        """Ask the charter first: about a step that does not exist nobody learns of the case."""
        if rule is None:
            return self.admission.case(work, order.case_id, _NONE)
        if not rule.own:
            tied = {"restricted": False} if rule.at_any_time else {}
            return self.admission.case(work, order.case_id, rule.wanted, **tied)
        asked = self._is_asked(work, order.case_id)
        admitted = self.admission.case(work, order.case_id, rule.wanted, own_action=asked)
        if not asked:
            raise AccessDenied(rule.recorded, "not-asked", subject=str(order.case_id))
        return admitted

    def _is_asked(self, work: Work, case_id: UUID) -> bool:
        latest = next(iter(self.steps.asked(work, case_id)), None)
        return latest is not None and latest.organisation_id == work.principal.organisation_id

    def _asked(
        self, work: Work, admitted: Admitted, rule: StepRule, asked_id: UUID | None
    ) -> Asked | None:
        """Return who is asked: somebody of the group, of the sort of body that the step names."""
        if rule.asks is None and not rule.addresses:
            return None
        if asked_id is None and rule.by_post:
            return None
        if asked_id is None:
            raise InvalidInput({"asked": [N_("Choisissez dans la liste.")]})
        if rule.asks is None:
            self.addressing.address(work, admitted.row, asked_id, rule.addresses)
            return Asked(None, asked_id)
        return asked_of(work, admitted.row.group_id, asked_id, rule.asks)

    def _let_go(
        self, work: Work, admitted: Admitted, rule: StepRule, arrived: CaseState
    ) -> Sequence[UUID]:
        """Keep nothing but a count: what the step says would die with the rest."""
        row = admitted.row
        row.state = arrived
        _record(work, admitted, rule.recorded, {})
        return self.letting_go.begin(work, row.group_id, row.id, rule.tally or arrived)

    def _keep(
        self, work: Work, admitted: Admitted, rule: StepRule, record: NewRecord, asked: Asked | None
    ) -> None:
        row = admitted.row
        told: Detail = words_told(work, admitted)
        if rule.apart:
            sealer = self.confiding.sealer(work, row, record.part)
        else:
            sealer = self.writing.part(work, row.id, record.part)
        told = {**told, "step": self.steps.record(work, row.id, sealer, record, asked)}
        if asked is not None and asked.member_id is not None:
            self.naming.name(work, row, (asked.member_id, asked.organisation_id), None)
            told = {**told, "member": asked.member_id}
        elif asked is not None:
            told = {**told, "organisation": asked.organisation_id}
        _record(work, admitted, rule.recorded, told)

    def _release(self, work: Work, admitted: Admitted) -> None:
        """End the naming of whoever was asked: a member, or all those of a body."""
        latest = next(iter(self.steps.asked(work, admitted.row.id)), None)
        if latest is None:
            return
        if latest.member_id is None:
            self.addressing.take_back(work, admitted.row, latest.organisation_id)
        else:
            self.naming.unname(work, admitted.row, latest.member_id)

    def _arrive(
        self, work: Work, admitted: Admitted, rule: StepRule, answers: Answers, arrived: CaseState
    ) -> None:
        row, charter, today = admitted.row, admitted.charter, local_day(work.now)
        begins = arrived is CaseState.FOLLOWED and row.followed_on is None
        takes = arrived is CaseState.ACCEPTED and row.reference is None
        aside = rule.beside and row.state == arrived
        if takes:
            row.reference = self.counting.next_reference(work, row.group_id)
        row.state = arrived
        if not aside:
            row.awaited_on = _awaited(rule, admitted, today, answers)
        if rule.informs:
            row.informed_on, row.delay_reason = date.fromisoformat(answers[rule.informs]), None
        if begins or rule.reviews:
            follow(work, row, charter.clocks)
        if arrived is CaseState.CLOSED:
            end(work, row, charter, _why(admitted, rule, answers))


def asked_of(work: Work, group_id: UUID, member_id: UUID, category: PartnerCategory) -> Asked:
    """Return a member of a group who sits for a body of a category. Raises `InvalidInput`."""
    council_id, day = work.principal.council_id, local_day(work.now)
    group = partners.group(work.session, council_id, group_id)
    seats = () if group is None else seats_of(work.session, council_id, group, day)
    for seat in seats:
        if seat.member_id == member_id and seat.organisation.category == category:
            return Asked(member_id, seat.organisation.id)
    raise InvalidInput({"asked": [N_("Choisissez dans la liste.")]})


def _awaited(rule: StepRule, admitted: Admitted, today: date, answers: Answers) -> date | None:
    """Return by which day the step after is awaited."""
    if rule.within is not None:
        return working_days_after(today, rule.within(admitted.charter), admitted.row.commune)
    return rule.awaits(admitted.charter, today, answers) if rule.awaits else None


def _why(admitted: Admitted, rule: StepRule, answers: Answers) -> str:
    why = rule.closes or answers.get("why", "")
    if admitted.charter.label(ListName.CLOSURE_REASONS, why) is None:
        raise InvalidInput({"why": [N_("Choisissez un motif de la liste.")]})
    return why


def _record(work: Work, admitted: Admitted, act: Act, detail: Detail) -> None:
    article = admitted.decision.article or None
    work.record(Entry(act, case_id=admitted.row.id, article=article, detail=detail))
