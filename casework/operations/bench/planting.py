"""A register as large as one asks: lines composed, sealed and signed as any, added by the thousand.

Ids are invented. Few lines or many, they tell of one year in the same measure: the same acts, the
same share of them about one case and by one member.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import cycle, islice
from typing import Final
from uuid import UUID

from casework.audit.actions import Act, Outcome
from casework.audit.append import Appender
from casework.audit.compose import CHECKPOINT_LEAVES, Batch
from casework.audit.entry import Entry
from casework.db.engine import Scope
from casework.identity import Principal, PrincipalKind, Reason
from casework.operations.instance import Instance

YEAR: Final = timedelta(days=365)
_TOGETHER: Final = 64
_MEMBERS: Final = 100
_ORGANISATIONS: Final = 20
_BUSY: Final = 50
_QUIET: Final = 12_000
_LISTED: Final = 10
# Two thirds are readings; every family of the register's page has its share.
_ACTS: Final = (
    *(Act.CASE_READ,) * 38,
    *(Act.CASE_LISTED,) * 6,
    *(Act.CASE_SEARCHED,) * 2,
    *(Act.CONTRIBUTION_WRITTEN,) * 4,
    *(Act.SESSION_OPENED,) * 4,
    *(Act.SESSION_CLOSED,) * 2,
    *(Act.MEETING_READ,) * 2,
    Act.ACTION_OPENED,
    Act.REFERRAL_SENT,
    Act.CASE_NAMED,
    Act.RETENTION_PREVIEWED,
    Act.ACCESS_REFUSED,
    Act.SESSION_REFUSED,
)
_REFUSED: Final = frozenset({Act.ACCESS_REFUSED, Act.SESSION_REFUSED})
_LISTS: Final = frozenset({Act.CASE_LISTED, Act.CASE_SEARCHED})
_OF_NO_CASE: Final = frozenset(one for one in _ACTS if one.value.startswith(("session", "reten")))


@dataclass(slots=True)
class Calendar:
    """A clock that stands where it is put."""

    moment: datetime

    def now(self) -> datetime:
        """Return where it stands."""
        return self.moment


def case_of(number: int) -> UUID:
    """Return the id of an invented case; the first fifty come back all year."""
    return UUID(int=(7 << 76) | (0b10 << 62) | number)


def member_of(number: int) -> UUID:
    """Return the id of an invented member."""
    return UUID(int=(7 << 76) | (0b10 << 62) | (1 << 32) | number)


def plant(instance: Instance, size: int) -> datetime:
    """Add lines until a register has `size`, all of the past year; return when it began."""
    began = instance.edges.clock.now() - YEAR
    calendar = Calendar(began)
    appender = Appender(instance.register_keys, calendar, instance.edges.entropy)
    batches = _batches(instance.council_id, size)
    scope, step, written = Scope(instance.council_id, whole=True), YEAR / size, 0
    while some := list(islice(batches, _TOGETHER)):
        with instance.stores.main.appending(scope) as connection:
            for batch in some:
                written += len(batch.entries)
                calendar.moment = began + step * written
                appender.append(connection, appender.prepare(batch))
    return began


def _batches(council_id: UUID, size: int) -> Iterator[Batch]:
    """Give batches of one member each, as many lines in each as one checkpoint covers."""
    acts = cycle(_ACTS)
    for number, first in enumerate(range(0, size, CHECKPOINT_LEAVES)):
        seqs = range(first, min(size, first + CHECKPOINT_LEAVES))
        entries = [_entry(seq, act) for seq, act in zip(seqs, acts, strict=False)]
        yield Batch(_member(council_id, number), Reason.DUTY, entries, ())


def one_reading(council_id: UUID, number: int) -> Batch:
    """Return what a member's reading of a case says, as a batch of its own."""
    return Batch(_member(council_id, number), Reason.DUTY, [_entry(number, Act.CASE_READ)], ())


def _member(council_id: UUID, number: int) -> Principal:
    who, body = number % _MEMBERS, number % _ORGANISATIONS
    ids = (member_of(who), member_of(_MEMBERS + body))
    return Principal(PrincipalKind.MEMBER, council_id, *ids, session_tag=f"bench-{who}")


def _entry(seq: int, act: Act) -> Entry:
    outcome = Outcome.REFUSED if act in _REFUSED else Outcome.ALLOWED
    if act in _OF_NO_CASE:
        return Entry(act, outcome=outcome)
    if act in _LISTS:
        cases = tuple(case_of((seq + one) % _QUIET) for one in range(_LISTED))
        return Entry(act, cases=cases, article="7")
    case_id = case_of(seq // 2 % _BUSY if seq % 2 else seq % _QUIET)
    return Entry(act, case_id, (case_of(_QUIET + seq % _BUSY),), article="4", outcome=outcome)
