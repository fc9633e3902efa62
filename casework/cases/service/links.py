"""Personal links: who declares one, who sets one for another, and how one ends."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from casework.audit.actions import Act
from casework.audit.asking import require_officer
from casework.audit.entry import Detail, Entry
from casework.audit.ledger import Ledger
from casework.audit.work import Work
from casework.cases.gateway import excluding as gateway
from casework.cases.gateway.admission import Admission, Admitted, Shown
from casework.cases.gateway.excluding import Excluding
from casework.cases.gateway.forgetting import living_in
from casework.cases.gateway.naming import CaseNaming
from casework.cases.safeguards.policy import check_excluded, may_exclude
from casework.cases.safeguards.values import Exclusion
from casework.cases.values import CaseHead
from casework.charters.outcome import Wanted
from casework.charters.vocabulary import CharterAct
from casework.clock import local_day
from casework.db.engine import Database, Scope
from casework.errors import AccessDenied, InvalidInput
from casework.identity import Principal, Reason, Role, require_fresh
from casework.partners import gateway as partners
from casework.partners.gateway.seats import seats_of
from casework.partners.values import Group, Seat
from casework.sentences import N_

_LIST: Final = Wanted(CharterAct.LIST)
_CHOOSE: Final = N_("Choisissez dans la liste.")


@dataclass(frozen=True, slots=True)
class Prospect:
    """A case as it is before its reader declares a link: do they lead it, coordinate it alone."""

    head: CaseHead
    leads: bool
    alone: bool


@dataclass(frozen=True, slots=True)
class Overseen:
    """What the officer sees of links: those asked to end; one of each case nobody coordinates."""

    lifts: tuple[Exclusion, ...]
    uncoordinated: tuple[Exclusion, ...]


@dataclass(frozen=True, slots=True)
class LinkService:
    """Only who finds a case declares a link on it: a declaration in advance would be a search.

    What the link is, nobody asks and nothing keeps.
    """

    ledger: Ledger
    database: Database
    admission: Admission
    naming: CaseNaming
    excluding: Excluding

    def see(self, who: Principal, reason: Reason, case_id: UUID) -> Prospect:
        """Return what declaring a link on a case would leave behind; nothing is declared yet."""
        with self.ledger.consult(who, reason) as work:
            shown = self.admission.shown(work, case_id, _LIST)
            away = self._away(work, case_id) | {who.member_id}
            _, seats = _circle(work, shown.row.group_id)
            work.record(Entry(Act.LINK_LISTED, cases=(case_id,), detail={"shown": 1}))
        alone = shown.standing.coordinator and not _coordinators(seats, away)
        return Prospect(shown.row, leads=shown.facts.lead, alone=alone)

    def declare(self, who: Principal, reason: Reason, case_id: UUID) -> None:
        """Keep a case from oneself, from now on and everywhere."""
        with self.ledger.begin(who, reason) as work:
            admitted = self.admission.case(work, case_id, _LIST)
            if who.member_id is None or who.organisation_id is None:
                raise AccessDenied(Act.LINK_DECLARED, "not-a-member", subject=str(case_id))
            holder = who.member_id, who.organisation_id
            told = self._keep_away(work, admitted, holder, declared=True)
            _record(work, admitted, Act.LINK_DECLARED, {"member": who.member_id, **told})

    def exclude(self, who: Principal, reason: Reason, case_id: UUID, holder_id: UUID) -> None:
        """Keep a case from another member, or from a whole body, that has a link with somebody.

        Raises `AccessDenied` for who neither coordinates nor leads, `InvalidInput` for oneself,
        for the coordinating body, and for whoever does not sit in the group.
        """
        with self.ledger.begin(who, reason) as work:
            admitted = self.admission.case(work, case_id, _LIST)
            _require_set(admitted, Act.LINK_SET)
            group, seats = _circle(work, admitted.row.group_id)
            check_excluded(holder_id, who.member_id, group.coordinating_id)
            holder = _holder(seats, holder_id)
            told = self._keep_away(work, admitted, holder, declared=False)
            kind = "organisation" if holder[0] == holder[1] else "member"
            _record(work, admitted, Act.LINK_SET, {kind: holder_id, **told})

    def ask_lift(self, who: Principal, reason: Reason, case_id: UUID, holder_id: UUID) -> None:
        """Ask the officer that a link end; until they agree, nothing changes.

        Raises `AccessDenied` for who does not coordinate; nor does anybody find the case of a link
        of their own.
        """
        with self.ledger.begin(who, reason) as work:
            admitted = self.admission.case(work, case_id, _LIST)
            if not admitted.standing.coordinator:
                raise AccessDenied(Act.LIFT_ASKED, "other-function", subject=str(case_id))
            one = self.excluding.one(work, case_id, holder_id)
            self.excluding.ask_lift(work, one)
            _record(work, admitted, Act.LIFT_ASKED, {"holder": holder_id})

    def look(self, who: Principal) -> Overseen:
        """Return what the officer answers, and is to know: to them alone."""
        with self.ledger.consult(who, Reason.CONTROL) as work:
            require_officer(work, Act.LINK_LISTED)
            found = self._overseen(work)
            ids = [one.case_id for one in (*found.lifts, *found.uncoordinated)]
            detail: Detail = {"shown": len(ids)}
            work.record(Entry(Act.LINK_LISTED, cases=tuple(dict.fromkeys(ids)), detail=detail))
        return found

    def _overseen(self, work: Work) -> Overseen:
        """Look at the links of every case: the officer is admitted to none."""
        council_id = work.principal.council_id
        with self.database.reading(Scope(council_id, whole=True)) as session:
            links = gateway.all_links(session, council_id)
            groups = living_in(session, council_id, {one.case_id for one in links})
        away: dict[UUID, set[UUID | None]] = {}
        for one in links:
            away.setdefault(one.case_id, set()).add(one.holder_id)
        seats = {one: _circle(work, one)[1] for one in set(groups.values())}
        left = {one for one, group in groups.items() if not _coordinators(seats[group], away[one])}
        first = {one.case_id: one for one in links if one.case_id in left}
        lifts = [one for one in links if one.lift_asked_by is not None]
        return Overseen(tuple(lifts), tuple(first.values()))

    def answer(self, who: Principal, case_id: UUID, holder_id: UUID, *, agreed: bool) -> None:
        """Agree that a link end, or not; the officer alone, with a fresh second factor."""
        with self.ledger.begin(who, Reason.CONTROL) as work:
            require_officer(work, Act.LINK_LIFTED)
            require_fresh(who, work.now)
            one = self.excluding.one(work, case_id, holder_id)
            if one.lift_asked_by is None:
                raise AccessDenied(Act.LINK_LIFTED, "not-asked", subject=str(case_id))
            (self.excluding.lift if agreed else self.excluding.keep)(work, one)
            act = Act.LINK_LIFTED if agreed else Act.LIFT_REFUSED
            detail: Detail = {"holder": holder_id, "asked": one.lift_asked_by}
            work.record(Entry(act, case_id=case_id, detail=detail))

    def listed(self, who: Principal, reason: Reason, case_id: UUID) -> list[Exclusion]:
        """Return the links on a case to the coordination or the lead. Raises `AccessDenied`."""
        with self.ledger.consult(who, reason) as work:
            shown = self.admission.shown(work, case_id, _LIST)
            _require_set(shown, Act.LINK_LISTED)
            found = gateway.exclusions_of(work.session, who.council_id, [case_id])
            work.record(Entry(Act.LINK_LISTED, cases=(case_id,), detail={"shown": len(found)}))
        return found

    def of_case(self, who: Principal, case_id: UUID) -> list[Exclusion]:
        """Return the links on a case, for the coordination or the lead just shown it."""
        with self.database.reading(Scope(who.council_id, who.organisation_id)) as session:
            return gateway.exclusions_of(session, who.council_id, [case_id])

    def _keep_away(
        self, work: Work, admitted: Admitted, holder: tuple[UUID, UUID], *, declared: bool
    ) -> Detail:
        """Keep the case away, end what was given with it, and tell what that leaves behind."""
        case, (holder_id, organisation_id) = admitted.row, holder
        _, seats = _circle(work, case.group_id)
        self.excluding.add(work, case.id, holder, declared=declared)
        away = self._away(work, case.id)
        led = case.lead_id is not None and _is_away(seats, case.lead_id, away)
        if led:
            case.lead_id = None
        if holder_id == organisation_id:
            self.naming.put_out(work, case, organisation_id)
        else:
            self.naming.unname(work, case, holder_id)
        return {"led": int(led), "uncoordinated": int(not _coordinators(seats, away))}

    def _away(self, work: Work, case_id: UUID) -> set[UUID | None]:
        links = gateway.exclusions_of(work.session, work.principal.council_id, [case_id])
        return {one.holder_id for one in links}


def _circle(work: Work, group_id: UUID) -> tuple[Group, list[Seat]]:
    council_id = work.principal.council_id
    group = partners.group(work.session, council_id, group_id)
    if group is None:
        raise AccessDenied(Act.LINK_SET, "no-such-group", subject=str(group_id))
    return group, seats_of(work.session, council_id, group, local_day(work.now))


def _require_set(case: Admitted | Shown, wanted: Act) -> None:
    if not may_exclude(case.standing, case.facts):
        raise AccessDenied(wanted, "other-function", subject=str(case.row.id))


def _holder(seats: Collection[Seat], holder_id: UUID) -> tuple[UUID, UUID]:
    """Return who is meant, with their body: a member of the group, or a body that sits in it."""
    for seat in seats:
        if holder_id in {seat.member_id, seat.organisation.id}:
            return holder_id, seat.organisation.id
    raise InvalidInput({"holder": [_CHOOSE]})


def _is_away(seats: Collection[Seat], member_id: UUID, away: Collection[UUID | None]) -> bool:
    bodies = {one.organisation.id for one in seats if one.member_id == member_id}
    return bool({member_id, *bodies}.intersection(away))


def _coordinators(seats: Collection[Seat], away: Collection[UUID | None]) -> list[Seat]:
    """Return who still coordinates a case: without anybody, another is to be given a mandate."""
    return [
        one
        for one in seats
        if one.holds(Role.COORDINATOR) and not {one.member_id, one.organisation.id} & set(away)
    ]


def _record(work: Work, admitted: Admitted, act: Act, detail: Detail) -> None:
    article = admitted.decision.article or None
    work.record(Entry(act, case_id=admitted.row.id, article=article, detail=detail))
