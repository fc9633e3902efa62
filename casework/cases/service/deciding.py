"""What a meeting decides of a case, inside the unit of work of the meeting."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final
from uuid import UUID

from casework.audit.actions import Act
from casework.audit.entry import Entry
from casework.audit.work import Work
from casework.cases.agenda import Decided, MeetingDecision
from casework.cases.gateway.admission import Admission, Admitted
from casework.cases.gateway.counting import Counting
from casework.cases.gateway.moving import close_case, keep, put_off, take
from casework.cases.gateway.naming import CaseNaming
from casework.cases.gateway.writing import CaseWriting, NewDecision
from casework.cases.procedures.catalogue import procedure_of
from casework.cases.procedures.steps import Step
from casework.cases.service.actions import check_action, check_named
from casework.cases.service.cases import seated
from casework.cases.service.letting_go import LettingGo
from casework.cases.standing import check_version
from casework.charters.charter import Charter
from casework.charters.outcome import Wanted
from casework.charters.vocabulary import CharterAct, ListName
from casework.clock import local_day
from casework.errors import AccessDenied, InvalidInput
from casework.identity import Principal
from casework.sentences import N_

_DECIDE: Final = Wanted(CharterAct.DECIDE)
_NAME: Final = Wanted(CharterAct.NAME)
_ASSIGN: Final = Wanted(CharterAct.ASSIGN)

STEP_OF_CODE: Final[Mapping[str, Step]] = MappingProxyType(
    {
        "kept": Step.RETAIN,
        "not_kept": Step.REFUSE,
        "redirected": Step.REDIRECT,
        "continued": Step.MAINTAIN,
        "postponed": Step.POSTPONE,
        "closed": Step.CLOSE,
    }
)
"""The codes that every charter's list of decisions holds, and what each does to a case."""

_FOLLOWS: Final = frozenset({Step.RETAIN, Step.MAINTAIN})
_LETS_GO: Final = {Step.REFUSE: "refused", Step.REDIRECT: "redirected"}
_WHY_LISTS: Final = {Step.CLOSE: ListName.CLOSURE_REASONS, Step.REDIRECT: ListName.REDIRECTIONS}


@dataclass(frozen=True, slots=True)
class Deciding:
    """Applies a decision: state and dates in clear, what was decided sealed on the sheet."""

    admission: Admission
    writing: CaseWriting
    naming: CaseNaming
    counting: Counting
    letting_go: LettingGo

    def decide(self, work: Work, meeting_id: UUID, decision: MeetingDecision) -> Decided:
        """Decide a case before an open meeting.

        Raises `AccessDenied`, `Conflict`, `InvalidInput`, or `StepRefused` citing the rule. After
        the commit the caller gives the result to `finish`.
        """
        admitted = self.admission.case(work, decision.case_id, _DECIDE)
        check_version(admitted.row.version, decision.version)
        step = check_decision(admitted.charter, decision)
        if step is Step.POSTPONE:
            return self._postpone(work, admitted, meeting_id)
        number = self.counting.next_decision(work, admitted.row.group_id)
        _record(work, admitted, {"meeting": meeting_id, "number": number})
        if step in _LETS_GO:
            return self._let_go(work, admitted, step, number)
        self._write(work, admitted, NewDecision(meeting_id, decision.code), number)
        self._accompany(work, admitted, decision)
        if step is Step.CLOSE:
            close_case(work, admitted.row, admitted.charter, decision.why)
        else:
            keep(work, admitted.row, admitted.charter.clocks, step)
        return Decided(number)

    def finish(self, who: Principal, decided: Decided) -> None:
        """Destroy the keys of a case not kept, once the decision is committed."""
        self.letting_go.finish(who, decided.dying)

    def _postpone(self, work: Work, admitted: Admitted, meeting_id: UUID) -> Decided:
        """Put off: no decision, hence no number and nothing sealed."""
        put_off(work, admitted.row, admitted.charter.clocks)
        _record(work, admitted, {"meeting": meeting_id, "postponed": 1})
        return Decided(None)

    def _let_go(self, work: Work, admitted: Admitted, step: Step, number: int) -> Decided:
        """Keep nothing but the number in the register: what would be sealed dies at once."""
        row = admitted.row
        take(work, row, step)
        dying = self.letting_go.begin(work, row.group_id, row.id, _LETS_GO[step])
        return Decided(number, tuple(dying))

    def _write(self, work: Work, admitted: Admitted, new: NewDecision, number: int) -> None:
        sealer = self.writing.sheet(work, admitted.row.id)
        self.writing.decide(work, admitted.row, sealer, new, number)

    def _accompany(self, work: Work, admitted: Admitted, decision: MeetingDecision) -> None:
        """Name the lead, then open the action, each as the charter allows and with its leaf."""
        row = admitted.row
        if decision.lead_id is not None:
            _demand(admitted, _NAME)
            organisation_id = seated(work, row.group_id, decision.lead_id)
            row.lead_id = decision.lead_id
            self.naming.name(work, row, (decision.lead_id, organisation_id), None)
            _record(work, admitted, {"member": decision.lead_id}, Act.CASE_NAMED)
        if decision.action is not None:
            _demand(admitted, _ASSIGN)
            check_action(admitted, decision.action, local_day(work.now))
            check_named(self.writing, work, row.id, decision.action.lead_id)
            sealer = self.writing.sheet(work, row.id)
            opened = self.writing.open_action(work, row.id, sealer, decision.action)
            _record(work, admitted, {"action": opened}, Act.ACTION_OPENED)


def check_decision(charter: Charter, decision: MeetingDecision) -> Step:
    """Return the step of a decision; `InvalidInput` with every fault of what came with it."""
    step = STEP_OF_CODE.get(decision.code)
    if step is None or charter.label(ListName.DECISIONS, decision.code) is None:
        raise InvalidInput({"code": [N_("Choisissez une décision de la liste.")]})
    faults: dict[str, list[str]] = {}
    if step in _WHY_LISTS and charter.label(_WHY_LISTS[step], decision.why) is None:
        faults["why"] = [N_("Choisissez un motif de la liste.")]
    led = procedure_of(charter.kind).led
    if step is Step.RETAIN and decision.lead_id is None and led:
        faults["lead"] = [N_("Désignez le référent de parcours.")]
    if step not in _FOLLOWS and (decision.lead_id or decision.action):
        faults["code"] = [N_("Un référent ou une action ne va qu’avec un suivi.")]
    if faults:
        raise InvalidInput(faults)
    return step


def _demand(admitted: Admitted, wanted: Wanted) -> None:
    answer = admitted.may(wanted)
    if not answer.allowed:
        subject, article = str(admitted.row.id), answer.article or None
        raise AccessDenied(str(wanted), answer.reason, subject=subject, article=article)


def _record(
    work: Work, admitted: Admitted, detail: Mapping[str, int | UUID], act: Act = Act.DECISION_MADE
) -> None:
    article = admitted.decision.article or None
    work.record(Entry(act, case_id=admitted.row.id, article=article, detail=detail))
