"""What somebody else may do, and why: for the officer, for a trainer, for who runs the machine."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlalchemy.orm import Session

from casework.audit.actions import Act
from casework.audit.entry import Detail, Entry
from casework.audit.ledger import Ledger
from casework.audit.work import Work
from casework.cases.gateway.admission import Shown, standing_on
from casework.cases.gateway.reaching import count_granted
from casework.charters.explain import account, holding, questions, told
from casework.charters.facts import NO_CASE
from casework.charters.outcome import Wanted
from casework.charters.simulator import Invented
from casework.charters.vocabulary import CharterAct
from casework.clock import local_day
from casework.db.engine import Database, Scope
from casework.errors import AccessDenied, IntegrityFailure
from casework.explanations.finding import Found, Weighing, member_of
from casework.explanations.policy import COUNTED, is_operator, require_explainer, trains_in
from casework.explanations.values import Counted, Explained, Reach, Reached, Simulated
from casework.identity import Principal, Reason
from casework.partners import gateway as partners
from casework.partners.values import Group, MemberLabel

_AUDIT: Final = Wanted(CharterAct.AUDIT)


@dataclass(frozen=True, slots=True)
class ExplanationService:
    """One method for each question; each leaves its leaf, and opens no key."""

    ledger: Ledger
    database: Database
    weighing: Weighing

    def explain(self, who: Principal, member_id: UUID, case: str) -> Explained:
        """Return everything that a member may and may not do on a case, and why.

        `case` is its reference or its id. Who referred is known to the coordination and to
        themselves: the operator is answered as if nobody had.

        Raises `AccessDenied`; `InvalidInput` for a member or a case that are not known.
        """
        with self.ledger.consult(who, _reason(who)) as work:
            require_explainer(who, local_day(work.now), Act.ACCESS_EXPLAINED)
            blind = is_operator(who)
            with self._everything(who) as session:
                found = member_of(session, work, member_id)
                ground = self.weighing.ground(session, work, found.member, case)
                if blind:
                    ground = self.weighing.without_referral(session, ground, found.member)
                group = _group(session, who.council_id, ground.row.group_id)
            self._cite(work, group.id)
            detail: Detail = {"member": member_id}
            work.record(Entry(Act.ACCESS_EXPLAINED, case_id=ground.row.id, detail=detail))
        return _explained(found, ground, group, blind=blind)

    def members(self, who: Principal) -> dict[UUID, MemberLabel]:
        """Return those of whom one may ask, by family name. Raises `AccessDenied`."""
        with self.ledger.consult(who, _reason(who)) as work:
            require_explainer(who, local_day(work.now), Act.ACCESS_EXPLAINED)
            every = [one.id for one in partners.members(work.session, who.council_id)]
            labels = partners.labels(work.session, who.council_id, every)
            work.record(Entry(Act.MEMBER_LISTED, detail={"members": len(labels)}))
        return {one: labels[one] for one in every if one in labels}

    def reach(self, who: Principal, member_id: UUID) -> Reach:
        """Return what a member is in each group, and in how many of its cases they may what.

        Raises as `explain`.
        """
        with self.ledger.consult(who, _reason(who)) as work:
            require_explainer(who, local_day(work.now), Act.ACCESS_SIMULATED)
            with self._everything(who) as session:
                found = member_of(session, work, member_id)
                groups = _groups_of(session, found.member, work)
            # Counted behind the same rows as their own lists: those of their organisation.
            scope = Scope(who.council_id, found.member.organisation_id)
            with self.database.reading(scope) as session:
                reached = tuple(self._reached(session, work, found.member, one) for one in groups)
            for one in groups:
                self._cite(work, one.id)
            detail: Detail = {"member": member_id, "groups": len(groups)}
            work.record(Entry(Act.ACCESS_SIMULATED, detail=detail))
        return Reach(member_id, found.locked, is_operator(who), reached)

    def simulate(
        self, who: Principal, reason: Reason, invented: Invented, group_id: UUID | None = None
    ) -> Simulated:
        """Return what the charter of a group would answer an invented person.

        Without a group, of the first that may be chosen. Raises `AccessDenied`.
        """
        with self.ledger.consult(who, reason) as work:
            every = partners.groups(work.session, who.council_id)
            groups = trains_in(who, every, local_day(work.now))
            chosen = next((one for one in groups if group_id in (one.id, None)), None)
            if chosen is None:
                raise AccessDenied(Act.ACCESS_SIMULATED, "other-function")
            charters = self.weighing.admission.charters
            charter = charters.of_version(work.session, who.council_id, chosen.charter_id)
            work.record(Entry(Act.ACCESS_SIMULATED, detail=_codes(invented)))
        standing, facts = invented.standing, invented.facts
        return Simulated(
            groups=groups,
            group=chosen,
            charter=charter,
            invented=invented,
            facts=holding(standing, facts),
            lines=account(charter, standing, facts),
        )

    def _everything(self, who: Principal) -> AbstractContextManager[Session]:
        return self.database.reading(Scope(who.council_id, whole=True))

    def _cite(self, work: Work, group_id: UUID) -> None:
        """Ask the charter for the officer; nobody's charter speaks of who runs the machine."""
        if not is_operator(work.principal):
            self.weighing.admission.group(work, group_id, _AUDIT)

    def _reached(self, session: Session, work: Work, member: Principal, group: Group) -> Reached:
        charters = self.weighing.admission.charters
        charter = charters.of_version(session, member.council_id, group.charter_id)
        standing = standing_on(member, group.id, local_day(work.now))
        asked = [one for one in questions(charter) if one.wanted.act in COUNTED]
        counts = count_granted(
            session,
            (member, work.now),
            (group.id, charter, standing),
            asked,
            blind=is_operator(work.principal),
        )
        lines = account(charter, standing, NO_CASE)
        return Reached(
            group=group,
            charter=charter,
            facts=holding(standing, NO_CASE),
            lines=tuple(one for one in lines if one.question.wanted.act not in COUNTED),
            counts=tuple(map(Counted, asked, counts)),
        )


def _explained(found: Found, ground: Shown, group: Group, *, blind: bool) -> Explained:
    charter, head, access = ground.charter, ground.row, ground.exceptional
    if found.member.member_id is None:
        raise IntegrityFailure("a member without an id")
    return Explained(
        member_id=found.member.member_id,
        case_id=head.id,
        reference=head.reference or "",
        group=group,
        charter=charter,
        facts=holding(ground.standing, ground.facts),
        lines=tuple(
            told(charter, one, ground.may(one.wanted, **one.facts)) for one in questions(charter)
        ),
        blind=blind,
        locked=found.locked,
        exceptional_until=access.until if access else None,
    )


def _groups_of(session: Session, member: Principal, work: Work) -> list[Group]:
    day = local_day(work.now)
    ids = {one.group_id for one in member.mandates if one.group_id and one.valid_on(day)}
    return [one for one in partners.groups(session, member.council_id) if one.id in ids]


def _group(session: Session, council_id: UUID, group_id: UUID) -> Group:
    group = partners.group(session, council_id, group_id)
    if group is None:
        raise IntegrityFailure("a case of no group")
    return group


def _reason(who: Principal) -> Reason:
    return Reason.OPERATION if is_operator(who) else Reason.CONTROL


def _codes(invented: Invented) -> Detail:
    ties = {f"tie{at}": tie for at, tie in enumerate(sorted(invented.ties))}
    return {
        "category": invented.category,
        "role": invented.role,
        "stage": invented.stage,
        "lacking": invented.lacking,
        **ties,
    }
