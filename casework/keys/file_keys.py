"""The keys of whole SQLite files, wrapped by the KEK, so that rotating it rewrites no database."""

import os
from pathlib import Path

from casework.entropy import Entropy
from casework.errors import Misconfigured, SealBroken
from casework.keys.provider import KekProvider


def load_file_key(provider: KekProvider, path: Path) -> bytes:
    """Return the 32-byte key wrapped in `path`.

    Raises `Misconfigured` when it is not there, or the key file is not the one that wrapped it.
    """
    try:
        wrapped = path.read_bytes()
    except OSError:
        raise Misconfigured([f"the wrapped database key {path} is missing"]) from None
    try:
        return provider.unwrap(wrapped, _context(path))
    except SealBroken:
        raise Misconfigured([f"{path} was wrapped by another key file"]) from None


def create_file_key(provider: KekProvider, path: Path, entropy: Entropy) -> bytes:
    """Draw a key, keep it wrapped in `path` (0600), and return it. Never overwrites."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    key = entropy.bytes(32)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(provider.wrap(key, _context(path)))
    return key


def _context(path: Path) -> bytes:
    return b"casework/file-key/v1/" + path.name.encode()
