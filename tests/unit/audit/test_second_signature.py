"""A second line below a checkpoint: the frozen text, and what must not be taken for one."""

import hashlib
from base64 import b64decode

import pytest

from casework.audit.checkpoint import Checkpoint, read, sign, verifier_key
from casework.audit.second_line import second_verifier_key
from casework.errors import SealBroken
from tests.fakes_audit import SeededSigner, id_of
from tests.offline import VERIFIER, loaded
from tests.unit.crypto.frozen import Vector, vectors

OFFLINE = loaded(VERIFIER)
COUNCIL = id_of("council")
SIGNER = SeededSigner(COUNCIL, twice=True)
OTHER = SeededSigner(COUNCIL, generation=1, twice=True)
ROOT = hashlib.sha256(b"root").digest()
NOTE = sign(64, ROOT, SIGNER)
BODY, _, LINES = NOTE.partition("\n\n")
FIRST, SECOND = LINES.splitlines(keepends=True)
THEIRS = sign(64, ROOT, OTHER).splitlines(keepends=True)[-1]


def public(signer: SeededSigner) -> bytes:
    assert signer.second is not None
    return signer.second.public


def here(note: str, second: bytes | None = public(SIGNER)) -> Checkpoint:
    return read(note, SIGNER.origin, SIGNER.public, second)


def elsewhere(note: str) -> None:
    """Read a note as the offline verifier does."""
    key = OFFLINE.LogKey(verifier_key(SIGNER.origin, SIGNER.public))
    text = second_verifier_key(SIGNER.origin, public(SIGNER))
    key.second = OFFLINE.SecondKey(text, SIGNER.origin)
    assert key.second.judges
    key.read(note)


@pytest.mark.parametrize("frozen", vectors("checkpoint"))
def test_the_frozen_notes_are_read_by_both(frozen: Vector) -> None:
    second = b64decode(frozen["second_key"].split("+", 2)[2])[1:]
    found = read(frozen["note"], frozen["origin"], frozen.raw("ed25519_public"), second)
    assert found == Checkpoint(frozen["origin"], frozen["size"], frozen.raw("root"))
    assert second_verifier_key(frozen["origin"], second) == frozen["second_key"]
    key = OFFLINE.LogKey(verifier_key(frozen["origin"], frozen.raw("ed25519_public")))
    key.second = OFFLINE.SecondKey(frozen["second_key"], frozen["origin"])
    told = key.read(frozen["note"])
    assert (told.size, told.root, told.second) == (frozen["size"], frozen.raw("root"), True)


def test_one_line_or_two_are_read_and_say_the_same() -> None:
    assert here(NOTE) == here(f"{BODY}\n\n{FIRST}") == Checkpoint(SIGNER.origin, 64, ROOT)


@pytest.mark.parametrize("at", range(len(NOTE) - len(SECOND), len(NOTE), 41))
def test_a_second_line_changed_anywhere_is_refused(at: int) -> None:
    changed = NOTE[:at] + ("A" if NOTE[at] != "A" else "B") + NOTE[at + 1 :]
    with pytest.raises(SealBroken):
        here(changed)


@pytest.mark.parametrize(
    "lines",
    [
        SECOND,
        SECOND + FIRST,
        FIRST + FIRST,
        FIRST + SECOND + SECOND,
        FIRST + SECOND[:-1],
        FIRST + SECOND + "\n",
        FIRST + THEIRS,
        FIRST + SECOND[:80] + "\n",
    ],
)
def test_only_the_first_line_and_then_the_second_are_read(lines: str) -> None:
    with pytest.raises(SealBroken):
        here(f"{BODY}\n\n{lines}")


def test_a_second_line_that_nobody_here_can_check_is_refused() -> None:
    with pytest.raises(SealBroken):
        here(NOTE, None)


def test_a_second_line_over_another_tree_is_refused_here_and_elsewhere() -> None:
    elsewhere(NOTE)
    for size, root in ((65, ROOT), (64, hashlib.sha256(b"another").digest())):
        line = sign(size, root, SIGNER).splitlines(keepends=True)[-1]
        note = f"{BODY}\n\n{FIRST}{line}"
        with pytest.raises(SealBroken):
            here(note)
        with pytest.raises(ValueError, match="second key"):
            elsewhere(note)


@pytest.mark.parametrize(
    "text",
    ["", "x", f"{SIGNER.origin}+00000000+AAAA", verifier_key(SIGNER.origin, SIGNER.public),
     second_verifier_key("casework/other", public(SIGNER))],
)  # fmt: skip
def test_what_is_no_second_key_is_refused_elsewhere(text: str) -> None:
    with pytest.raises(ValueError, match=r"key|base64"):
        OFFLINE.SecondKey(text, SIGNER.origin)
