"""One corpus of tampering, by its words, played against both verifiers."""

import hashlib
from collections.abc import Callable
from typing import Final, NamedTuple

from casework.audit.checkpoint import sign
from casework.audit.faults import FaultKind
from tests.fakes_audit import SeededSigner
from tests.register import COUNCIL, Register
from tests.tampering import SIZE, attack, notes, rewrite, stored

LINE: Final = 39
"""A line that completes nodes: 39 = 100111 in binary completes three."""
SIGNED: Final = 65
ELSEWHERE: Final = hashlib.sha256(b"another story").digest()
Place = tuple[int, int]


class Tampering(NamedTuple):
    """What somebody does to a stored register, and what each verifier says of it.

    `here` is the fault of the service, `there` that of the export that the service then makes;
    both at `place`. None: no contradiction, and `warns` is what the offline verifier remarks.
    """

    word: str
    do: Callable[[Register], None]
    here: FaultKind | None
    there: str | None
    place: Place = (LINE, LINE)
    warns: str = ""


def by_sql(*statements: str) -> Callable[[Register], None]:
    return lambda register: attack(register, *statements)


def other_note(register: Register, note: str) -> None:
    where = f"UPDATE audit_checkpoints SET note = :note WHERE size = {SIGNED}"
    attack(register, where, note=note)


def _forged(register: Register) -> None:
    other_note(register, notes(register)[SIGNED].replace("\n65\n", "\n66\n"))


def _equivocating(register: Register) -> None:
    other_note(register, sign(SIGNED, ELSEWHERE, register.keys.signer))


def _wrong_key(register: Register) -> None:
    other_note(register, sign(SIGNED, ELSEWHERE, SeededSigner(COUNCIL, generation=1)))


def _truncated_note(register: Register) -> None:
    other_note(register, notes(register)[SIGNED][:-40])


def _endless_note(register: Register) -> None:
    other_note(register, notes(register)[SIGNED] + "— other AAAA\n" * 6000)


def _rewritten(register: Register) -> None:
    lines = stored(register)
    lines[LINE] = lines[LINE]._replace(kind="meeting:read")
    rewrite(register, lines)


def _duplicated(register: Register) -> None:
    lines = stored(register)
    rewrite(register, [*lines[: LINE + 1], *lines[LINE:]])


def clock_off_by(days: int) -> Callable[[Register], None]:
    """Return what a machine does whose clock is wrong for one line."""

    def read(register: Register) -> None:
        register.clock.advance(days=days)
        register.read()
        register.clock.advance(days=-days)

    return read


def _longer_nodes(register: Register) -> None:
    nodes = stored(register)[LINE].nodes + ELSEWHERE
    attack(register, f"UPDATE audit_leaves SET nodes = :nodes WHERE seq = {LINE}", nodes=nodes)


_SWAP: Final = (
    f"UPDATE audit_leaves SET seq = -1 WHERE seq = {LINE}",
    f"UPDATE audit_leaves SET seq = {LINE} WHERE seq = {LINE + 1}",
    f"UPDATE audit_leaves SET seq = {LINE + 1} WHERE seq = -1",
)
_KINDS: Final = FaultKind
CORPUS: Final = [
    Tampering("truncated", by_sql("DELETE FROM audit_leaves WHERE seq >= 80"),
              _KINDS.LEAF_MISSING, "leaf-missing", (80, SIZE - 1)),
    Tampering("truncated line", by_sql(f"DELETE FROM audit_leaves WHERE seq = {LINE}"),
              _KINDS.LEAF_MISSING, "leaf-missing"),
    Tampering("truncated checkpoint", _truncated_note,
              _KINDS.CHECKPOINT_FORGED, "checkpoint-forged", (64, 64)),
    Tampering("over-long nodes", _longer_nodes, _KINDS.NODE_WRONG, "node-wrong"),
    Tampering("over-long checkpoint", _endless_note,
              _KINDS.CHECKPOINT_FORGED, "checkpoint-forged", (64, 64)),
    Tampering("duplicated", _duplicated,
              _KINDS.CHECKPOINT_CONTRADICTED, "checkpoint-contradicted", (1, 64)),
    Tampering("reordered", by_sql(*_SWAP), _KINDS.LEAF_EDITED, "leaf-edited"),
    Tampering("edited", by_sql(f"UPDATE audit_leaves SET kind = 'a:b' WHERE seq = {LINE}"),
              _KINDS.LEAF_EDITED, "leaf-edited"),
    Tampering("parts of another line",
              by_sql(f"UPDATE audit_parts SET what = who WHERE seq = {LINE}"),
              _KINDS.PART_EDITED, "part-altered"),
    Tampering("rewritten", _rewritten,
              _KINDS.CHECKPOINT_CONTRADICTED, "checkpoint-contradicted", (1, 64)),
    Tampering("forged head", _forged, _KINDS.CHECKPOINT_FORGED, "checkpoint-forged", (64, 64)),
    Tampering("equivocating", _equivocating,
              _KINDS.CHECKPOINT_CONTRADICTED, "checkpoint-contradicted", (1, 64)),
    Tampering("wrong key", _wrong_key, _KINDS.CHECKPOINT_FORGED, "checkpoint-forged", (64, 64)),
    Tampering("future clock", clock_off_by(9000), None, None, warns="datées dans le futur"),
    Tampering("past clock", clock_off_by(-9000), None, None, warns="l’horloge a reculé"),
]  # fmt: skip
