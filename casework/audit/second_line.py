"""The second signature of a checkpoint: ML-DSA-44, in the binary form of C2SP tlog-cosignature.

key id 4 ‖ u64 time ‖ signature 2420        time 0: a root, and no statement of when
signed:  "subtree/v1" LF 00 ‖ u8 len ‖ origin ‖ u64 time ‖ u8 len ‖ origin
         ‖ u64 0 ‖ u64 size ‖ root
"""

import hashlib
from base64 import b64encode
from struct import Struct
from typing import Final

from casework.audit.ports import SecondSigner
from casework.crypto.lattice import verify_lattice
from casework.errors import SealBroken

_TYPE: Final = b"\x06"
_LABEL: Final = b"subtree/v1\n\0"
_U64: Final = Struct(">Q")
_NO_TIME: Final = _U64.pack(0)
_KEY_ID: Final = 4
_SIGNATURE: Final = _KEY_ID + _U64.size + 2420


def second_verifier_key(origin: str, public: bytes) -> str:
    """Return the public key as one line of text, in the form of C2SP signed-note."""
    typed = b64encode(_TYPE + public).decode()
    return f"{origin}+{_key_id(origin, public).hex()}+{typed}"


def sign_second(origin: str, tree: tuple[int, bytes], signer: SecondSigner) -> bytes:
    """Return the signature over the tree of (size, root)."""
    signed = signer.sign(_message(origin, *tree))
    return _key_id(origin, signer.public) + _NO_TIME + signed


def require_second(
    signature: bytes, origin: str, tree: tuple[int, bytes], public: bytes | None
) -> None:
    """Return if `public` signed the tree so; SealBroken otherwise, or without such a key."""
    if public is None or len(signature) != _SIGNATURE:
        raise SealBroken("a second signature that cannot be")
    if signature[: _KEY_ID + _U64.size] != _key_id(origin, public) + _NO_TIME:
        raise SealBroken("a second signature by another key")
    verify_lattice(public, signature[_KEY_ID + _U64.size :], _message(origin, *tree))


def _key_id(origin: str, public: bytes) -> bytes:
    return hashlib.sha256(origin.encode() + b"\n" + _TYPE + public).digest()[:_KEY_ID]


def _message(origin: str, size: int, root: bytes) -> bytes:
    name = bytes([len(origin.encode())]) + origin.encode()
    return b"".join((_LABEL, name, _NO_TIME, name, _U64.pack(0), _U64.pack(size), root))
