"""The KEK in a file that only the service may read.

    casework-kek/v1
    1 BASE64-OF-32-BYTES          one line a version, the highest one current

The file lives outside the data and backup directories.
"""

import base64
import binascii
from pathlib import Path
from typing import Final

from casework.crypto.secretbox import Box
from casework.entropy import Entropy
from casework.errors import Misconfigured, SealBroken
from casework.keys.kek.private_files import (
    OTHERS,
    alone_in,
    create_private,
    read_private,
    replace_private,
)
from casework.keys.kek.provider import Kind, body, head, version_of

_HEADER: Final = "casework-kek/v1"
_WHAT: Final = "the key file"
_KEY_LENGTH: Final = 32
_NONCE_LENGTH: Final = 12


class FileKek:
    """A `KekProvider` whose versions stand in one 0600 file, read again when it changes."""

    def __init__(self, path: Path, entropy: Entropy, forbidden: int = OTHERS) -> None:
        """Read the file. Raises `Misconfigured` when it is missing, readable by others or wrong.

        `forbidden` are the rights that make it readable by others.
        """
        self._path = path
        self._entropy = entropy
        self._forbidden = forbidden
        self._stamp = _stamp(path)
        self._boxes = self._read()

    def wrap(self, secret: bytes, context: bytes) -> bytes:
        """Return `secret` under the newest version."""
        boxes = self._known()
        version = max(boxes)
        nonce = self._entropy.bytes(_NONCE_LENGTH)
        return head(Kind.FILE, version) + boxes[version].seal(secret, context, nonce)

    def unwrap(self, wrapped: bytes, context: bytes) -> bytes:
        """Return the secret, whichever known version wrapped it."""
        box = self._known().get(version_of(wrapped))
        if box is None:
            raise SealBroken("kek")
        return box.open(body(wrapped, Kind.FILE), context)

    def rewrap(self, wrapped: bytes, context: bytes) -> bytes:
        """Return it under the newest version; unchanged when it is, and it opens."""
        secret = self.unwrap(wrapped, context)
        return wrapped if version_of(wrapped) == max(self._boxes) else self.wrap(secret, context)

    def current_version(self) -> int:
        """Return the newest version in the file."""
        return max(self._known())

    def versions(self) -> tuple[int, ...]:
        """Return the versions in the file."""
        return tuple(sorted(self._known()))

    def draw(self, after: int) -> int:
        """Add a line to the file."""
        with alone_in(self._path.parent):
            keys = _keys_in(self._path, self._forbidden)
            if max(keys) == after:
                self._replace({**keys, after + 1: self._entropy.bytes(_KEY_LENGTH)})
        return self.current_version()

    def retire(self) -> int:
        """Leave the newest line alone in the file."""
        with alone_in(self._path.parent):
            keys = _keys_in(self._path, self._forbidden)
            newest = max(keys)
            if len(keys) > 1:
                self._replace({newest: keys[newest]})
        return len(keys) - 1

    def _replace(self, keys: dict[int, bytes]) -> None:
        replace_private(self._path, _text(keys))

    def _known(self) -> dict[int, Box]:
        """Return the keys as the file has them now: another process may have added one.

        A file taken away after the start takes nothing away from who has read it.
        """
        stamp = _stamp(self._path)
        if stamp not in {(), self._stamp}:
            self._boxes, self._stamp = self._read(), stamp
        return self._boxes

    def _read(self) -> dict[int, Box]:
        keys = _keys_in(self._path, self._forbidden)
        return {version: Box(key) for version, key in keys.items()}


def create_file(path: Path, entropy: Entropy) -> None:
    """Write a first KEK, readable by its owner alone. Never overwrites."""
    create_private(path, _text({1: entropy.bytes(_KEY_LENGTH)}))


def _stamp(path: Path) -> tuple[int, ...]:
    try:
        found = path.stat()
    except OSError:
        return ()
    return (found.st_ino, found.st_mtime_ns, found.st_size, found.st_mode)


def _text(keys: dict[int, bytes]) -> bytes:
    lines = [f"{version} {base64.b64encode(keys[version]).decode()}" for version in sorted(keys)]
    return "\n".join([_HEADER, *lines, ""]).encode()


def _keys_in(path: Path, forbidden: int) -> dict[int, bytes]:
    keys = _parse(read_private(path, _WHAT, forbidden))
    if not keys:
        raise Misconfigured([f"{_WHAT} {path} is not a {_HEADER} file"])
    return keys


def _parse(text: str) -> dict[int, bytes]:
    header, *lines = text.splitlines() or [""]
    if header != _HEADER:
        return {}
    try:
        pairs = [line.split(" ") for line in lines if line]
        keys = {int(version): base64.b64decode(key, validate=True) for version, key in pairs}
    except (ValueError, binascii.Error):
        return {}
    return keys if all(len(key) == _KEY_LENGTH for key in keys.values()) else {}
