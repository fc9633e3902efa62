"""Files sealed for somebody else open with their identity alone, with us or without us."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.crypto.age import draw_identity, is_recipient, recipient_of, seal, unseal
from casework.errors import SealBroken, Unavailable
from tests.unit.crypto.frozen import vectors

(FROZEN,) = vectors("age")
IDENTITY, RECIPIENT = FROZEN["identity"], FROZEN["recipient"]
HEADER, PIECE = 200, 65_536 + 16
"""As age has it: a header of about 200 bytes for one recipient, then pieces of 64 KiB."""


class Full(io.BytesIO):
    """A disk without room."""

    def write(self, *_: object) -> int:
        raise OSError(28, "No space left on device")


def sealed(content: bytes, *recipients: str) -> bytes:
    target = io.BytesIO()
    seal(io.BytesIO(content), target, recipients or (RECIPIENT,))
    return target.getvalue()


def opened(content: bytes, identity: str = IDENTITY) -> bytes:
    target = io.BytesIO()
    unseal(io.BytesIO(content), target, identity)
    return target.getvalue()


def test_a_file_of_the_reference_program_opens() -> None:
    assert recipient_of(IDENTITY) == RECIPIENT
    assert opened(FROZEN.raw("sealed")) == FROZEN.raw("opened")


def test_a_mistyped_key_is_none() -> None:
    assert is_recipient(RECIPIENT)
    assert not is_recipient(f"{RECIPIENT[:-1]}q")


@given(st.binary(max_size=200_000))
def test_what_was_sealed_opens(content: bytes) -> None:
    assert opened(sealed(content)) == content


def test_each_of_several_opens_it_and_nobody_else() -> None:
    second, recipient = draw_identity()
    content = sealed(b"invented", RECIPIENT, recipient)
    assert opened(content) == opened(content, second) == b"invented"
    with pytest.raises(SealBroken):
        opened(content, draw_identity()[0])


def test_a_file_cut_anywhere_is_refused_also_between_two_pieces() -> None:
    whole = sealed(bytes(3 * 65_536))
    start = len(whole) - 3 * PIECE
    for end in (0, 30, HEADER, start, start + PIECE, start + 2 * PIECE, len(whole) - 1):
        with pytest.raises(SealBroken):
            opened(whole[:end])


@given(st.integers(min_value=0, max_value=65_536 + HEADER), st.integers(min_value=0, max_value=7))
def test_a_changed_bit_is_refused(at: int, bit: int) -> None:
    content = bytearray(sealed(bytes(65_536)))
    content[at % len(content)] ^= 1 << bit
    with pytest.raises(SealBroken):
        opened(bytes(content))


def test_comments_around_an_identity_are_those_of_age_keygen() -> None:
    written = f"# created: 2026-11-28\n# public key: {RECIPIENT}\n{IDENTITY}\n"
    assert recipient_of(written) == RECIPIENT


@pytest.mark.parametrize("text", ["", "# nothing", RECIPIENT, f"{IDENTITY}\n{IDENTITY}", "AGE-"])
def test_what_is_no_identity_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no age identity"):
        recipient_of(text)


@pytest.mark.parametrize("recipients", [[], ["age1"], [IDENTITY], [RECIPIENT, "ssh-ed25519 AAAA"]])
def test_nothing_is_sealed_for_somebody_who_cannot_be(recipients: list[str]) -> None:
    with pytest.raises(ValueError, match=r"nobody|no age recipient"):
        seal(io.BytesIO(b"invented"), io.BytesIO(), recipients)


def test_a_disk_without_room_is_no_damage() -> None:
    content = sealed(bytes(200_000))
    with pytest.raises(Unavailable):
        unseal(io.BytesIO(content), Full(), IDENTITY)
    with pytest.raises(Unavailable):
        seal(io.BytesIO(bytes(200_000)), Full(), [RECIPIENT])
