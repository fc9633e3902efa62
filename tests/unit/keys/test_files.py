"""A file under its own secret, frozen: what was sealed last year opens, in its place alone."""

from collections.abc import Sequence
from hashlib import sha256
from uuid import UUID

import pytest

from casework.crypto.envelope import FieldKey
from casework.keys.cipher import Opened, Opener, Sealer
from casework.keys.files import SealedFile, open_file, seal_file
from casework.keys.values import HeldKey, Withheld
from tests.fakes import CountingEntropy

COUNCIL, PART, CASE, FILE, OTHER = (UUID(int=number) for number in range(1, 6))
CONTENT = bytes(range(251)) * 9000
CELL = ("documents", "key_sealed", FILE)
HELD = HeldKey(COUNCIL, PART, CASE, "attachments", None, None, 1, b"")
KEY = FieldKey(bytes(32), 1)
PIECES = "1efd2fd64a32906d569d75e079712df62743e25b7d634706acf9380df7d7d279"
SEALED_KEY = "e3d959a5b60834e25fdbbea3077620c929d7fd2774a2bfd51affe60a67171f98"
OPENED = Opened({PART: Opener(KEY, HELD)})


def sealed(file_id: UUID = FILE, seed: int = 0) -> tuple[SealedFile, bytes]:
    made = seal_file(file_id, CONTENT, CountingEntropy(seed))
    sealer = Sealer(KEY, HELD, CountingEntropy(9), lambda *_: None)
    return made, made.key(sealer, "documents", "key_sealed")


def whole(pieces: Sequence[bytes], key: bytes, file_id: UUID = FILE) -> bytes | Withheld:
    return open_file(OPENED, PART, ("documents", "key_sealed", file_id), key, pieces)


def test_the_file_is_frozen() -> None:
    made, key = sealed()
    assert [len(one) for one in made.pieces] == [49, (1 << 20) + 16, (1 << 20) + 16, 196624]
    assert sha256(b"".join(made.pieces)).hexdigest() == PIECES
    assert sha256(key).hexdigest() == SEALED_KEY
    assert whole(made.pieces, key) == CONTENT


def test_neither_the_secret_nor_the_content_shows_when_it_is_printed() -> None:
    made, _ = sealed()
    assert repr(made) == f"SealedFile(id={FILE!r})"


@pytest.mark.parametrize(
    "change",
    [
        lambda one: one[:-1],
        lambda one: one[1:],
        lambda one: [one[0], one[2], one[1], one[3]],
        lambda one: [*one, one[3]],
        lambda one: [one[0], one[1], one[1], one[3]],
        lambda one: [one[0], one[1], one[2], one[3][:-1] + bytes([one[3][-1] ^ 1])],
        lambda _: [],
    ],
)
def test_pieces_lost_moved_repeated_or_altered_do_not_open(change: object) -> None:
    made, key = sealed()
    assert whole(change(list(made.pieces)), key) == Withheld("broken")  # type: ignore[operator]


def test_the_pieces_or_the_key_of_another_file_do_not_open() -> None:
    (made, key), (others, other_key) = sealed(), sealed(OTHER, 5)
    assert whole([*made.pieces[:2], others.pieces[2], made.pieces[3]], key) == Withheld("broken")
    assert whole(others.pieces, key) == Withheld("broken")
    assert whole(made.pieces, other_key) == Withheld("broken")
    assert whole(made.pieces, key, OTHER) == Withheld("broken")


def test_without_the_key_of_the_part_it_stays_shut() -> None:
    made, key = sealed()
    assert open_file(Opened({}), PART, CELL, key, made.pieces) == Withheld("no-key")
