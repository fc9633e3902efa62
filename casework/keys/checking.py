"""Do the two databases belong together? Compares what each says lives and ended; opens nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from casework.audit.actions import Act, Outcome
from casework.audit.entry import Entry
from casework.audit.ledger import Ledger
from casework.db.engine import Database, Scope
from casework.errors import AccessDenied
from casework.identity import Principal, PrincipalKind, Reason
from casework.keys.gateway import ending
from casework.keys.keystore import KeyStore, Place

_CHECKERS = frozenset({PrincipalKind.OPERATOR, PrincipalKind.SERVICE})


class FaultKind(StrEnum):
    """How the two contradict one another. Published values never change."""

    MISSING = "missing"
    RETURNED = "returned"
    REVIVED = "revived"
    AHEAD = "ahead"


_SENTENCES: Mapping[FaultKind, str] = {
    FaultKind.MISSING: (
        "{count} living parts have no pepper: the key store is older than the main database,"
        " or has lost rows; put a newer key store back, nothing else opens these parts"
    ),
    FaultKind.RETURNED: (
        "{count} erased cases are back: the main database is older than the key store;"
        " none of them opens, and casework tick removes them"
    ),
    FaultKind.REVIVED: (
        "{count} destroyed peppers are back: the key store is older than an erasure;"
        " casework tick destroys them again"
    ),
    FaultKind.AHEAD: (
        "{count} peppers are newer than every part known here: the main database is older than"
        " the key store, or the newest writing was cut short"
    ),
}


@dataclass(frozen=True, slots=True)
class KeyFault:
    """A contradiction, and how many parts, cases or peppers it concerns."""

    kind: FaultKind
    count: int

    def __str__(self) -> str:
        """Return the sentence for the operator."""
        return _SENTENCES[self.kind].format(count=self.count)


@dataclass(frozen=True, slots=True)
class KeyFindings:
    """What a check found: `unused` peppers were left by writings cut short, and open nothing."""

    living: int
    peppers: int
    dying: int
    unused: int
    faults: tuple[KeyFault, ...]


@dataclass(frozen=True, slots=True)
class _Main:
    """What the main database says: the case of each part, by id."""

    living: Mapping[UUID, UUID]
    needed: frozenset[Place]
    ended: Mapping[UUID, UUID]
    dying: frozenset[UUID]

    @property
    def known(self) -> set[UUID]:
        return {*self.living, *self.ended, *self.dying}


@dataclass(frozen=True, slots=True)
class KeyChecking:
    """Compares the main database with the key store; neither a key nor a name is read."""

    ledger: Ledger
    database: Database
    keystore: KeyStore

    def verify(self, who: Principal) -> KeyFindings:
        """Compare, and record the verdict. Raises `AccessDenied` for a person."""
        with self.ledger.consult(who, Reason.CONTROL) as work:
            if who.kind not in _CHECKERS:
                raise AccessDenied(Act.KEY_CHECKED, "other-function")
            found = self.examine(who.council_id)
            work.record(_verdict(found))
        return found

    def examine(self, council_id: UUID) -> KeyFindings:
        """Compare, and record nothing.

        The main database is read before and after the key store: what began or ended meanwhile
        contradicts nothing.
        """
        before = self._main(council_id)
        held, erased = self.keystore.held(council_id), self.keystore.erased(council_id)
        return _compare((before, self._main(council_id)), held, erased)

    def _main(self, council_id: UUID) -> _Main:
        with self.database.reading(Scope(council_id, whole=True)) as session:
            dying = ending.unfinished_erasures(session, council_id)
            gone = frozenset(part for parts in dying.values() for part in parts)
            living = ending.living(session, council_id)
            return _Main(
                living={one: case_id for one, case_id in living.items() if one not in gone},
                needed=frozenset(ending.needed(session, council_id)),
                ended=ending.ended(session, council_id),
                dying=gone,
            )


def _compare(main: tuple[_Main, _Main], held: set[Place], erased: set[UUID]) -> KeyFindings:
    before, after = main
    living = {one: after.living[one] for one in before.living if one in after.living}
    returned = _returned(living, erased)
    wanted = {place for place in before.needed & after.needed if place[0] in living}
    missing = {one for one, _ in wanted - held if living[one] not in returned}
    peppers = {one for one, _ in held}
    unknown = peppers - before.known - after.known
    newest = max(after.known, default=UUID(int=0))
    ahead = {one for one in unknown if one > newest}
    counts = {
        FaultKind.MISSING: len(missing),
        FaultKind.RETURNED: len(returned),
        FaultKind.REVIVED: len(peppers & {*before.ended, *erased}),
        FaultKind.AHEAD: len(ahead),
    }
    faults = tuple(KeyFault(kind, count) for kind, count in counts.items() if count)
    unused = len(unknown) - len(ahead)
    return KeyFindings(len(living), len(held), len(after.dying), unused, faults)


def _returned(living: Mapping[UUID, UUID], erased: set[UUID]) -> set[UUID]:
    """Return the cases all of whose living parts are erased in the key store."""
    alive = {case_id for one, case_id in living.items() if one not in erased}
    return set(living.values()) - alive


def _verdict(found: KeyFindings) -> Entry:
    counts: dict[str, int | str | UUID] = {one.kind.value: one.count for one in found.faults}
    return Entry(
        Act.KEY_CHECKED,
        outcome=Outcome.FAILED if found.faults else Outcome.ALLOWED,
        detail={"living": found.living, "peppers": found.peppers, **counts},
    )
