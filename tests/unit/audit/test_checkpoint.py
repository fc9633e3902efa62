"""Signed notes: the exact text, and everything that must not be taken for one."""

import hashlib

import pytest

from casework.audit.additions import Note
from casework.audit.checkpoint import Checkpoint, key_id, origin_of, read, sign
from casework.audit.notes import known_in
from casework.errors import SealBroken
from tests.fakes_audit import SeededSigner, id_of

COUNCIL = id_of("council")
SIGNER = SeededSigner(COUNCIL)
ROOT = hashlib.sha256(b"root").digest()
NOTE = sign(64, ROOT, SIGNER)


def test_the_text_is_that_of_a_c2sp_checkpoint() -> None:
    text, _, signature = NOTE.partition("\n\n")
    assert text.split("\n") == [
        f"casework/{COUNCIL}",
        "64",
        "SBNJTRN+FjG7owHVrKtue7eqdM4RhdRWVl71HXN2d7I=",
    ]
    assert signature.startswith(f"— casework/{COUNCIL} ")
    assert signature.endswith("\n")


def test_the_key_id_is_that_of_a_c2sp_signed_note() -> None:
    named = f"{SIGNER.origin}\n\x01".encode() + SIGNER.public
    assert key_id(SIGNER.origin, SIGNER.public) == hashlib.sha256(named).digest()[:4]


def test_a_note_is_read_back() -> None:
    assert read(NOTE, SIGNER.origin, SIGNER.public) == Checkpoint(origin_of(COUNCIL), 64, ROOT)


@pytest.mark.parametrize("at", range(len(NOTE)))
def test_a_note_changed_anywhere_is_refused(at: int) -> None:
    other = "A" if NOTE[at] != "A" else "B"
    with pytest.raises(SealBroken):
        read(NOTE[:at] + other + NOTE[at + 1 :], SIGNER.origin, SIGNER.public)


@pytest.mark.parametrize(
    "forged",
    ["", "\n\n", NOTE[:-1], NOTE * 2, NOTE + "more", "x" + NOTE, NOTE.replace("\n64\n", "\n064\n")],
)
def test_what_is_not_exactly_a_note_is_refused(forged: str) -> None:
    with pytest.raises(SealBroken):
        read(forged, SIGNER.origin, SIGNER.public)


def test_a_note_that_bears_its_mark_is_known_and_no_other() -> None:
    unsigned = NOTE[:-4] + "AA=\n"
    mark = SIGNER.mark(unsigned)
    assert known_in(Note(64, 0, unsigned), SIGNER) is None
    assert known_in(Note(64, 0, unsigned, mark), SIGNER) == Checkpoint(SIGNER.origin, 64, ROOT)
    assert known_in(Note(64, 0, unsigned, SIGNER.mark(NOTE)), SIGNER) is None
    assert known_in(Note(64, 0, unsigned, mark), SeededSigner(COUNCIL, generation=1)) is None
    assert known_in(Note(64, 0, NOTE, mark), SIGNER) == Checkpoint(SIGNER.origin, 64, ROOT)


def test_a_mark_is_of_one_register() -> None:
    other = SeededSigner(id_of("another council"))
    other.origin = SIGNER.origin
    strange = sign(64, ROOT, other)
    other.origin = "casework/elsewhere"
    assert known_in(Note(64, 0, strange, other.mark(strange)), other) is None


def signed(text: str) -> str:
    """Return a note over any text, by the right key."""
    whole = sign(1, ROOT, _Saying(text))
    return f"{text}\n{whole.partition(chr(10) * 2)[2]}"


class _Saying(SeededSigner):
    """Signs another text than it is asked to."""

    def __init__(self, text: str) -> None:
        super().__init__(COUNCIL)
        self._text = text

    def sign(self, message: bytes) -> bytes:
        del message
        return super().sign(self._text.encode())


@pytest.mark.parametrize("size", ["064", "+64", " 64", "-1", "6_4", "٦٤", "", "1e2"])
def test_even_a_signed_size_has_one_spelling(size: str) -> None:
    root = NOTE.split("\n")[2]
    with pytest.raises(SealBroken):
        read(signed(f"{SIGNER.origin}\n{size}\n{root}\n"), SIGNER.origin, SIGNER.public)


def test_the_note_of_another_council_is_refused() -> None:
    other = SeededSigner(id_of("another council"))
    with pytest.raises(SealBroken):
        read(sign(64, ROOT, other), SIGNER.origin, SIGNER.public)


def test_the_note_of_another_key_is_refused() -> None:
    other = SeededSigner(COUNCIL, generation=1)
    with pytest.raises(SealBroken):
        read(sign(64, ROOT, other), SIGNER.origin, SIGNER.public)
