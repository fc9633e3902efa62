"""Lines are looked at once more before they go: what contradicts itself is kept, as evidence."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from casework.audit.additions import Note
from casework.audit.checkpoint import Checkpoint
from casework.audit.contents import DigestCheck
from casework.audit.faults import FaultList
from casework.audit.forgetting.gateway import ForgettingGateway, Span
from casework.audit.forgetting.ground import Pass
from casework.audit.forgetting.policy import BLOCK, covering
from casework.audit.notes import signed_in
from casework.audit.ports import LogSigner
from casework.audit.proof import consistency_proof, verify_consistency
from casework.audit.tree import peak_places
from casework.audit.walk import Walk
from casework.errors import IntegrityFailure


@dataclass(frozen=True, slots=True)
class Checked:
    """Lines that may go: by the end of each block, the nodes that will stand for all before it."""

    span: Span
    covers: Mapping[int, Mapping[tuple[int, int], bytes]]


def check(run: Pass, gateway: ForgettingGateway, span: Span) -> Checked:
    """Verify the lines of a span, their digests, and that a signed checkpoint proves their tree.

    Raises `IntegrityFailure` when anything contradicts anything.
    """
    faults, (first, end) = FaultList(), span
    held = gateway.covers()
    walk = Walk(faults, first, [held.get(place) for place in peak_places(first)])
    digests = DigestCheck(gateway.digests_in((0, end)), faults)
    signed = {one.size: one.root for one in _signed(run, gateway, span)}
    covers = {}
    for values in walk.follow(gateway.span(span)):
        digests.check(values)
        if signed.pop(walk.size, walk.root) != walk.root:
            raise IntegrityFailure("old lines are not those that were signed")
        if walk.size % BLOCK == 0 and walk.frontier is not None:
            covers[walk.size] = covering(walk.size, walk.frontier)
    walk.miss_until(end)
    digests.end()
    if faults.count or walk.root is None:
        raise IntegrityFailure("old lines contradict themselves")
    _prove(gateway, (end, walk.root), signed)
    return Checked(span, covers)


def _signed(run: Pass, gateway: ForgettingGateway, span: Span) -> Iterator[Checkpoint]:
    """Give the checkpoints of a span, and the first one that is as large as it or larger."""
    signer = run.keys.signer
    for note in gateway.notes(gateway.lines()):
        if note.size > span[0]:
            yield _read(note, signer)
        if note.size >= span[1]:
            return
    raise IntegrityFailure("no signature covers the old lines")


def _read(note: Note, signer: LogSigner) -> Checkpoint:
    found = signed_in(note.note, signer)
    if found is None:
        raise IntegrityFailure("a checkpoint is not signed by this register")
    return found


def _prove(
    gateway: ForgettingGateway, tree: tuple[int, bytes], signed: Mapping[int, bytes]
) -> None:
    """Raise `IntegrityFailure` unless the signed tree extends the one that will be pruned."""
    size, root = tree
    for larger, signed_root in signed.items():
        steps = gateway.from_nodes(partial(consistency_proof, size, larger))
        if not verify_consistency((size, larger), (root, signed_root), steps):
            raise IntegrityFailure("old lines are not those that were signed")
