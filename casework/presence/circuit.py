"""The groups that answer a procedure: their cases by id and state, and whom to call."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from casework.cases.gateway import living
from casework.cases.gateway.admission import Charters
from casework.charters.vocabulary import CaseKind
from casework.clock import Clock, local_day
from casework.db.engine import Database, Scope
from casework.identity import Principal, Role
from casework.partners import gateway as partners
from casework.partners.gateway.seats import seats_of
from casework.partners.values import Group
from casework.presence.policy import ANSWERING, answers
from casework.presence.values import Circuit, Contact

Silences = Callable[[Session, Principal], Collection[UUID]]
"""Gives the cases that answer nobody, and those that do not answer this member: to either the
answer is no. Somebody protected, or tied to whoever asks, is not to be found by asking."""


@dataclass(frozen=True, slots=True)
class Circuits:
    """Reads ids, states and professional names across groups, for the answer alone: no leaf."""

    database: Database
    charters: Charters
    clock: Clock
    silences: Silences

    def of(self, who: Principal, kind: CaseKind) -> Circuit:
        """Return the groups of a procedure that answer, and the cases that answer `who`.

        Contacts are those of every group: to look one up would tell that there is an answer.
        """
        day = local_day(self.clock.now())
        with self.database.reading(Scope(who.council_id, whole=True)) as session:
            groups = self._answering(session, who.council_id, kind)
            cases = living.places(session, who.council_id, groups, ANSWERING)
            silent = frozenset(self.silences(session, who))
            return Circuit(
                groups=groups,
                cases={one: at for one, at in cases.items() if one not in silent},
                contacts=_contacts(session, who.council_id, groups.values(), day),
            )

    def _answering(self, session: Session, council_id: UUID, kind: CaseKind) -> dict[UUID, Group]:
        found = {one.id: one for one in partners.groups(session, council_id) if one.kind is kind}
        return {
            own_id: one
            for own_id, one in found.items()
            if answers(self.charters.of_version(session, council_id, one.charter_id), kind)
        }


def _contacts(
    session: Session, council_id: UUID, groups: Collection[Group], day: date
) -> dict[UUID, Contact]:
    bodies = {one.id: one.name for one in partners.organisations(session, council_id)}
    return {
        one.id: _contact(session, council_id, one, (day, bodies[one.coordinating_id]))
        for one in groups
    }


def _contact(session: Session, council_id: UUID, group: Group, at: tuple[date, str]) -> Contact:
    """Return who coordinates a group today; its coordinating body where nobody does."""
    day, body = at
    for seat in seats_of(session, council_id, group, day):
        if seat.holds(Role.COORDINATOR):
            return Contact(seat.name.full, seat.organisation.name, group.name)
    return Contact("", body, group.name)
