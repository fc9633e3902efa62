"""Tries every door to cases, before anybody is served, with cases that nobody may see."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from sqlalchemy.orm import Session

from casework.audit.work import Work
from casework.cases.gateway.admission import Admission
from casework.cases.gateway.agenda import Agenda
from casework.cases.gateway.drafting import Drafting
from casework.cases.gateway.forbidden import Planting, undeclared_is_refused
from casework.cases.gateway.reading import CaseReading
from casework.cases.gateway.referring import Referring
from casework.cases.gateway.victim_listing import VictimListing
from casework.cases.orders import Asked
from casework.charters.outcome import Wanted
from casework.charters.vocabulary import (
    CaseKind,
    CharterAct,
    CompartmentClass,
    PartnerCategory,
)
from casework.clock import Clock, local_day
from casework.db.engine import Database, Scope
from casework.entropy import Entropy
from casework.errors import AccessDenied, Misconfigured
from casework.identity import Mandate, Principal, PrincipalKind, Reason, Role
from casework.partners import gateway as partners
from casework.partners.values import Group

_READ: Final = Wanted(CharterAct.READ, CompartmentClass.IDENTITY)
_NAME: Final = Wanted(CharterAct.NAME)
_NOBODY: Final = UUID(int=0)
_Shows = Callable[[UUID], bool]


class _Undone(Exception):
    """Ends the transaction: nothing of it stays."""


@dataclass(frozen=True, slots=True)
class Doors:
    """Every way to a case, each asked by a coordinator with every tie to it but one."""

    database: Database
    admission: Admission
    reading: CaseReading
    agenda: Agenda
    drafting: Drafting
    clock: Clock
    entropy: Entropy

    def examine(self, council_id: UUID) -> int:
        """Return how many cases stayed unseen, and leave nothing behind.

        Raises `Misconfigured` with the name of each door through which one came, and when the
        tripwire does not hold.
        """
        shut: list[str] = []
        through: list[str] = []
        with _undoing(self.database, council_id) as session:
            if not undeclared_is_refused(session):
                through.append("a statement that declares no decision is run")
            for group, reader in self._readers(session, council_id):
                planting = Planting(session, self.clock, self.entropy, group, reader)
                shut_here, through_here = self._of_group(planting)
                shut += shut_here
                through += through_here
        if through:
            raise Misconfigured([f"a case came where nobody may see it: {one}" for one in through])
        return len(shut)

    def _readers(self, session: Session, council_id: UUID) -> Iterator[tuple[Group, Principal]]:
        """Give, for each group, somebody whom its charter lets see the most."""
        day = local_day(self.clock.now())
        members = partners.members(session, council_id)
        for group in partners.groups(session, council_id) if members else ():
            yield (
                group,
                Principal(
                    PrincipalKind.MEMBER,
                    council_id,
                    members[0].id,
                    group.coordinating_id,
                    PartnerCategory.MUNICIPALITY,
                    mandates=(Mandate(Role.COORDINATOR, group.id, day, day, signed=True),),
                ),
            )

    def _of_group(self, planting: Planting) -> tuple[list[str], list[str]]:
        session, group, reader = planting.session, planting.group, planting.reader
        communes = partners.territory(session, reader.council_id, group.id)
        cases = planting.plant(min(communes, default=""))
        work = _lent(reader, self.clock, session)
        doors = {**self._single(work), **self._lists(work, group, list(cases))}
        through = [
            f"{door} ({group.prefix}, {wall})"
            for door, shows in doors.items()
            for case_id, wall in cases.items()
            if shows(case_id)
        ]
        if self._gives_draft(planting):
            through.append(f"draft ({group.prefix}, of another)")
        return list(cases.values()), through

    def _single(self, work: Work) -> Mapping[str, _Shows]:
        admission, who, now = self.admission, work.principal, work.now
        return {
            "case": lambda one: _opens(lambda: self.reading.load(work, one)),
            "change": lambda one: _opens(lambda: admission.case(work, one, _NAME)),
            "shown": lambda one: _opens(lambda: admission.shown(work, one, _READ)),
            "reads": lambda one: admission.reads(work.session, who, now, one),
            "lists": lambda one: admission.lists(work.session, who, now, one),
        }

    def _lists(self, work: Work, group: Group, ids: Sequence[UUID]) -> Mapping[str, _Shows]:
        listing, referring = self.agenda.listing, Referring(self.agenda.listing)
        victims = VictimListing(replace(listing, kinds=frozenset({CaseKind.VICTIM})))
        council_id, charters = work.principal.council_id, self.admission.charters
        clocks = charters.of_group(work.session, council_id, group.id).clocks
        shown: Mapping[str, Iterable[UUID]] = {
            "list": [one.head.id for one in listing.load(work, Asked()).rows],
            "actions": listing.load_actions(work).heads,
            "own referrals": [head.id for head in referring.mine(work).heads],
            "triage": [head.id for head in referring.waiting(work).heads],
            "victims": [line.head.id for line in victims.load(work, None)],
            "due": [one.head.id for one in self.agenda.due(work, group.id, clocks)],
            "agenda": self.agenda.cases(work, group.id, ids),
            "put": self.agenda.put(work, (group.id, _NOBODY), ids, seated=False),
        }
        return {door: frozenset(found).__contains__ for door, found in shown.items()}

    def _gives_draft(self, planting: Planting) -> bool:
        own_id, other = planting.draft(), replace(planting.reader, member_id=_NOBODY)
        work = _lent(other, self.clock, planting.session)
        listed = any(line.id == own_id for line in self.drafting.mine(work))
        return listed or _opens(lambda: self.drafting.row(work, own_id))


@contextmanager
def _undoing(database: Database, council_id: UUID) -> Iterator[Session]:
    """Give a session that may add rows, and take all of it back."""
    with suppress(_Undone), database.writing(Scope(council_id, whole=True)) as session:
        yield session
        raise _Undone


def _lent(reader: Principal, clock: Clock, session: Session) -> Work:
    """Return a work that is never committed, hence leaves no trail: nobody is shown anything."""
    work = Work(reader, Reason.OPERATION, clock.now())
    work.lend(session)
    return work


def _opens(ask: Callable[[], object]) -> bool:
    try:
        ask()
    except AccessDenied:
        return False
    return True
