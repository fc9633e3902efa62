"""The end of keys: rings, then pepper, then the rows. Every step can be repeated."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from casework.audit.work import Work
from casework.clock import Clock
from casework.db.engine import Database, Scope
from casework.keys.gateway import ending
from casework.keys.keystore import KeyStore


@dataclass(frozen=True, slots=True)
class Erasure:
    """Destroys the data keys of cases.

    1. `begin`, in the caller's unit of work: mark, and take the keys from every ring.
    2. `destroy`: the peppers, in the key store; backups of it die within days.
    3. `confirm`, in a unit of work: remove the marked compartments, and remember that they ended.
    A crash between any two is repaired by the next sweep, driven by the marks of step 1. Each
    database remembers what ended: an old copy of either is recognised by the other.
    """

    database: Database
    keystore: KeyStore
    clock: Clock

    def begin(self, work: Work, cases: Sequence[UUID]) -> list[UUID]:
        """Mark the compartments of `cases` and return them."""
        council_id = work.principal.council_id
        return ending.begin_erasure(work.session, council_id, cases, self.clock.now())

    def destroy(self, council_id: UUID, compartments: Sequence[UUID]) -> None:
        """Delete the peppers, durably and from the write-ahead log.

        Raises `Unavailable` when that cannot be done now: the marks stay, the next sweep goes on.
        """
        self.keystore.destroy(council_id, compartments, self.clock.now())

    def unknown(self, work: Work, dying: Mapping[UUID, Sequence[UUID]]) -> set[UUID]:
        """Return those of the cases that meanwhile have a compartment not in `dying`."""
        known = ending.compartments_of(work.session, work.principal.council_id, sorted(dying))
        return {one for one, parts in known.items() if not set(parts) <= set(dying[one])}

    def confirm(self, work: Work, dying: Mapping[UUID, Sequence[UUID]]) -> None:
        """Remove, by case, the compartments whose peppers are gone."""
        council_id = work.principal.council_id
        ending.finish_erasure(work.session, council_id, dying, self.clock.now())

    def unfinished(self, council_id: UUID) -> dict[UUID, list[UUID]]:
        """Return, by case, compartments whose erasure began and was not confirmed."""
        with self.database.reading(Scope(council_id, whole=True)) as session:
            return ending.unfinished_erasures(session, council_id)

    def returned(self, council_id: UUID) -> list[UUID]:
        """Return cases that an old main database brought back: all their keys are dead already."""
        erased = self.keystore.erased(council_id)
        with self.database.reading(Scope(council_id, whole=True)) as session:
            back = sorted(ending.cases_of(session, council_id, erased))
            dying = ending.unfinished_erasures(session, council_id)
            known = ending.compartments_of(session, council_id, back)
        return [
            case_id
            for case_id, parts in known.items()
            if case_id not in dying and erased.issuperset(parts)
        ]

    def revived(self, council_id: UUID) -> dict[UUID, list[UUID]]:
        """Return, by case, ended compartments whose pepper an old key store brought back."""
        with self.database.reading(Scope(council_id, whole=True)) as session:
            ended = ending.ended(session, council_id)
        back: dict[UUID, list[UUID]] = {}
        for compartment_id in {one for one, _ in self.keystore.held(council_id)} & set(ended):
            back.setdefault(ended[compartment_id], []).append(compartment_id)
        return back
