"""What comes to an end within a month: undertakings, mandates, signatures of partners."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from casework.charters import gateway as charters
from casework.charters.engagement import NOTICE, ends_soon
from casework.clock import Clock, local_day
from casework.db.engine import Database, Scope
from casework.identity import Principal, Role
from casework.partners import gateway as partners
from casework.partners.gateway import suspending
from casework.reviews import gateway
from casework.reviews.values import Ending, EndKind, Review


@dataclass(frozen=True, slots=True)
class Nearing:
    """What a member should know today: what of theirs ends soon, and what their body is asked.

    `awaiting`: answers to confirm, for whoever coordinates.
    """

    endings: tuple[Ending, ...]
    review: Review | None
    awaiting: int = 0


@dataclass(frozen=True, slots=True)
class EndingService:
    """Reads without a leaf: dates of one's own, and no case."""

    database: Database
    clock: Clock

    def of(self, who: Principal) -> Nearing:
        """Return what this person should know."""
        day = local_day(self.clock.now())
        if who.member_id is None or who.organisation_id is None:
            return Nearing((), None)
        with self.database.reading(Scope(who.council_id)) as session:
            groups = partners.charters_of_member(session, who.council_id, who.member_id, day)
            until = charters.undertakings_of(session, who.council_id, who.member_id)
            signed = charters.signatures_of_body(session, who.council_id, who.organisation_id)
            review = gateway.newest_of(session, who.council_id, who.organisation_id)
            coordinates = who.holds(Role.COORDINATOR, day)
            awaiting = gateway.awaiting(session, who.council_id) if coordinates else 0
        found = [
            *_near(EndKind.UNDERTAKING, until, groups, day),
            *_near(EndKind.SIGNATURE, signed, groups, day),
            *_mandates(who, day),
        ]
        return Nearing(tuple(sorted(found, key=lambda one: one.until_on)), review, awaiting)


def endings_of_council(session: Session, council_id: UUID, day: date) -> tuple[Ending, ...]:
    """Return what ends within a month, the nearest first, whose it is and where."""
    groups = {one.id: one for one in partners.groups(session, council_id)}
    where: dict[UUID, str] = {}
    for group in groups.values():
        known = where.get(group.charter_id)
        where[group.charter_id] = f"{known}, {group.name}" if known else group.name
    span = (day, day + NOTICE)
    held = suspending.mandates_ending(session, council_id, span)
    undertaken = charters.undertakings_ending(session, council_id, span)
    signed = charters.signatures_ending(session, council_id, span)
    names = _open_names(session, council_id)
    bodies = {
        one.id: one.name for one in partners.organisations(session, council_id) if not one.left_on
    }
    found = [
        *(
            Ending(EndKind.MANDATE, until, names.get(one, ""), groups[at].name if at else "")
            for one, at, until in held
        ),
        *(
            Ending(EndKind.UNDERTAKING, until, names.get(one, ""), where.get(at, ""))
            for at, one, until in undertaken
            if at in where
        ),
        *(
            Ending(EndKind.SIGNATURE, until, bodies.get(one, ""), where.get(at, ""))
            for at, one, until in signed
            if at in where
        ),
    ]
    told = (one for one in found if one.whose)
    return tuple(sorted(told, key=lambda one: (one.until_on, one.whose, one.kind)))


def _open_names(session: Session, council_id: UUID) -> dict[UUID, str]:
    everyone = partners.members(session, council_id)
    return {one.id: one.name.full for one in everyone if not one.locked}


def _near(
    kind: EndKind, until: dict[UUID, date], groups: dict[UUID, list[str]], day: date
) -> Iterator[Ending]:
    for charter_id, last in until.items():
        if charter_id in groups and ends_soon(last, day):
            yield Ending(kind, last, "", ", ".join(groups[charter_id]))


def _mandates(who: Principal, day: date) -> Iterator[Ending]:
    """Give those of one's mandates that end soon, unless a longer one follows in the same group."""
    last: dict[UUID | None, date] = {}
    for one in who.mandates:
        last[one.group_id] = max(one.until_on, last.get(one.group_id, one.until_on))
    for until in last.values():
        if ends_soon(until, day):
            yield Ending(EndKind.MANDATE, until, "", "")
