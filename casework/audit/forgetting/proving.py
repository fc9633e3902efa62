"""What is missing from a register, held against the newest line that explains it."""

from collections.abc import Mapping

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
        notes.compare(first, walk.root)
        return walk

    @property
    def last_lines(self) -> set[int]:
        """The numbers of the last line of each horizon."""
        return {one - 1 for one in (self._horizons.parts, self._horizons.who) if one}

    def check(self, moments: Mapping[int, int]) -> None:
        """Check that the last line of each horizon was due: those before it were written before."""
        horizons = self._horizons
        for end, before in (
            (horizons.parts, horizons.parts_before),
            (horizons.who, horizons.who_before),
        ):
            if moments.get(end - 1, -1) >= before:
                self._faults.add(FaultKind.FORGOTTEN_EARLY, end - 1)


def _hash(stored: object) -> bytes | None:
    return stored if isinstance(stored, bytes) and len(stored) == HASH else None
