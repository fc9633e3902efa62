"""From a referral to the group's agenda, or to nothing that can be read."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from casework.audit.actions import Act
from casework.audit.entry import Entry
from casework.audit.ledger import Ledger
from casework.audit.work import Work
from casework.cases.barred import check_texts
from casework.cases.ceilings import CEILINGS
from casework.cases.consent import check_victim
from casework.cases.gateway.addressing import Addressing
from casework.cases.gateway.admission import Admission, Admitted
from casework.cases.gateway.counting import Counting
from casework.cases.gateway.sending import CaseSending
from casework.cases.gateway.writing import CaseWriting
from casework.cases.policy import check_age
from casework.cases.procedures.catalogue import procedure_of
from casework.cases.procedures.steps import Step
from casework.cases.relations import CHILDREN
from casework.cases.service.letting_go import LettingGo
from casework.cases.standing import check_version, standing_of_case
from casework.cases.values import NewReferral
from casework.charters.charter import Charter
from casework.charters.facts import CaseFacts
from casework.charters.kinds import REASONS
from casework.charters.outcome import Wanted
from casework.charters.vocabulary import CaseKind, CharterAct, ListName
from casework.charters.walls import VICTIM_SERVICES
from casework.clock import local_day
from casework.errors import InvalidInput, StepRefused
from casework.identity import Principal, Reason
from casework.partners import gateway as partners
from casework.sentences import N_

_REFER = Wanted(CharterAct.REFER)
_TRIAGE = Wanted(CharterAct.TRIAGE)
_ANSWER = Wanted(CharterAct.ANSWER)
_IN_TERRITORY = CaseFacts(in_territory=True, admitted=True)


@dataclass(frozen=True, slots=True)
class ReferralService:
    """Send, ask, answer, accept, redirect, refuse."""

    ledger: Ledger
    admission: Admission
    sending: CaseSending
    writing: CaseWriting
    counting: Counting
    letting_go: LettingGo
    addressing: Addressing

    def send(self, who: Principal, reason: Reason, referral: NewReferral) -> UUID:
        """Send a referral to the coordination and return its case.

        Raises `InvalidInput` for codes outside the charter's lists, `StepRefused` for an age or
        a commune the charter does not cover.
        """
        with self.ledger.begin(who, reason) as work:
            return self.send_within(work, referral)

    def send_within(self, work: Work, referral: NewReferral) -> UUID:
        """Send a referral inside a unit of work; errors as for `send`."""
        charter = self.admission.group(work, referral.group_id, _REFER, _IN_TERRITORY)
        procedure_of(charter.kind)
        if referral.kind is not charter.kind:
            raise InvalidInput({"group_id": [N_("Ce groupe suit une autre procédure.")]})
        if charter.kind is CaseKind.VICTIM:
            return self._send_victim(work, charter, referral)
        check_referral(charter, referral)
        for person in referral.persons:
            if person.relation in CHILDREN:
                check_birth(charter, person.birth_date, local_day(work.now))
        sent = self.sending.send(work, referral, _coordinating(work, referral))
        entry = Entry(Act.REFERRAL_SENT, case_id=sent.case_id, compartments=sent.compartments)
        work.record(entry)
        return sent.case_id

    def _send_victim(self, work: Work, charter: Charter, referral: NewReferral) -> UUID:
        """Send the referral of a victim to the one service that she chose."""
        check_victim(charter, referral, local_day(work.now))
        if referral.addressed_id is None:
            raise InvalidInput({"service": [N_("Choisissez dans la liste.")]})
        sent = self.sending.send(work, referral, _coordinating(work, referral))
        row = self.sending.row(work, sent)
        self.addressing.address(work, row, referral.addressed_id, VICTIM_SERVICES)
        detail = {"organisation": referral.addressed_id}
        work.record(Entry(Act.REFERRAL_SENT, sent.case_id, sent.compartments, detail=detail))
        return sent.case_id

    def ask(self, who: Principal, reason: Reason, case_id: UUID, version: int, text: str) -> None:
        """Ask the referrer something, in the part that only they and the coordination open."""
        with self.ledger.begin(who, reason) as work:
            admitted = self._triaged(work, case_id, version, Step.ASK)
            check_texts({"text": text})
            sealer = self.writing.origin(work, case_id)
            self.writing.ask(work, case_id, sealer, "question_sealed", text)
            self._record(work, admitted, Act.REFERRAL_QUESTIONED)

    def answer(
        self, who: Principal, reason: Reason, case_id: UUID, version: int, text: str
    ) -> None:
        """Answer the coordination's question."""
        with self.ledger.begin(who, reason) as work:
            admitted = self.admission.case(work, case_id, _ANSWER)
            self._step(work, admitted, version, Step.ANSWER)
            check_texts({"text": text})
            sealer = self.writing.origin(work, case_id)
            self.writing.ask(work, case_id, sealer, "answer_sealed", text)
            self._record(work, admitted, Act.REFERRAL_ANSWERED)

    def accept(self, who: Principal, reason: Reason, case_id: UUID, version: int) -> str:
        """Take a referral for the next meeting and return its reference."""
        with self.ledger.begin(who, reason) as work:
            admitted = self._triaged(work, case_id, version, Step.ACCEPT)
            reference = self.counting.next_reference(work, admitted.row.group_id)
            admitted.row.reference = reference
            self._record(work, admitted, Act.REFERRAL_ACCEPTED)
        return reference

    def redirect(
        self, who: Principal, reason: Reason, case_id: UUID, version: int, to: str
    ) -> None:
        """Send elsewhere (a code of the charter's list), keep nothing but a count."""
        with self.ledger.begin(who, reason) as work:
            admitted = self._triaged(work, case_id, version, Step.REDIRECT)
            if admitted.charter.label(ListName.REDIRECTIONS, to) is None:
                raise InvalidInput({"to": [N_("Choisissez une orientation de la liste.")]})
            dying = self.letting_go.begin(work, admitted.row.group_id, case_id, "redirected")
            self._record(work, admitted, Act.REFERRAL_REDIRECTED, to)
        self.letting_go.finish(who, dying)

    def refuse(self, who: Principal, reason: Reason, case_id: UUID, version: int) -> None:
        """Do not keep a referral: its keys die with the decision, an anonymous count remains."""
        with self.ledger.begin(who, reason) as work:
            admitted = self._triaged(work, case_id, version, Step.REFUSE)
            dying = self.letting_go.begin(work, admitted.row.group_id, case_id, "refused")
            self._record(work, admitted, Act.REFERRAL_REFUSED)
        self.letting_go.finish(who, dying)

    def _triaged(self, work: Work, case_id: UUID, version: int, step: Step) -> Admitted:
        admitted = self.admission.case(work, case_id, _TRIAGE)
        self._step(work, admitted, version, step)
        return admitted

    def _step(self, work: Work, admitted: Admitted, version: int, step: Step) -> None:
        check_version(admitted.row.version, version)
        procedure = procedure_of(admitted.row.kind)
        procedure.check_plain(step)
        standing = standing_of_case(admitted.row, local_day(work.now))
        admitted.row.state = procedure.take(step, standing)

    def _record(self, work: Work, admitted: Admitted, act: Act, to: str = "") -> None:
        detail = {"to": to} if to else {}
        article = admitted.decision.article or None
        work.record(Entry(act, case_id=admitted.row.id, article=article, detail=detail))


def _coordinating(work: Work, referral: NewReferral) -> UUID:
    """Return who coordinates the group, once the commune is known to be in its territory."""
    council_id = work.principal.council_id
    group = partners.group(work.session, council_id, referral.group_id)
    communes = partners.territory(work.session, council_id, referral.group_id)
    if group is None or referral.commune not in communes:
        raise StepRefused("commune-outside", "CSI, L. 132-5")
    return group.coordinating_id


def check_birth(charter: Charter, birth_date: date | None, day: date) -> None:
    """Raise `StepRefused` for an age outside the charter's; an adult's may be unknown."""
    if birth_date is not None or not CEILINGS[charter.kind].adults:
        check_age(birth_date, day, (charter.persons.age_from, charter.persons.age_to))


def check_referral(charter: Charter, referral: NewReferral) -> None:
    """Raise `InvalidInput` with every fault of a referral that the charter does not allow."""
    faults: dict[str, list[str]] = {}
    for name, field, code in (
        (REASONS[charter.kind], "reason", referral.reason),
        (ListName.ORIGINS, "origin", referral.origin),
        (ListName.DELAY_REASONS, "delay_reason", referral.delay_reason),
    ):
        if code is not None and charter.label(name, code) is None:
            faults[field] = [N_("Choisissez une réponse de la liste.")]
    limit = charter.texts.free_text_max
    for field, text in (("fact", referral.fact), ("words", referral.words)):
        if len(text) > limit:
            said = N_("%(limit)d caractères au plus : gardez les faits utiles.", limit=limit)
            faults[field] = [said]
    told = referral.informed_on is not None or referral.delay_reason is not None
    if charter.kind is CaseKind.FOLLOWUP and not told:
        said = N_("Indiquez la date de l’information, ou pourquoi elle attend.")
        faults["delay_reason"] = [said]
    if faults:
        raise InvalidInput(faults)
    check_texts({"fact": referral.fact, "reporter": referral.reporter, "words": referral.words})
