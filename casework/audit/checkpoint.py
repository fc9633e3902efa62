"""Signed checkpoints in the text formats of C2SP signed-note and tlog-checkpoint.

<origin> LF <size> LF <base64 root> LF LF — <origin> <base64(key id 4 ‖ Ed25519 64)> LF
and, where the operator wants one, a second line (`second_line`).
"""

import hashlib
import re
from base64 import b32encode, b64decode, b64encode
from typing import Final, NamedTuple
from uuid import UUID

from casework.audit.ports import LogSigner
from casework.audit.second_line import require_second, sign_second
from casework.crypto.signing import verify
from casework.errors import SealBroken

_ED25519: Final = b"\n\x01"
_KEY_ID: Final = 4
_LINES: Final = 6
_MOST_LINES: Final = 2
_SHORT: Final = 10
_SIZE: Final = re.compile(r"0|[1-9][0-9]{0,18}", re.ASCII)


class Checkpoint(NamedTuple):
    """The state of a register that its key has signed."""

    origin: str
    size: int
    root: bytes


def origin_of(council_id: UUID) -> str:
    """Return the name of a council's register."""
    return f"casework/{council_id}"


def key_id(origin: str, public: bytes) -> bytes:
    """Return the four bytes that name a key on a signature line."""
    return hashlib.sha256(origin.encode() + _ED25519 + public).digest()[:_KEY_ID]


def verifier_key(origin: str, public: bytes) -> str:
    """Return the public key as one line of text, in the form of C2SP signed-note."""
    typed = b64encode(_ED25519[1:] + public).decode()
    return f"{origin}+{key_id(origin, public).hex()}+{typed}"


def sign(size: int, root: bytes, signer: LogSigner) -> str:
    """Return the signed note of a tree."""
    text = f"{signer.origin}\n{size}\n{b64encode(root).decode()}\n"
    signatures = [key_id(signer.origin, signer.public) + signer.sign(text.encode())]
    if signer.twice and signer.second:
        signatures.append(sign_second(signer.origin, (size, root), signer.second))
    return f"{text}\n{''.join(_line(signer.origin, one) for one in signatures)}"


def short_code(note: str) -> str:
    """Return ten letters and figures that stand for a checkpoint on paper: 50 bits, to compare."""
    body = note.partition("\n\n")[0] + "\n"
    digest = hashlib.sha256(b"casework/audit/short-code/v1\0" + body.encode()).digest()
    text = b32encode(digest)[:_SHORT].decode()
    return f"{text[: _SHORT // 2]}-{text[_SHORT // 2 :]}"


def read(note: str, origin: str, public: bytes, second: bytes | None = None) -> Checkpoint:
    """Return what a note says once its signatures are verified; SealBroken otherwise.

    Only the exact form that `sign` writes is read: no line of others, no extension line. `second`
    is the public key of second lines.
    """
    body, signature, more = _split(note, origin)
    if signature[:_KEY_ID] != key_id(origin, public):
        raise SealBroken("signed by another key")
    verify(public, signature[_KEY_ID:], body.encode())
    found = _parse(body)
    for one in more:
        require_second(one, origin, (found.size, found.root), second)
    return found


def told(note: str) -> Checkpoint:
    """Return what a note says that is known to be the register's own: nothing is verified."""
    origin, size, root, _ = note.split("\n", 3)
    return Checkpoint(origin, int(size), b64decode(root))


def _line(origin: str, signature: bytes) -> str:
    return f"— {origin} {b64encode(signature).decode()}\n"


def _split(note: str, origin: str) -> tuple[str, bytes, list[bytes]]:
    body, blank, rest = note.partition("\n\n")
    *lines, end = rest.split("\n", _MOST_LINES)
    mark = f"— {origin} "
    if not blank or end or not lines or not all(line.startswith(mark) for line in lines):
        raise SealBroken("not a signed note")
    first, *more = [_decoded(line[len(mark) :]) for line in lines]
    return f"{body}\n", first, more


def _parse(body: str) -> Checkpoint:
    origin, size, root, rest = (body.split("\n") + [""] * _LINES)[:4]
    if rest or not _SIZE.fullmatch(size):
        raise SealBroken("not a checkpoint")
    return Checkpoint(origin, int(size), _decoded(root))


def _decoded(text: str) -> bytes:
    """Decode base64 in its one exact spelling: the library also takes others."""
    try:
        raw = b64decode(text, validate=True)
    except ValueError as fault:
        raise SealBroken("not base64") from fault
    if b64encode(raw).decode() != text:
        raise SealBroken("not the exact base64")
    return raw
