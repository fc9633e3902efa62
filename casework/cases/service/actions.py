"""Actions: who does what by when, and what became of it in one line."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from casework.audit.actions import Act
from casework.audit.entry import Entry
from casework.audit.ledger import Ledger
from casework.audit.work import Work
from casework.cases.barred import check_texts
from casework.cases.gateway.admission import Admission, Admitted
from casework.cases.gateway.writing import CaseWriting
from casework.cases.orders import NewAction
from casework.cases.standing import check_version
from casework.charters.outcome import Wanted
from casework.charters.vocabulary import CharterAct, ListName
from casework.clock import local_day
from casework.errors import InvalidInput, StepRefused
from casework.identity import Principal, Reason
from casework.sentences import N_

_ASSIGN = Wanted(CharterAct.ASSIGN)
_REPORT = Wanted(CharterAct.REPORT)
REPORTED = frozenset({"done", "impossible"})
"""What may become of an action: impossible is not the same as not done."""


@dataclass(frozen=True, slots=True)
class ActionService:
    """Open and report actions."""

    ledger: Ledger
    admission: Admission
    writing: CaseWriting

    def open(self, who: Principal, reason: Reason, case_id: UUID, action: NewAction) -> UUID:
        """Give somebody named on the case something to do by a date."""
        with self.ledger.begin(who, reason) as work:
            admitted = self.admission.case(work, case_id, _ASSIGN)
            check_action(admitted, action, local_day(work.now))
            check_named(self.writing, work, case_id, action.lead_id)
            sealer = self.writing.sheet(work, case_id)
            opened = self.writing.open_action(work, case_id, sealer, action)
            _record(work, admitted, Act.ACTION_OPENED, opened)
        return opened

    def report(
        self,
        who: Principal,
        reason: Reason,
        action_id: UUID,
        version: int,
        outcome: tuple[str, str],
    ) -> None:
        """Say that one's action is done or impossible, with one line on the shared sheet."""
        state, line = outcome
        with self.ledger.begin(who, reason) as work:
            row = self.writing.action(work, action_id)
            own = who.member_id == row.lead_id or who.organisation_id == row.organisation_id
            admitted = self.admission.case(work, row.case_id, _REPORT, own_action=own)
            check_version(row.version, version)
            if row.state != "open" or state not in REPORTED:
                raise StepRefused("action-reported")
            check_texts({"text": line})
            sealer = self.writing.sheet(work, row.case_id)
            row.outcome_sealed = sealer.text("actions", "outcome_sealed", row.id, line)
            row.state, row.reported_at = state, work.now
            _record(work, admitted, Act.ACTION_REPORTED, row.id)


def check_action(admitted: Admitted, action: NewAction, today: date) -> None:
    """Raise `InvalidInput` with every fault of a new action."""
    faults: dict[str, list[str]] = {}
    if admitted.charter.label(ListName.ACTIONS, action.kind) is None:
        faults["kind"] = [N_("Choisissez une action de la liste.")]
    if action.due_on < today:
        faults["due_on"] = [N_("Cette échéance est déjà passée.")]
    most = admitted.charter.texts.free_text_max
    if len(action.detail) > most:
        faults["detail"] = [N_("%(most)d caractères au plus.", most=most)]
    if faults:
        raise InvalidInput(faults)
    check_texts({"detail": action.detail})


def check_named(writing: CaseWriting, work: Work, case_id: UUID, lead_id: UUID) -> None:
    """Raise `InvalidInput` unless the lead of an action is named on its case."""
    if not writing.is_named(work, case_id, lead_id):
        raise InvalidInput({"lead": [N_("Nommez d’abord cette personne pour la situation.")]})


def _record(work: Work, admitted: Admitted, act: Act, action_id: UUID) -> None:
    article = admitted.decision.article or None
    detail = {"action": action_id}
    work.record(Entry(act, case_id=admitted.row.id, article=article, detail=detail))
