"""What only a member opens: their seed behind a password, their drafts behind a receipt."""

from uuid import UUID

import pytest

from casework.errors import SealBroken
from casework.keys.member_keys import DraftKey, open_seed, seal_seed
from tests.fakes import CountingEntropy

MEMBER = UUID(int=7)
OTHER = UUID(int=8)
UNLOCK = bytes(range(32))
SEED = bytes(range(32, 64))


def test_a_seed_comes_back_with_its_member_and_key() -> None:
    sealed = seal_seed(MEMBER, UNLOCK, SEED, CountingEntropy())
    assert open_seed(MEMBER, UNLOCK, sealed) == SEED


def test_a_seed_of_another_member_does_not_open() -> None:
    sealed = seal_seed(MEMBER, UNLOCK, SEED, CountingEntropy())
    with pytest.raises(SealBroken):
        open_seed(OTHER, UNLOCK, sealed)


@pytest.mark.parametrize("position", [0, 1, 2, 20, -1])
def test_an_altered_seal_does_not_open(position: int) -> None:
    sealed = bytearray(seal_seed(MEMBER, UNLOCK, SEED, CountingEntropy()))
    sealed[position] ^= 1
    with pytest.raises(SealBroken):
        open_seed(MEMBER, UNLOCK, bytes(sealed))


def test_a_draft_hides_how_long_it_is_within_a_step() -> None:
    key = DraftKey.from_seed(SEED, CountingEntropy())
    short, longer = (key.seal(UUID(int=1), b"x" * size) for size in (1, 200))
    assert len(short) == len(longer)
