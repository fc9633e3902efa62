"""Checks of the signed checkpoints against the tree, as the walk passes their sizes."""

import hmac
from collections import defaultdict
from collections.abc import Iterable, Sequence

from casework.audit.additions import Head, Note
from casework.audit.checkpoint import Checkpoint, read, told
from casework.audit.compose import CHECKPOINT_LEAVES
from casework.audit.faults import FaultKind, FaultList
from casework.audit.ports import LogSigner
from casework.errors import SealBroken


class NoteCheck:
    """Knows which lines a good checkpoint covers.

    A root that contradicts a signed checkpoint is reported once, for the lines since the last
    good one: every later checkpoint must contradict it too.
    """

    def __init__(self, head: Head, signer: LogSigner, faults: FaultList) -> None:
        """`signer` gives the origin and the public keys that must have signed."""
        self.good = 0
        self._head = head
        self._signer = signer
        self._faults = faults
        self._due: defaultdict[int, list[Checkpoint]] = defaultdict(list)
        self._stored: set[int] = set()
        self._contradicted = False

    def read_stored(
        self, notes: Sequence[Note], read: Sequence[Checkpoint | None], beyond: Iterable[int]
    ) -> None:
        """Take in the checkpoints of the register itself, as `known_in` has read them."""
        self._expect(notes[-1].size if notes else 0)
        for size in beyond:
            self._faults.add(FaultKind.LEAF_MISSING, self._head.size, size - 1, "checkpoint")
        for note, found in zip(notes, read, strict=True):
            self._take(found, note.size)
            if found is not None:
                self._stored.add(found.size)
            if found is not None and found.size != note.size:
                self._faults.add(FaultKind.CHECKPOINT_FORGED, max(note.size - 1, 0))

    def read_held(self, notes: Iterable[str]) -> None:
        """Read checkpoints kept elsewhere, which nobody here could change."""
        for note in notes:
            found = signed_in(note, self._signer)
            self._take(found, 0)
            if found is not None and found.size > self._head.size:
                self._faults.add(
                    FaultKind.LEAF_MISSING, self._head.size, found.size - 1, "checkpoint"
                )

    def compare(self, size: int, root: bytes | None) -> None:
        """Compare the root over `size` leaves with what was signed at that size."""
        signed = {one.root for one in self._due.pop(size, ())}
        if root is None or not signed:
            return
        if signed != {root} and not self._contradicted:
            self._contradicted = True
            self._faults.add(FaultKind.CHECKPOINT_CONTRADICTED, self.good, size - 1)
        if root in signed:
            self.good = size

    @property
    def sizes(self) -> list[int]:
        """The sizes at which something was signed, smallest first."""
        return sorted(self._due)

    def skip(self, first: int) -> None:
        """Compare those of pruned lines with what was kept elsewhere: nothing else is left."""
        for size in sorted(one for one in self._due if one < first):
            known = self._due.pop(size)
            if len({one.root for one in known}) > 1:
                self._faults.add(FaultKind.CHECKPOINT_CONTRADICTED, max(size - 1, 0))
            elif size not in self._stored:
                self._faults.add(FaultKind.CHECKPOINT_MISSING, max(size - 1, 0))

    def _expect(self, newest: int) -> None:
        """Note what is absent: the first append signs, and at most 63 lines ever wait for it."""
        size, signed = self._head.size, self._head.signed_size
        late = size - newest >= CHECKPOINT_LEAVES or (size > 0 and newest == 0)
        if late or newest < signed:
            self._faults.add(FaultKind.CHECKPOINT_MISSING, newest, max(signed, size) - 1)

    def _take(self, found: Checkpoint | None, size: int) -> None:
        if found is None:
            self._faults.add(FaultKind.CHECKPOINT_FORGED, max(size - 1, 0))
        else:
            self._due[found.size].append(found)


def known_in(note: Note, signer: LogSigner) -> Checkpoint | None:
    """Return what the register's own keys have signed in a stored checkpoint, None otherwise.

    The mark is made with the signature, of the whole note, by whoever holds the same key: where it
    is right the signature is too, and costs fifty times as much to verify.
    """
    text, mark = note.note, note.mark
    if type(text) is str and type(mark) is bytes and hmac.compare_digest(mark, signer.mark(text)):
        found = told(text)
        if found.origin == signer.origin:
            return found
    return signed_in(note.note, signer)


def signed_in(note: str, signer: LogSigner) -> Checkpoint | None:
    """Return what the register's own keys have signed in a note; None for anything else."""
    if type(note) is not str:
        return None
    second = signer.second.public if signer.second else None
    try:
        return read(note, signer.origin, signer.public, second)
    except SealBroken:
        return None
