"""The KEK in a file that only the service may read.

    casework-kek/v1
    1 BASE64-OF-32-BYTES          one line a version, the highest one current

A wrapped secret is `version u32 | box`. The file lives outside the data and backup directories.
"""

import base64
import binascii
import os
import stat
from pathlib import Path
from typing import Final

from casework.crypto.secretbox import Box
from casework.entropy import Entropy
from casework.errors import Misconfigured, SealBroken

_HEADER: Final = "casework-kek/v1"
_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO
_KEY_LENGTH: Final = 32
_VERSION_LENGTH: Final = 4
_NONCE_LENGTH: Final = 12


class FileKek:
    """A `KekProvider` whose versions stand in one 0600 file."""

    def __init__(self, path: Path, entropy: Entropy) -> None:
        """Read the file. Raises `Misconfigured` when it is missing, readable by others or wrong."""
        self._boxes = {version: Box(key) for version, key in _read(path).items()}
        self._entropy = entropy

    def wrap(self, secret: bytes, context: bytes) -> bytes:
        """Return `secret` under the current version."""
        version = self.current_version()
        nonce = self._entropy.bytes(_NONCE_LENGTH)
        sealed = self._boxes[version].seal(secret, context, nonce)
        return version.to_bytes(_VERSION_LENGTH, "big") + sealed

    def unwrap(self, wrapped: bytes, context: bytes) -> bytes:
        """Return the secret, whichever known version wrapped it."""
        version = int.from_bytes(wrapped[:_VERSION_LENGTH], "big")
        if version not in self._boxes:
            raise SealBroken("kek")
        return self._boxes[version].open(wrapped[_VERSION_LENGTH:], context)

    def current_version(self) -> int:
        """Return the newest version in the file."""
        return max(self._boxes)


def create_file(path: Path, entropy: Entropy) -> None:
    """Write a first KEK, readable by its owner alone. Never overwrites."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    key = base64.b64encode(entropy.bytes(_KEY_LENGTH)).decode()
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(f"{_HEADER}\n1 {key}\n")


def _read(path: Path) -> dict[int, bytes]:
    try:
        mode = path.stat().st_mode
        text = path.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        raise Misconfigured([f"the key file {path} is missing or cannot be read"]) from None
    if mode & _OTHERS:
        raise Misconfigured([f"the key file {path} can be read by others: chmod 600 {path}"])
    keys = _parse(text)
    if not keys:
        raise Misconfigured([f"the key file {path} is not a {_HEADER} file"])
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
