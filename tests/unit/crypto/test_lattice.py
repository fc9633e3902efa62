"""ML-DSA-44: the frozen keys, and signatures that hold for their message and key alone."""

import hashlib

import pytest

from casework.crypto.lattice import LatticeKey, verify_lattice
from casework.errors import SealBroken
from tests.unit.crypto.frozen import Vector, vectors

KEY = LatticeKey.from_seed(bytes(range(32)))
SIGNED = KEY.sign(b"what was said")


@pytest.mark.parametrize("frozen", vectors("checkpoint"))
def test_a_seed_gives_the_frozen_public_key(frozen: Vector) -> None:
    public = LatticeKey.from_seed(frozen.raw("mldsa44_seed")).public
    assert hashlib.sha256(public).hexdigest() == frozen["mldsa44_public_sha256"]


def test_a_signature_holds_for_its_message_and_key_alone() -> None:
    verify_lattice(KEY.public, SIGNED, b"what was said")
    other = LatticeKey.from_seed(bytes(32))
    for public, signature, message in (
        (KEY.public, SIGNED, b"what was said "),
        (other.public, SIGNED, b"what was said"),
        (KEY.public, SIGNED[:-1], b"what was said"),
        (KEY.public, SIGNED + b"\0", b"what was said"),
        (KEY.public, b"", b"what was said"),
        (KEY.public[:-1], SIGNED, b"what was said"),
        (b"", SIGNED, b"what was said"),
    ):
        with pytest.raises(SealBroken):
            verify_lattice(public, signature, message)


@pytest.mark.parametrize("at", range(0, len(SIGNED), 97))
def test_a_signature_changed_anywhere_is_refused(at: int) -> None:
    changed = SIGNED[:at] + bytes([SIGNED[at] ^ 1]) + SIGNED[at + 1 :]
    with pytest.raises(SealBroken):
        verify_lattice(KEY.public, changed, b"what was said")
