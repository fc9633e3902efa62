"""Ask whether somebody is already followed; and see, as a coordinator, who asked about theirs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from casework.audit.actions import Act, Outcome
from casework.audit.entry import Detail, Entry
from casework.audit.ledger import Ledger
from casework.audit.work import Work
from casework.cases.gateway.admission import Admission, standing_in
from casework.charters.charter import Charter
from casework.charters.outcome import Wanted
from casework.charters.vocabulary import CharterAct
from casework.errors import AccessDenied, QuestionsSpent
from casework.identity import Principal, Reason
from casework.presence.circuit import Circuits
from casework.presence.gateway import questions as asked
from casework.presence.gateway.index import PresenceIndex
from casework.presence.gateway.questions import Questions
from casework.presence.policy import PER_HOUR, may_ask, wait
from casework.presence.values import Answer, Asking, Circuit, Contact, Question

_NOISE: Final = 1_024
_REFER: Final = Wanted(CharterAct.REFER)


@dataclass(frozen=True, slots=True)
class PresenceService:
    """A question is two lines: that it was asked, before anything is compared; what was told."""

    ledger: Ledger
    admission: Admission
    circuits: Circuits
    index: PresenceIndex
    questions: Questions

    def ask(self, who: Principal, reason: Reason, question: Question) -> Answer:
        """Answer yes, with whom to call, or no. What is done for either is the same.

        Raises `AccessDenied` where the charter does not let them ask, `QuestionsSpent` after
        thirty in an hour: then nothing is compared.
        """
        spent = 0
        with self.ledger.begin(who, reason) as work:
            charter = self.asking_in(work, question.group_id)
            spent = self._wait(work, PER_HOUR)
            asking = None if spent else self._kept(work, question.group_id, charter)
        if asking is None:
            raise QuestionsSpent(spent)
        circuit = self.circuits.of(who, charter.kind)
        found = self.index.search(work.receipt, question, charter.kind, circuit.cases)
        with self.ledger.begin(who, reason) as told:
            # Two requests at once may each have found the thirtieth question free.
            spent = self._wait(told, PER_HOUR + 1)
            self._tell(told, asking, () if spent else found, spent=spent)
        if spent:
            raise QuestionsSpent(spent)
        return self._answer(asking.id, circuit, found)

    def answer(self, who: Principal, reason: Reason, question_id: UUID) -> Answer:
        """Show an answer of the last minutes again, to whoever asked. Raises `AccessDenied`.

        The line names the question and no case: whoever asked finds it in their own trail, which
        is not to tell how many were found. The line of the answer itself names them.
        """
        with self.ledger.consult(who, reason) as work:
            own = self.questions.own(work, question_id)
            charter = self.asking_in(work, own.group_id)
            circuit = self.circuits.of(who, charter.kind)
            found = [one for one in self.questions.found(own, charter.kind) if one in circuit.cases]
            detail: Detail = {"question": question_id, "shown": 1}
            work.record(Entry(Act.PRESENCE_LISTED, detail=detail))
        return self._answer(question_id, circuit, found)

    def _answer(self, own_id: UUID, circuit: Circuit, found: Sequence[UUID]) -> Answer:
        noise = self.questions.entropy.bytes(_NOISE).hex()
        return Answer(own_id, _contact(circuit, found), noise)

    def asking_in(self, work: Work, group_id: UUID) -> Charter:
        """Return the charter of a group in which one may ask, or raise `AccessDenied`."""
        charter = self.admission.group(work, group_id, _REFER)
        if not may_ask(charter, standing_in(work.principal, group_id, work)):
            subject = str(group_id)
            raise AccessDenied(Act.PRESENCE_ASKED, "presence-not-foreseen", subject=subject)
        work.cite(charter.presence.article, charter.digest)
        return charter

    def _wait(self, work: Work, most: int) -> int:
        """Return the seconds to wait, and record that nothing is answered before."""
        who = work.principal
        if who.member_id is None:
            raise AccessDenied(Act.PRESENCE_ASKED, "other-function")
        moments = asked.moments(work.session, who.council_id, who.member_id, work.now)
        seconds = wait(moments, work.now, most)
        if seconds:
            detail = {"code": "questions-spent"}
            work.record(Entry(Act.PRESENCE_ASKED, outcome=Outcome.REFUSED, detail=detail))
        return seconds

    def _kept(self, work: Work, group_id: UUID, charter: Charter) -> Asking:
        own_id = self.questions.add(work, group_id, charter.kind)
        detail: Detail = {"question": own_id, "group": group_id}
        work.record(Entry(Act.PRESENCE_ASKED, detail=detail))
        return Asking(own_id, charter)

    def _tell(self, work: Work, asking: Asking, found: Sequence[UUID], *, spent: int) -> None:
        """Seal what was found, and record it: the line of each case says that somebody asked."""
        work.cite(asking.charter.presence.article, asking.charter.digest)
        self.questions.answer(work, asking.id, asking.charter.kind, found)
        if not spent:
            answer = "yes" if found else "no"
            detail: Detail = {"question": asking.id, "answer": answer}
            work.record(Entry(Act.PRESENCE_ANSWERED, cases=tuple(found), detail=detail))


def _contact(circuit: Circuit, found: Iterable[UUID]) -> Contact | None:
    """Return one contact, whatever the number of cases: how many is not told."""
    groups = {circuit.cases[one] for one in found}
    ordered = sorted(groups, key=lambda one: (circuit.groups[one].name, one))
    return circuit.contacts[ordered[0]] if ordered else None
