"""A part of a verification done beside the rest, and what it must tell to be taken for it.

Whoever helps begins in the middle of the register, from the nodes stored there. What they find
counts only if the verification that comes from the first leaf arrives at that very place with those
very nodes; else the stretch is done again, from what was really found.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple, Protocol

from casework.audit.blocks import step_for
from casework.audit.checkpoint import Checkpoint
from casework.audit.contents import DigestCheck, Opened, PartCheck
from casework.audit.faults import Fault, FaultKind, FaultList
from casework.audit.forgetting.claim import Horizons
from casework.audit.gateway import RegisterGateway
from casework.audit.notes import known_in
from casework.audit.ports import RegisterKeys
from casework.audit.stretch import Stretch
from casework.audit.walk import Walk

_TAGS: Final = 256


class Span(NamedTuple):
    """What one of several does: the leaves from `first` to before `end`, of `size`.

    `share` = (number, of) is the part of the stored subjects that falls to it.
    """

    first: int
    end: int
    size: int
    step: int
    share: tuple[int, int]

    @property
    def tags(self) -> tuple[bytes, bytes | None]:
        """The first tag of its subjects, and the first that is none of them any more."""
        number, of = self.share
        low, high = _TAGS * number // of, _TAGS * (number + 1) // of
        return bytes([low]) if low else b"", bytes([high]) if high < _TAGS else None

    def within(self, sizes: Sequence[int]) -> Sequence[int]:
        """Return those of `sizes`, smallest first, that are reached with a leaf of it."""
        return sizes[bisect_right(sizes, self.first) : bisect_right(sizes, self.end)]


def shared_out(size: int, among: int, first: int = 0) -> list[Span]:
    """Return the spans of `among` who verify `size` leaves; fewer where there are too few.

    Those before `first` are pruned: whoever begins looks whether that is so.
    """
    left = max(size - first, 0)
    step = step_for(left // among)
    ends = [(first + left * number // among) // step * step for number in range(1, among)]
    bounds = [0, *sorted({end for end in ends if end > first}), size]
    pairs = enumerate(pairwise(bounds))
    return [Span(*pair, size, step, (number, len(bounds) - 1)) for number, pair in pairs]


class Task(NamedTuple):
    """A span of leaves, which parts must be gone, None to open none, the sizes to tell roots of."""

    span: Span
    parts: Horizons | None
    signed: Sequence[int]


class Root(NamedTuple):
    """The root over so many leaves, to be compared with what was signed."""

    size: int
    root: bytes | None


@dataclass(frozen=True, slots=True)
class Passage:
    """What was found in a span: in their order, faults and roots; where it began and ended."""

    began: Sequence[bytes | None]
    ended: Sequence[bytes | None]
    size: int
    told: Sequence[Fault | Root]
    untold: int
    opened: Opened | None
    whole: bool


def joined(stretch: Stretch, found: object, first: int) -> Passage | None:
    """Return what somebody found from leaf `first` on, if they began where `stretch` has arrived.

    Then `stretch` goes on behind it; their faults and roots are still to be told.
    """
    if not isinstance(found, Passage) or not found.whole:
        return None
    walk, digests = stretch.walk, stretch.digests
    if (walk.size, walk.peaks) != (first, list(found.began)) or not digests.nothing_before(first):
        return None
    walk.resume(found.size, found.ended)
    return found


class Helper(Protocol):
    """Somebody who does a part of a verification: asked now, answering when it is done."""

    def ask(self, what: str, *given: object) -> None:
        """Begin one of the tasks of a `Side`."""
        ...

    def answer(self) -> object:
        """Return what came of it; None when nothing did: then it must be done without."""
        ...


class Side:
    """The tasks of a helper, in a transaction of its own."""

    def __init__(self, gateway: RegisterGateway, keys: RegisterKeys) -> None:
        """Read through `gateway`."""
        self._gateway = gateway
        self._keys = keys

    def notes(self, after: int, size: int) -> list[Checkpoint | None]:
        """Return what the checkpoints larger than `after`, up to `size`, say."""
        found = self._gateway.notes(size, after)
        return [known_in(one, self._keys.signer) for one in found]

    def walk(self, task: Task) -> Passage:
        """Verify a span of leaves from the nodes stored before it."""
        span, faults = task.span, _Told()
        began = self._gateway.stored_peaks(span.first)
        walk = Walk(faults, span.first, began)
        digests = DigestCheck(self._gateway.digests(span.end, span.first), faults)
        parts = None if task.parts is None else PartCheck(self._keys, task.parts, faults)
        stretch = Stretch(walk, digests, parts, task.signed, faults.root)
        stretch.follow(self._gateway.blocks(*span[:2], span.step, parts=parts is not None))
        if parts:
            parts.count(self._gateway.subjects(span.size, span.tags))
        whole, opened = digests.nothing_before(span.end), parts.opened if parts else None
        return Passage(began, walk.peaks, walk.size, faults.told, faults.untold, opened, whole)


class _Told(FaultList):
    """Faults and roots in their order; of faults no more than are ever shown."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[Fault | Root] = []

    def add(self, what: FaultKind, first: int, last: int | None = None, where: str = "") -> None:
        super().add(what, first, last, where)
        if self.count <= self.LIMIT:
            self.told.append(self.kept[-1])

    def root(self, size: int, root: bytes | None) -> None:
        self.told.append(Root(size, root))

    @property
    def untold(self) -> int:
        return self.count - len(self.kept)
