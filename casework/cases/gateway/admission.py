"""Before anything: which row, which facts, what the charter answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Generic, Protocol, TypeAlias, TypeVar
from uuid import UUID

from sqlalchemy.orm import Session

from casework.audit.work import Work
from casework.cases.gateway.facts import Asker, find_case, find_row
from casework.cases.merging import FROZEN
from casework.cases.models import CaseRow
from casework.cases.values import CaseHead
from casework.charters.charter import Charter
from casework.charters.decision import decide, demand, granted
from casework.charters.facts import NO_CASE, CaseFacts, Standing, standing_of
from casework.charters.outcome import Decision, Wanted
from casework.charters.vocabulary import CharterAct, CompartmentClass
from casework.clock import local_day
from casework.errors import AccessDenied, StepRefused
from casework.identity import Principal
from casework.keys.lending import NEVER_LENT
from casework.keys.recovery.values import Exceptional

_READ = Wanted(CharterAct.READ, CompartmentClass.IDENTITY)
_LIST = Wanted(CharterAct.LIST)
_AS_IF_NAMED = {"admitted": True, "named": True}


class Charters(Protocol):
    """Finds the charter in force for a group, compiled."""

    def of_group(self, session: Session, council_id: UUID, group_id: UUID) -> Charter:
        """Return it. Raises `AccessDenied` for a group nobody knows."""
        ...

    def of_version(self, session: Session, council_id: UUID, charter_id: UUID) -> Charter:
        """Return a version by its id."""
        ...


CaseT = TypeVar("CaseT", CaseRow, CaseHead)


@dataclass(frozen=True, slots=True)
class Ground(Generic[CaseT]):
    """A case somebody may do something with, and why."""

    row: CaseT
    charter: Charter
    standing: Standing
    facts: CaseFacts
    decision: Decision
    exceptional: Exceptional | None = None

    def may(self, wanted: Wanted, **changed: bool) -> Decision:
        """Answer a further question about the same case; `changed` facts concern its object.

        An exceptional access stands for a naming where it reads, and never for the rest.
        """
        if self.exceptional is not None and _lendable(wanted):
            changed = {**changed, **_AS_IF_NAMED}
        return decide(self.charter, self.standing, wanted, changed_facts(self.facts, **changed))


Admitted: TypeAlias = Ground[CaseRow]
"""With the row itself, for what changes it."""

Shown: TypeAlias = Ground[CaseHead]
"""With its clear facts, for what leaves its row as it is: without an entity, half the cost."""


@dataclass(frozen=True, slots=True)
class Admission:
    """Asks the charter, with facts read in the same transaction."""

    charters: Charters
    exceptions: Callable[[Work, UUID], Exceptional | None] = lambda *_: None

    def group(
        self, work: Work, group_id: UUID, wanted: Wanted, facts: CaseFacts = NO_CASE
    ) -> Charter:
        """Return the charter of a group in which `wanted` is allowed, or raise `AccessDenied`."""
        who = work.principal
        charter = self.charters.of_group(work.session, who.council_id, group_id)
        standing = standing_in(who, group_id, work)
        decision = demand(charter, standing, wanted, facts, str(group_id))
        work.cite(decision.article, charter.digest)
        return charter

    def case(self, work: Work, case_id: UUID, wanted: Wanted, **tied: bool) -> Admitted:
        """Return a case with which `wanted` is allowed; `tied` facts concern its object.

        Raises `AccessDenied` alike when there is none, and when the charter or a wall refuses.
        """
        asker = _asker(work)
        found = find_row(work.session, asker, case_id)
        return _cited(work, self._ground(work.session, asker, found, (case_id, wanted), tied))

    def shown(self, work: Work, case_id: UUID, wanted: Wanted, **tied: bool) -> Shown:
        """Return the clear facts of a case whose row stays as it is. Raises as `case`."""
        return _cited(work, self._shown(work.session, _asker(work), case_id, wanted, **tied))

    def reading(self, work: Work, case_id: UUID, wanted: Wanted) -> Shown:
        """Return a case that may be read, or that an exceptional access opens for now.

        Raises as `case`.
        """
        try:
            return self.shown(work, case_id, wanted)
        except AccessDenied:
            access = self.exceptions(work, case_id)
            if access is None or not _lendable(wanted):
                raise
        shown = self.shown(work, case_id, wanted, **_AS_IF_NAMED)
        return replace(shown, facts=usual_facts(work, case_id), exceptional=access)

    def weighed(
        self, session: Session, asker: Asker, case_id: UUID, access: Exceptional | None = None
    ) -> Shown | None:
        """Return a case with all that its charter is asked with, whatever it says; None for none.

        `decision` is that of reading. An exceptional `access` counts where `reading` lets it count.
        `session` sees rows that theirs may not.
        """
        found = find_case(session, asker, case_id)
        if found is None:
            return None
        ground = self._weighed(session, asker, found, _READ, {})
        if ground.decision.allowed or access is None:
            return ground
        if_named = decide(
            ground.charter, ground.standing, _READ, changed_facts(ground.facts, **_AS_IF_NAMED)
        )
        return replace(ground, exceptional=access) if if_named.allowed else ground

    def may(
        self, session: Session, who: Principal, now: datetime, case_id: UUID, wanted: Wanted
    ) -> bool:
        """Say whether `wanted` is allowed with a case, before somebody does it."""
        return self._is_admitted(session, (who, now), case_id, wanted)

    def reads(self, session: Session, who: Principal, now: datetime, case_id: UUID) -> bool:
        """Say whether somebody reads a case without any exception."""
        return self._is_admitted(session, (who, now), case_id, _READ)

    def lists(self, session: Session, who: Principal, now: datetime, case_id: UUID) -> bool:
        """Say whether somebody finds a case in their lists."""
        return self._is_admitted(session, (who, now), case_id, _LIST)

    def if_named(self, session: Session, who: Principal, now: datetime, case_id: UUID) -> CaseHead:
        """Return a case that somebody could read if they were named on it.

        `session` sees rows that theirs may not. Raises as `case`.
        """
        return self._shown(session, (who, now), case_id, _READ, **_AS_IF_NAMED).row

    def if_opened(self, work: Work, case_id: UUID) -> Shown:
        """Return a case that who acts could read with a second person. Raises as `case`."""
        shown = self.shown(work, case_id, _READ, protected=False)
        return replace(shown, facts=usual_facts(work, case_id))

    def opens(self, session: Session, who: Principal, now: datetime, case_id: UUID) -> bool:
        """Say whether somebody could read a case with a second person."""
        return self._is_admitted(session, (who, now), case_id, _READ, protected=False)

    def _is_admitted(
        self, session: Session, asker: Asker, case_id: UUID, wanted: Wanted, **tied: bool
    ) -> bool:
        try:
            self._shown(session, asker, case_id, wanted, **tied)
        except AccessDenied:
            return False
        return True

    def _shown(
        self, session: Session, asker: Asker, case_id: UUID, wanted: Wanted, **tied: bool
    ) -> Shown:
        found = find_case(session, asker, case_id)
        return self._ground(session, asker, found, (case_id, wanted), tied)

    def _ground(
        self,
        session: Session,
        asker: Asker,
        found: tuple[CaseT, UUID, CaseFacts] | None,
        aim: tuple[UUID, Wanted],
        tied: Mapping[str, bool],
    ) -> Ground[CaseT]:
        case_id, wanted = aim
        if found is None:
            raise AccessDenied(str(wanted), "no-such-case", subject=str(case_id))
        ground = self._weighed(session, asker, found, wanted, tied)
        granted(ground.charter, ground.decision, wanted, str(case_id))
        if wanted.act in FROZEN and ground.row.merged_into is not None:
            raise StepRefused("merged")
        return ground

    def _weighed(
        self,
        session: Session,
        asker: Asker,
        found: tuple[CaseT, UUID, CaseFacts],
        wanted: Wanted,
        tied: Mapping[str, bool],
    ) -> Ground[CaseT]:
        row, charter_id, facts = found
        facts = changed_facts(facts, **tied)
        charter = self.charters.of_version(session, asker[0].council_id, charter_id)
        standing = standing_on(asker[0], row.group_id, local_day(asker[1]))
        return Ground(row, charter, standing, facts, decide(charter, standing, wanted, facts))


def standing_in(who: Principal, group_id: UUID, work: Work) -> Standing:
    """Return what a principal is in a group today."""
    return standing_on(who, group_id, local_day(work.now))


def standing_on(who: Principal, group_id: UUID, day: date) -> Standing:
    """Return what a principal is in a group on a day."""
    mandate = who.mandate(group_id, day)
    signed = mandate.signed if mandate else False
    return standing_of(who, group_id, day, charter_signed=signed)


def usual_facts(work: Work, case_id: UUID) -> CaseFacts:
    """Return the facts of a case without any exception."""
    found = find_case(work.session, _asker(work), case_id)
    return NO_CASE if found is None else found[2]


def _lendable(wanted: Wanted) -> bool:
    return wanted.act is CharterAct.READ and wanted.class_ not in NEVER_LENT


def _cited(work: Work, ground: Ground[CaseT]) -> Ground[CaseT]:
    """Let the leaves of this work name the article that has just allowed something."""
    work.cite(ground.decision.article, ground.charter.digest)
    return ground


def _asker(work: Work) -> Asker:
    return work.principal, work.now


_OBJECT_FACTS = (
    "excluded", "admitted", "in_territory", "sealed", "restricted", "named", "lead", "referrer",
    "own_service", "own_action", "own_commune", "on_agenda", "in_meeting", "followed", "protected",
)  # fmt: skip


def changed_facts(facts: CaseFacts, **changed: bool) -> CaseFacts:
    """Return the same facts but for those of the object at hand."""
    if all(getattr(facts, name) is value for name, value in changed.items()):
        return facts
    known = {name: getattr(facts, name) for name in _OBJECT_FACTS}
    return CaseFacts(**{**known, **changed})
