"""What people are told of keys without asking: a card to draw, an opening that happened, a loan."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from sqlalchemy.orm import Session

from casework.clock import Clock, local_day
from casework.db.engine import Database, Scope
from casework.errors import IntegrityFailure
from casework.identity import Principal, Role
from casework.keys.gateway import ceremonies, loans
from casework.keys.recovery.enrolling import Enrolling
from casework.keys.recovery.escrows import Escrows
from casework.keys.recovery.values import Escrow, Exceptional, Kind
from casework.keys.service.at_hand import KeyWatch
from casework.keys.service.exceptions import ExceptionService, SeenAccess

_logger: Final = logging.getLogger("casework.keys")
KEPT: Final = timedelta(days=30)
"""How long people are told of what happened; the register tells it for as long as it is kept."""


class Told(StrEnum):
    """What a notice is about."""

    DRAW = "draw"
    ASKED = "asked"
    RECOVERED = "recovered"
    REHEARSED = "rehearsed"
    OPENED = "opened"
    LENT = "lent"
    ALTERED = "altered"
    WAITS = "waits"
    EXCEPTION = "exception"
    COLLEAGUE = "colleague"
    RENEW = "renew"


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to know; `subject_id` is an escrow, a ceremony, a case or an organisation."""

    told: Told
    at: datetime
    subject_id: UUID
    member_id: UUID | None = None
    organisation_id: UUID | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class NoticeService:
    """Reads without a leaf: states and dates, and nothing that any key opens."""

    database: Database
    escrows: Escrows
    enrolling: Enrolling
    watch: KeyWatch
    exceptions: ExceptionService
    clock: Clock

    def of(self, who: Principal) -> list[Notice]:
        """Return what this person should know today.

        Rows that are not as the instance left them are told too: the home page must still open.
        """
        now = self.clock.now()
        try:
            return self._found(who, now)
        except IntegrityFailure:
            _logger.exception("escrow rows are not as they were left")
            return [Notice(Told.ALTERED, now, who.council_id)]

    def _found(self, who: Principal, now: datetime) -> list[Notice]:
        seen = self.exceptions.of(who)
        told: list[Notice] = [*_exceptional(seen, who, now)]
        with self.database.reading(Scope(who.council_id, whole=True)) as session:
            known = self.escrows.all(session, who.council_id)
            told += [*_to_draw(known, who), *self._asked(session, known, who, now)]
            told += self._done(session, known, who, now)
            read = {_begun(one.access) for one in seen}
            lent = list(_lent(session, who, now, local_day(now)))
            kept = self.exceptions.kept(session, who, {one.subject_id for one in lent})
            told += [
                one
                for one in lent
                if one.subject_id not in kept
                and (one.subject_id, one.organisation_id, one.at) not in read
            ]
            told += self._at_hand(session, who, now)
        return told

    def _at_hand(self, session: Session, who: Principal, now: datetime) -> Iterator[Notice]:
        """Tell who waits for the key of their organisation, and who can hand it to them."""
        found, subject_id = self.watch.of(session, who), who.organisation_id or who.council_id
        if found.waits:
            yield Notice(Told.WAITS, now, subject_id)
        if found.colleagues:
            yield Notice(Told.COLLEAGUE, now, subject_id)
        if found.due:
            yield Notice(Told.RENEW, now, subject_id)

    def _asked(
        self, session: Session, known: list[Escrow], who: Principal, now: datetime
    ) -> Iterator[Notice]:
        for escrow in known:
            if escrow.active and escrow.kept_by(who.member_id):
                found = ceremonies.waiting(session, who.council_id, escrow.id, now)
                for one, _ in found:
                    yield Notice(Told.ASKED, one.asked_at, one.id, until=one.ends_at)

    def _done(
        self, session: Session, known: list[Escrow], who: Principal, now: datetime
    ) -> Iterator[Notice]:
        """Tell the members of the organisation concerned, and of a rehearsal all who entrusted."""
        by_id = {one.id: one for one in known}
        for one, _ in ceremonies.done_since(session, who.council_id, now - KEPT):
            escrow, asked = by_id.get(one.escrow_id), one.subject
            if escrow is None or one.done_at is None:
                continue
            if asked.kind is Kind.REHEARSAL and self._concerns(session, escrow, who):
                yield Notice(Told.REHEARSED, one.done_at, one.id)
            elif asked.kind is not Kind.REHEARSAL and asked.organisation_id == who.organisation_id:
                told = Told.RECOVERED if asked.kind is Kind.RECOVER else Told.OPENED
                yield Notice(told, one.done_at, one.id, asked.member_id, asked.borrower_id)

    def _concerns(self, session: Session, escrow: Escrow, who: Principal) -> bool:
        if escrow.kept_by(who.member_id):
            return True
        return who.organisation_id in self.enrolling.enrolled(session, escrow)


def _exceptional(seen: list[SeenAccess], who: Principal, now: datetime) -> Iterator[Notice]:
    """Tell those who are to review an access, the lead of the case, and its reader."""
    for one in seen:
        access = one.access
        running = access.member_id == who.member_id and access.open_at(now)
        led = access.lead_id == who.member_id and now - access.asked_at < KEPT
        if access.from_at is not None and (one.to_review or running or led):
            case_id, until = access.case_id, access.until
            yield Notice(Told.EXCEPTION, access.from_at, case_id, access.member_id, until=until)


def _begun(access: Exceptional) -> tuple[UUID, UUID, datetime | None]:
    """Return what a loan made for a reader has in common with their access."""
    return access.case_id, access.organisation_id, access.from_at


def _to_draw(known: list[Escrow], who: Principal) -> Iterator[Notice]:
    for escrow in known:
        own = escrow.kept_by(who.member_id)
        if escrow.awaits_cards and own is not None and own.public is None:
            yield Notice(Told.DRAW, escrow.created_at, escrow.id)


def _lent(session: Session, who: Principal, now: datetime, today: date) -> Iterator[Notice]:
    """Tell the officer of every loan; coordinators, of those of cases their own body holds."""
    officer = who.holds(Role.DPO, today)
    if not officer and not who.holds(Role.COORDINATOR, today):
        return
    for one in loans.since(session, who.council_id, now - KEPT):
        holders = loans.holders_of(session, who.council_id, one.case_id)
        if officer or who.organisation_id in holders:
            until, borrower = one.ended_at or one.until, one.borrower_id
            yield Notice(Told.LENT, one.lent_at, one.case_id, None, borrower, until)
