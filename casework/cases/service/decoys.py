"""Decoys: cases of nobody, placed by the operator, that no one has a reason to open."""

from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from casework.audit.actions import Act
from casework.audit.entry import Entry
from casework.audit.ledger import Ledger
from casework.audit.work import Work
from casework.cases.decoy_lives import invented
from casework.cases.gateway.admission import Charters
from casework.cases.gateway.counting import Counting
from casework.cases.gateway.decoys import Decoys
from casework.cases.gateway.sending import CaseSending
from casework.cases.procedures.catalogue import procedure_of
from casework.charters.kinds import REASONS
from casework.clock import local_day
from casework.db.engine import Database, Scope
from casework.errors import AccessDenied, InvalidInput
from casework.identity import Principal, PrincipalKind, Reason, Role
from casework.partners import gateway as partners
from casework.partners.values import Group
from casework.sentences import N_

_WANTED: Final = "decoy"


@dataclass(frozen=True, slots=True)
class DecoyService:
    """Places decoys and counts them; which cases they are, nobody is told."""

    ledger: Ledger
    database: Database
    charters: Charters
    sending: CaseSending
    counting: Counting
    decoys: Decoys

    def place(self, who: Principal, group_id: UUID) -> None:
        """Place a decoy in a group, sealed like any case, for its coordinating organisation.

        The line is that of any referral: one of its own kind beside it would point at the case.
        That it is a decoy stands in the sealed part, which the officer reads. Raises `Locked`
        where the organisation's keys are held by its members.
        """
        group, acting = self._acting(who, group_id)
        with self.ledger.begin(acting, Reason.OPERATION) as work:
            _require_operator(who)
            charter = self.charters.of_group(work.session, who.council_id, group_id)
            procedure_of(charter.kind)
            place = (group_id, _commune(work, group_id))
            reasons, day = charter.lists[REASONS[charter.kind]], local_day(work.now)
            told = invented(place, reasons, day, self.sending.entropy)
            told = replace(told, kind=charter.kind)
            referrer = _coordinator(work, group)
            sent = self.sending.send(work, told, group.coordinating_id, referrer)
            self.sending.accept(work, sent, self.counting.next_reference(work, group_id))
            self.decoys.add(work, sent.case_id)
            parts, detail = sent.compartments, {"decoy": 1}
            entry = Entry(
                Act.REFERRAL_SENT, case_id=sent.case_id, compartments=parts, detail=detail
            )
            work.record(entry)

    def count(self, who: Principal) -> dict[str, int]:
        """Return how many decoys each group has, by its prefix; a line says that it was asked."""
        with self.ledger.consult(who, Reason.OPERATION) as work:
            _require_operator(who)
            counts = self.decoys.by_group(work)
            groups = partners.groups(work.session, who.council_id)
            work.record(Entry(Act.OPERATOR_ACTED, detail={"task": "decoys:counted"}))
        return {one.prefix: counts.get(one.id, 0) for one in groups}

    def _acting(self, who: Principal, group_id: UUID) -> tuple[Group, Principal]:
        """Return a group, and the operator acting for its coordinating organisation.

        Without a line: beside that of the referral it would tell what the referral is.
        """
        with self.database.reading(Scope(who.council_id, whole=True)) as session:
            group = partners.group(session, who.council_id, group_id)
        if group is None:
            raise AccessDenied(_WANTED, "no-such-group", subject=str(group_id))
        return group, replace(who, organisation_id=group.coordinating_id)


def _require_operator(who: Principal) -> None:
    if who.kind is not PrincipalKind.OPERATOR:
        raise AccessDenied(_WANTED, "other-function")


def _commune(work: Work, group_id: UUID) -> str:
    return min(partners.territory(work.session, work.principal.council_id, group_id))


def _coordinator(work: Work, group: Group) -> UUID:
    """Return who coordinates a group today. Raises `InvalidInput` when nobody does."""
    council_id, day = work.principal.council_id, local_day(work.now)
    for member in partners.members_of_group(work.session, council_id, group.id, day):
        found = partners.standing(work.session, council_id, member.id, day)
        roles = [one.role for one in found.mandates if one.group_id == group.id] if found else []
        if member.organisation_id == group.coordinating_id and Role.COORDINATOR in roles:
            return member.id
    raise InvalidInput({"group": [N_("Personne ne coordonne ce groupe aujourd’hui.")]})
