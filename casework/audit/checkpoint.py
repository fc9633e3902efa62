"""Signed checkpoints in the text formats of C2SP signed-note and tlog-checkpoint.

<origin> LF <size> LF <base64 root> LF LF — <origin> <base64(key id 4 ‖ Ed25519 64)> LF
"""

import hashlib
import re
from base64 import b32encode, b64decode, b64encode
from typing import Final, NamedTuple
from uuid import UUID

from casework.audit.ports import LogSigner
from casework.crypto.signing import verify
from casework.errors import SealBroken

_ED25519: Final = b"\n\x01"
_KEY_ID: Final = 4
_LINES: Final = 6
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
    signature = key_id(signer.origin, signer.public) + signer.sign(text.encode())
    return f"{text}\n— {signer.origin} {b64encode(signature).decode()}\n"


def short_code(note: str) -> str:
    """Return ten letters and figures that stand for a checkpoint on paper: 50 bits, to compare."""
    body = note.partition("\n\n")[0] + "\n"
    digest = hashlib.sha256(b"casework/audit/short-code/v1\0" + body.encode()).digest()
    text = b32encode(digest)[:_SHORT].decode()
    return f"{text[: _SHORT // 2]}-{text[_SHORT // 2 :]}"


def read(note: str, origin: str, public: bytes) -> Checkpoint:
    """Return what a note says once its signature is verified; SealBroken otherwise.

    Only the exact form that `sign` writes is read: no second signature, no extension line.
    """
    body, signature = _split(note, origin)
    if signature[:_KEY_ID] != key_id(origin, public):
        raise SealBroken("signed by another key")
    verify(public, signature[_KEY_ID:], body.encode())
    return _parse(body)


def _split(note: str, origin: str) -> tuple[str, bytes]:
    body, blank, line = note.partition("\n\n")
    mark = f"— {origin} "
    if not blank or not line.startswith(mark) or not line.endswith("\n"):
        raise SealBroken("not a signed note")
    return f"{body}\n", _decoded(line[len(mark) : -1])


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
