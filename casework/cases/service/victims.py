"""What is done for a victim beside the steps of her referral: her safe contact, a legal report."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from casework.audit.actions import Act
from casework.audit.entry import Detail, Entry
from casework.audit.ledger import Ledger
from casework.cases.consent import check_address
from casework.cases.gateway.admission import Admission
from casework.cases.gateway.counting import Counting
from casework.cases.gateway.safe_contact import SafeContacts
from casework.cases.gateway.victim_listing import VictimListing
from casework.cases.procedures.answers import check_answers
from casework.cases.procedures.victim import CONTACT, LEGAL_REPORT
from casework.cases.service.delivering import Delivering
from casework.cases.standing import check_version
from casework.cases.values import CaseHead, SafeContact, VictimLine
from casework.charters.facts import CaseFacts
from casework.charters.outcome import Wanted
from casework.charters.vocabulary import CaseKind, CharterAct
from casework.clock import local_day
from casework.errors import Locked, StepRefused
from casework.identity import Principal, Reason
from casework.keys.values import Withheld

_INFORM: Final = Wanted(CharterAct.INFORM)
_REFER: Final = Wanted(CharterAct.REFER)
_OWN: Final = CaseFacts(in_territory=True, admitted=True)


@dataclass(frozen=True, slots=True)
class LegalReport:
    """A report made elsewhere, without the victim's consent: never who, never what."""

    group_id: UUID
    on: date
    channel: str
    ground: str


@dataclass(frozen=True, slots=True)
class VictimService:
    """Open and keep a safe contact; note that a report was made."""

    ledger: Ledger
    admission: Admission
    contacts: SafeContacts
    delivering: Delivering
    counting: Counting
    listing: VictimListing

    def list_referrals(
        self, who: Principal, reason: Reason, before: UUID | None = None
    ) -> list[VictimLine]:
        """List the referrals that one made, received, or coordinates: dates and states."""
        with self.ledger.consult(who, reason) as work:
            return self.listing.load(work, before)

    def head(self, who: Principal, reason: Reason, case_id: UUID) -> CaseHead:
        """Return the clear facts of a case whose consent one may end, open or closed."""
        with self.ledger.consult(who, reason) as work:
            shown = self.admission.shown(work, case_id, _INFORM, restricted=False)
            article = shown.decision.article or None
            work.record(Entry(Act.REFERRAL_LISTED, cases=(case_id,), article=article))
        return shown.row

    def read_contact(self, who: Principal, reason: Reason, case_id: UUID) -> SafeContact:
        """Open the safe contact of one case, apart from the rest of it.

        Raises `AccessDenied`, or `ReasonRequired` for whoever has to type why.
        """
        with self.ledger.consult(who, reason) as work:
            shut = self.contacts.load(work, case_id)
        held = self.delivering.complete(who, reason, shut.held)
        return self.contacts.open(work.receipt, shut.with_keys(held))

    def keep_contact(
        self,
        who: Principal,
        reason: Reason,
        case: tuple[UUID, int],
        said: Mapping[str, str],
    ) -> None:
        """Replace the safe contact of a case, seen at a version.

        What her consent says of an address stays. Raises `AccessDenied`, `Conflict`, `InvalidInput`
        by field, `Locked` without the key.
        """
        case_id, version = case
        before = self.read_contact(who, reason, case_id).answers
        if isinstance(before, Withheld):
            raise Locked("a safe contact that stays shut")
        told = {**said, "address_covered": before["address_covered"]}
        check_address(told)
        with self.ledger.begin(who, reason) as work:
            admitted = self.contacts.writable(work, case_id)
            check_version(admitted.row.version, version)
            answers = check_answers(CONTACT, told, admitted.charter, local_day(work.now))
            self.contacts.replace(work, case_id, answers)

    def report(self, who: Principal, report: LegalReport) -> None:
        """Note that a report was made: a count and a line of the register, about nobody.

        Raises `AccessDenied`, `InvalidInput` by field, `StepRefused` in a group that is no network.
        """
        with self.ledger.begin(who, Reason.REFERRAL) as work:
            charter = self.admission.group(work, report.group_id, _REFER, _OWN)
            if charter.kind is not CaseKind.VICTIM:
                raise StepRefused("procedure-absent")
            said = {
                "report_on": report.on.isoformat(),
                "report_channel": report.channel,
                "report_ground": report.ground,
            }
            check_answers(LEGAL_REPORT, said, charter, local_day(work.now))
            self.counting.tally(work, report.group_id, "reported")
            detail: Detail = {
                "group": report.group_id,
                "on": report.on.isoformat(),
                "to": report.channel,
                "ground": report.ground,
            }
            work.record(Entry(Act.LEGAL_REPORT_NOTED, detail=detail))
