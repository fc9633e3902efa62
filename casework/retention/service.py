"""What people do about forgetting: look ahead, hold, sign for the archives, check; and the job."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from casework.audit.actions import Act
from casework.audit.entry import Detail, Entry
from casework.audit.ledger import Ledger
from casework.audit.work import Work
from casework.cases.gateway.admission import Admission
from casework.cases.gateway.excluding import is_kept
from casework.cases.gateway.forgetting import group_of, standings
from casework.cases.procedures.steps import CaseState
from casework.charters.outcome import Wanted
from casework.charters.vocabulary import CharterAct
from casework.clock import local_day
from casework.db.engine import Database, Scope
from casework.errors import AccessDenied, Conflict
from casework.identity import Principal, Reason
from casework.retention.copies_card import copies_card
from casework.retention.forecast import Forecast
from casework.retention.gateway import reading
from casework.retention.gateway.writing import RetentionWriting
from casework.retention.permission import JOBS, Everywhere
from casework.retention.policy import ListState, check_hold, check_holdable, check_visa
from casework.retention.register_card import RegisterCard
from casework.retention.sweeping import Sweeping
from casework.retention.values import (
    Certificate,
    EliminationList,
    NewHold,
    NewVisa,
    Overview,
    Preview,
    Watched,
)

PAGE: Final = 50
_AUDIT: Final = Wanted(CharterAct.AUDIT)
_ELIMINATE: Final = Wanted(CharterAct.ELIMINATE)
_HOLD: Final = Wanted(CharterAct.HOLD)
_VISA: Final = Wanted(CharterAct.VISA)


RegisterCardOf = Callable[[UUID], RegisterCard]
"""Council → how long its register is kept, and how far it has forgotten."""


@dataclass(frozen=True, slots=True)
class RetentionService:
    """One method for each task. Nobody here sees a name, and nothing here opens a key."""

    ledger: Ledger
    database: Database
    admission: Admission
    everywhere: Everywhere
    writing: RetentionWriting
    forecast: Forecast
    sweeping: Sweeping
    register_card: RegisterCardOf

    def preview(self, who: Principal) -> Preview:
        """Return what a sweep would do now: for who controls, the operator and the job."""
        with self.ledger.consult(who, Reason.CONTROL) as work:
            if who.kind not in JOBS:
                self.everywhere.demand(work, _AUDIT)
            work.record(Entry(Act.RETENTION_PREVIEWED))
        return self.forecast.preview(who.council_id, local_day(work.now))

    def sweep(self, who: Principal) -> Preview:
        """Forget what is due, as the job or the operator; return what was done."""
        return self.sweeping.run(who)

    def repair(self, who: Principal) -> int:
        """Erase again what an old backup brought back, as the job or the operator; count it."""
        return self.sweeping.repair(who)

    def hold(self, who: Principal, case_id: UUID, hold: NewHold) -> UUID:
        """Keep a case beyond its clock, for a reason and until a day; return the hold's id."""
        found = self._known(who, case_id)
        with self.ledger.begin(who, Reason.CONTROL) as work:
            state = self._allow_hold(work, case_id, found)
            check_holdable(state)
            check_hold(hold.until_on, local_day(work.now))
            hold_id = self.writing.add_hold(work, case_id, hold)
            detail: Detail = {"hold": hold_id, "why": hold.reason.value}
            work.record(Entry(Act.HOLD_PLACED, case_id=case_id, detail=detail))
        return hold_id

    def lift_hold(self, who: Principal, hold_id: UUID) -> None:
        """End a hold today: the clock of its case counts again."""
        with self.ledger.begin(who, Reason.CONTROL) as work:
            row = self.writing.hold(work, hold_id)
            self._allow_hold(work, row.case_id, self._known(who, row.case_id))
            row.lifted_on = local_day(work.now)
            work.record(Entry(Act.HOLD_LIFTED, case_id=row.case_id, detail={"hold": hold_id}))

    def watched(self, who: Principal, *, whole: bool) -> Watched:
        """Return what a page of forgetting shows, under one leaf; `whole` for who controls it."""
        with self.ledger.consult(who, Reason.CONTROL) as work:
            self.everywhere.demand(work, _AUDIT if whole else _ELIMINATE)
            self.everywhere.demand(work, _ELIMINATE)
            lists = reading.lists(work.session, who.council_id, PAGE)
            certificates = reading.certificates(work.session, who.council_id, None, PAGE)
            counted = {"lists": len(lists), "certificates": len(certificates)}
            work.record(Entry(Act.RETENTION_READ, detail={**counted, "whole": whole}))
        overview = self._overview(who.council_id, local_day(work.now)) if whole else None
        return Watched(tuple(lists), tuple(certificates), overview)

    def lists(self, who: Principal) -> list[EliminationList]:
        """Return the newest elimination lists, without names."""
        with self.ledger.consult(who, Reason.CONTROL) as work:
            self.everywhere.demand(work, _ELIMINATE)
            found = reading.lists(work.session, who.council_id, PAGE)
            work.record(Entry(Act.RETENTION_READ, detail={"lists": len(found)}))
        return found

    def visa(self, who: Principal, list_id: UUID, visa: NewVisa) -> None:
        """Give the archives' visa to a list: its cases are destroyed by the next sweep.

        Raises `Conflict` when the list is not the one that was seen.
        """
        with self.ledger.begin(who, Reason.CONTROL) as work:
            self.everywhere.demand(work, _VISA)
            row = self.writing.locked_list(work, list_id)
            check_visa(row.state, visa.reference)
            count = reading.count_of(work.session, who.council_id, list_id)
            if count != visa.count:
                raise Conflict(count)
            row.state, row.visa_on, row.visa_by = (
                ListState.VISAED,
                local_day(work.now),
                who.member_id,
            )
            row.visa_reference = visa.reference.strip()
            detail: Detail = {"list": list_id, "cases": count}
            work.record(Entry(Act.ELIMINATION_VISAED, detail=detail))

    def certificates(self, who: Principal, before: UUID | None = None) -> list[Certificate]:
        """Return certificates of erasure, newest first, those before an id."""
        with self.ledger.consult(who, Reason.CONTROL) as work:
            self.everywhere.demand(work, _ELIMINATE)
            found = reading.certificates(work.session, who.council_id, before, PAGE)
            work.record(Entry(Act.RETENTION_READ, detail={"certificates": len(found)}))
        return found

    def _overview(self, council_id: UUID, day: date) -> Overview:
        with self.database.reading(Scope(council_id, whole=True)) as session:
            counted = standings(session, council_id)
            holds = reading.holds(session, council_id, day)
            lists = reading.lists(session, council_id, PAGE)
            certificates = reading.count_certificates(session, council_id)
            copies = copies_card(session, council_id)
        return Overview(
            day=day,
            standings=tuple(counted),
            stale=self.forecast.stale(council_id, day),
            holds=tuple(holds),
            lists=tuple(lists),
            late_lists=self.forecast.late(council_id, day, lists),
            certificates=certificates,
            next_sweep=self.forecast.preview(council_id, day),
            register=self.register_card(council_id),
            copies=copies,
        )

    def _known(self, who: Principal, case_id: UUID) -> tuple[UUID, CaseState] | None:
        """Return the group and state of a case, which a controller finds without its content.

        None, as for no case, where a personal link keeps it from who asks.
        """
        with self.database.reading(Scope(who.council_id, whole=True)) as session:
            if is_kept(session, who, case_id):
                return None
            return group_of(session, who.council_id, case_id)

    def _allow_hold(
        self, work: Work, case_id: UUID, found: tuple[UUID, CaseState] | None
    ) -> CaseState:
        if found is None:
            raise AccessDenied(str(_HOLD), "no-such-case", subject=str(case_id))
        group_id, state = found
        self.admission.group(work, group_id, _HOLD)
        return state
