"""The end of keys: rings, then pepper, then the rows. Every step can be repeated."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from casework.audit.work import Work
from casework.clock import Clock
from casework.db.engine import Database, Scope
from casework.keys import gateway
from casework.keys.keystore import KeyStore

_ASKED_AT_ONCE: Final = 1000


@dataclass(frozen=True, slots=True)
class Erasure:
    """Destroys the data keys of cases.

    1. `begin`, in the caller's unit of work: mark, and take the keys from every ring.
    2. `destroy`: the peppers, in the key store; backups of it die within days.
    3. `confirm`, in a unit of work: remove the marked compartments.
    A crash between any two is repaired by the next sweep, driven by the marks of step 1.
    """

    database: Database
    keystore: KeyStore
    clock: Clock

    def begin(self, work: Work, cases: Sequence[UUID]) -> list[UUID]:
        """Mark the compartments of `cases` and return them."""
        council_id = work.principal.council_id
        return gateway.begin_erasure(work.session, council_id, cases, self.clock.now())

    def destroy(self, council_id: UUID, compartments: Sequence[UUID]) -> None:
        """Delete the peppers, durably and from the write-ahead log."""
        self.keystore.destroy(council_id, compartments, self.clock.now())

    def confirm(self, work: Work, compartments: Sequence[UUID]) -> None:
        """Remove the compartments whose peppers are gone."""
        gateway.finish_erasure(work.session, work.principal.council_id, compartments)

    def unfinished(self, council_id: UUID) -> dict[UUID, list[UUID]]:
        """Return, by case, compartments whose erasure began and was not confirmed."""
        with self.database.reading(Scope(council_id, whole=True)) as session:
            return gateway.unfinished_erasures(session, council_id)

    def returned(self, council_id: UUID) -> list[UUID]:
        """Return cases that an old database brought back: all their keys are dead already."""
        erased = self.keystore.erased(council_id)
        with self.database.reading(Scope(council_id, whole=True)) as session:
            back: set[UUID] = set()
            for part in _parts(sorted(erased)):
                back |= gateway.living_cases(session, council_id, part)
            known = gateway.compartments_of(session, council_id, sorted(back))
        return [case_id for case_id, parts in known.items() if erased.issuperset(parts)]


def _parts(ids: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    return (ids[at : at + _ASKED_AT_ONCE] for at in range(0, len(ids), _ASKED_AT_ONCE))
