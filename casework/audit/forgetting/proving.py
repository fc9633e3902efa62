"""What is missing from a register, held against the newest line that explains it."""

from collections.abc import Mapping

from casework.audit.additions import LeafValues
from casework.audit.faults import FaultKind, FaultList
from casework.audit.forgetting.claim import Claim
from casework.audit.notes import NoteCheck
from casework.audit.tree import HASH, peak_places
from casework.audit.walk import Walk


class ForgettingCheck:
    """Knows what may be missing. Anything else that is missing is a fault of the line it was in."""

    def __init__(self, claim: Claim, faults: FaultList) -> None:
        """`claim` is the newest one that is genuine."""
        self._horizons = claim.horizons
        self._faults = faults
        if not claim.sound:
            faults.add(FaultKind.FORGOTTEN_EARLY, claim.seq)

    def walk(self, covers: Mapping[tuple[int, int], bytes], notes: NoteCheck) -> Walk:
        """Return a walk that begins behind the pruned lines, with the nodes that stand for them.

        A node put in the place of another contradicts every checkpoint signed since.
        """
        first = self._horizons.first
        places = peak_places(first)
        peaks = [_hash(covers.get(place)) for place in places]
        if set(covers) != set(places) or None in peaks:
            self._faults.add(FaultKind.COVER_WRONG, 0, max(first - 1, 0))
        walk = Walk(self._faults, first, peaks)
        notes.skip(first)
        if notes.passes(first):
            notes.compare(first, walk.root)
        return walk

    def check(self, values: LeafValues) -> None:
        """Check that the last line of each horizon was due: those before it were written before."""
        last, horizons = values.seq + 1, self._horizons
        early = (
            last == horizons.parts and values.at >= horizons.parts_before,
            last == horizons.who and values.at >= horizons.who_before,
        )
        if any(early):
            self._faults.add(FaultKind.FORGOTTEN_EARLY, values.seq)


def _hash(stored: object) -> bytes | None:
    return stored if isinstance(stored, bytes) and len(stored) == HASH else None
