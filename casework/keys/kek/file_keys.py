"""The keys of whole SQLite files, wrapped by the KEK, so that rotating it rewrites no database."""

from pathlib import Path

from casework.entropy import Entropy
from casework.errors import Misconfigured, SealBroken
from casework.keys.kek.private_files import alone_in, create_private, replace_private
from casework.keys.kek.provider import KekProvider, version_of


def load_file_key(provider: KekProvider, path: Path) -> bytes:
    """Return the 32-byte key wrapped in `path`.

    Raises `Misconfigured` when it is not there, or the KEK is not the one that wrapped it.
    """
    try:
        return provider.unwrap(_wrapped(path), _context(path))
    except SealBroken:
        raise Misconfigured([f"{path} was wrapped by another key file"]) from None


def create_file_key(provider: KekProvider, path: Path, entropy: Entropy) -> bytes:
    """Draw a key, keep it wrapped in `path` (0600), and return it. Never overwrites."""
    key = entropy.bytes(32)
    create_private(path, provider.wrap(key, _context(path)))
    return key


def rewrap_file_key(provider: KekProvider, path: Path) -> bool:
    """Wrap the key in `path` under the newest version of the KEK; say whether it was not yet.

    Raises `SealBroken` when the KEK does not open it.
    """
    with alone_in(path.parent):
        before = _wrapped(path)
        after = provider.rewrap(before, _context(path))
        if after != before:
            replace_private(path, after)
    return after != before


def file_key_version(path: Path) -> int:
    """Return the version of the KEK that wrapped the key in `path`."""
    return version_of(_wrapped(path))


def _wrapped(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise Misconfigured([f"the wrapped database key {path} is missing"]) from None


def _context(path: Path) -> bytes:
    return b"casework/file-key/v1/" + path.name.encode()
