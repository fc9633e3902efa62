"""The regular job after somebody left: new epochs, everything sealed anew, old peppers destroyed.

Each batch is one small unit of work. Whatever cuts the job off, the next pass goes on from what
is stored: the marks of compartments, the epoch in each sealed value, the peppers.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from casework.audit.ledger import Ledger
from casework.audit.work import Work
from casework.clock import Clock
from casework.db.engine import Database, Scope
from casework.errors import Conflict, IntegrityFailure, Locked, SealBroken
from casework.identity import Principal, Reason
from casework.keys.delivery import acting_organisation
from casework.keys.gateway import census, following, holding, waiting
from casework.keys.gateway.waiting import Find, Waiting
from casework.keys.keystore import KeyStore
from casework.keys.resealing import Done, Resealing
from casework.keys.seals import KEK_HOLDER
from casework.keys.values import HeldKey

PASS: Final = timedelta(seconds=45)
"""How long one pass goes on before it leaves the rest to the next."""

_PAGE: Final = 256
_EPOCHS_AT_ONCE: Final = 2
_PARTS_AT_ONCE: Final = 8
_VALUES_AT_ONCE: Final = 48
_PEPPERS_AT_ONCE: Final = 500
_SKIPPED: Final = (Conflict, IntegrityFailure, Locked, SealBroken)
_BEGINNING: Final = UUID(int=0)
_logger: Final = logging.getLogger("casework.rekeying")

Unit = Callable[[Principal, Sequence[Waiting]], None]
Agents = tuple[UUID, ...]
"""Organisations in whose name a compartment can be seen to, the best first."""


@dataclass(frozen=True, slots=True)
class Task:
    """One of the two things to do: which compartments, what, how many in one unit of work."""

    find: Find
    unit: Unit
    at_once: int


@dataclass(frozen=True, slots=True)
class Rekeying:
    """Draws what is due and seals anew, as organisations whose secrets the service opens."""

    ledger: Ledger
    database: Database
    keystore: KeyStore
    resealing: Resealing
    clock: Clock

    def run(self, who: Principal) -> None:
        """Do as much as one pass may, in the name of the service."""
        self._bury(who.council_id)
        until = self.clock.now() + PASS
        self._each(who, Task(waiting.due, self._draw, _EPOCHS_AT_ONCE), until)
        self._each(who, Task(waiting.followed, self._reseal, _PARTS_AT_ONCE), until)

    def _each(self, who: Principal, task: Task, until: datetime) -> None:
        after, able = _BEGINNING, self._able(who.council_id)
        while page := self._page(who.council_id, task, able, after):
            after = page[-1][0].compartment_id
            for part in _alike(page, task.at_once):
                if self.clock.now() >= until:
                    return
                self._attempt(who, task.unit, part)

    def _attempt(self, who: Principal, unit: Unit, part: Sequence[tuple[Waiting, Agents]]) -> None:
        """Do a part in one unit of work; when one of it stands in the way, each by itself."""
        agent = replace(who, organisation_id=part[0][1][0])
        try:
            unit(agent, [one for one, _ in part])
        except _SKIPPED:
            for one, agents in part:
                self._singly(who, unit, one, agents)

    def _singly(self, who: Principal, unit: Unit, one: Waiting, agents: Agents) -> None:
        for organisation_id in agents:
            try:
                unit(replace(who, organisation_id=organisation_id), [one])
            except _SKIPPED as fault:
                _logger.info("a compartment waits: %s", fault.code)
            else:
                return

    def _draw(self, who: Principal, part: Sequence[Waiting]) -> None:
        """Draw the next epochs. Their peppers are durable first: one write for all of them."""
        entropy = self.resealing.keyring.entropy
        next_ones = {(one.compartment_id, one.epoch + 1): entropy.bytes(32) for one in part}
        self.keystore.prepare_peppers(who.council_id, next_ones)
        with self.ledger.begin(who, Reason.OPERATION) as work:
            due = [key for key in self.taken_up(work, _ids(part)) if key.due]
            if not due:
                raise Conflict
            for key in due:
                self.resealing.keyring.epochs.advance(work, key)

    def _reseal(self, who: Principal, part: Sequence[Waiting]) -> None:
        """Seal anew until nothing moves any more."""
        left = _ids(part)
        while left:
            with self.ledger.begin(who, Reason.OPERATION) as work:
                done = self.batch(work, self.taken_up(work, left), _VALUES_AT_ONCE)
            left = [one for one in left if one not in done.finished] if done.values else []

    def taken_up(self, work: Work, compartments: Sequence[UUID]) -> list[HeldKey]:
        """Lock compartments, and take in their keys that are on their way."""
        ours = following.take_up(work.session, work.principal.council_id, compartments)
        held = holding.held_these(work.session, acting_organisation(work), ours)
        return self.resealing.keyring.courier.ready(work, held)

    def batch(self, work: Work, held: Sequence[HeldKey], most: int) -> Done:
        """Seal up to `most` values anew. Raises `Locked` when there is nothing to be done."""
        done = self.resealing.batch(work, held, most)
        if not work.entries:
            raise Locked("nothing moves")
        return done

    def _page(
        self, council_id: UUID, task: Task, able: frozenset[UUID], after: UUID
    ) -> list[tuple[Waiting, Agents]]:
        with self.database.reading(Scope(council_id, whole=True)) as session:
            page = task.find(session, council_id, able, after, _PAGE)
            cases = sorted({one.case_id for one in page})
            first = self.resealing.contents.coordinating(session, council_id, cases)
        return [(one, tuple(one.able(first.get(one.case_id)))) for one in page]

    def _able(self, council_id: UUID) -> frozenset[UUID]:
        """Return the organisations whose secret in use the service opens."""
        with self.database.reading(Scope(council_id, whole=True)) as session:
            holders = census.holders(session, council_id)
            directory = self.resealing.keyring.custody.directory
            used = directory.in_use(session, council_id)
        return frozenset(
            one for one, by in holders.items() if KEK_HOLDER in by.get(used.get(one, 0), ())
        )

    def _bury(self, council_id: UUID) -> None:
        """Destroy the peppers of epochs that ended.

        Those of an earlier pass: whoever was reading meanwhile has finished. What is compared is
        stored on both sides, so a pass that was cut off between them is made good here.
        """
        outlived = self.keystore.outlived(council_id)
        for at in range(0, len(outlived), _PEPPERS_AT_ONCE):
            places = outlived[at : at + _PEPPERS_AT_ONCE]
            with self.database.reading(Scope(council_id, whole=True)) as session:
                known = following.living(session, council_id, sorted({one for one, _ in places}))
            dead = [(one, epoch) for one, epoch in places if _ended(known.get(one), epoch)]
            self.keystore.retire(council_id, dead)


def _ended(known: tuple[int, frozenset[int]] | None, epoch: int) -> bool:
    """Say whether an epoch is over; of a compartment that is not there nothing is known."""
    return known is not None and epoch < known[0] and epoch not in known[1]


def _ids(part: Sequence[Waiting]) -> list[UUID]:
    return [one.compartment_id for one in part]


def _alike(
    page: Sequence[tuple[Waiting, Agents]], at_once: int
) -> Iterator[list[tuple[Waiting, Agents]]]:
    """Yield parts of a page that the same organisation can see to."""
    groups: dict[UUID, list[tuple[Waiting, Agents]]] = {}
    for one, agents in page:
        groups.setdefault(agents[0], []).append((one, agents))
    for group in groups.values():
        for at in range(0, len(group), at_once):
            yield group[at : at + at_once]
