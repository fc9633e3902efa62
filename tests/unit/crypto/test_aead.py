import pytest

from casework.crypto.aead import VersionedCipher, require_key, require_nonce
from casework.entropy import SystemEntropy


@pytest.mark.parametrize("size", [0, 16, 24, 31, 33, 64])
def test_only_whole_keys_are_taken(size: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        require_key(bytes(size))
    with pytest.raises(ValueError, match="32 bytes"):
        VersionedCipher(bytes(size))


@pytest.mark.parametrize("size", [0, 8, 11, 13, 16, 128])
def test_only_nonces_of_twelve_bytes_are_taken(size: int) -> None:
    with pytest.raises(ValueError, match="12 bytes"):
        require_nonce(bytes(size))
    with pytest.raises(ValueError, match="12 bytes"):
        VersionedCipher(bytes(32)).seal(b"", b"", bytes(size))


def test_a_million_nonces_are_all_different() -> None:
    entropy = SystemEntropy()
    assert len({entropy.bytes(12) for _ in range(1_000_000)}) == 1_000_000
