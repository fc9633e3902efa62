"""Whose word counts here: pinned in files of the machine, out of reach of whoever writes rows.

`registrar.pub` is the registrar whose word counts; without it, the instance vouches itself.
`registrar.next.pub` was adopted, and counts once it has signed for everybody.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from uuid import UUID

from casework.crypto.signing import SigningKey
from casework.errors import InvalidInput, Misconfigured
from casework.keys.kek.private_files import replace_private
from casework.keys.registrar.texts import read_public, registrar_id, write_public
from casework.keys.revocations import Revocations
from casework.keys.secrets import InstanceSecrets, SecretName

IN_FORCE: Final = "registrar.pub"
NEXT: Final = "registrar.next.pub"


@dataclass(slots=True)
class Pins:
    """Reads the pin again whenever its file changes: every process changes over at once."""

    folder: Path
    secrets: InstanceSecrets
    revocations: Revocations
    council_id: UUID
    _known: tuple[object, bytes | None] | None = field(default=None, repr=False)
    _instance: SigningKey | None = field(default=None, repr=False)

    @property
    def instance(self) -> SigningKey:
        """The instance's own key, which signs all that it draws itself."""
        if self._instance is None:
            self._instance = SigningKey.from_seed(self.secrets.of(SecretName.REGISTRAR))
        return self._instance

    @property
    def elsewhere(self) -> bytes | None:
        """The public key of the registrar whose word counts; None while the instance vouches.

        Raises `Misconfigured` when that one was replaced: its file is missing, or is an old one.
        """
        stamp = _stamp(self.folder / IN_FORCE)
        if self._known is None or self._known[0] != stamp:
            self._known = (stamp, self._checked())
        return self._known[1]

    @property
    def public(self) -> bytes:
        """The public key whose word counts."""
        return self.elsewhere or self.instance.public

    @property
    def announced(self) -> bytes | None:
        """The public key of a registrar that was adopted, and has not signed for everybody yet."""
        return _read(self.folder / NEXT)

    def announce(self, public: bytes) -> None:
        """Keep the public key of a registrar that is to count."""
        replace_private(self.folder / NEXT, write_public(public).encode("ascii"))

    def change_over(self) -> None:
        """Let the announced one count, and the former never again.

        Cut off in between, `settle` makes up for it.
        """
        former = self.public
        (self.folder / NEXT).replace(self.folder / IN_FORCE)
        self._known = None
        self.revocations.revoke(self.council_id, {registrar_id(former)})

    def settle(self) -> None:
        """See to it that the instance's own word counts no more beside a registrar elsewhere."""
        if self.elsewhere is not None:
            self.revocations.revoke(self.council_id, {registrar_id(self.instance.public)})

    def _checked(self) -> bytes | None:
        pinned = _read(self.folder / IN_FORCE)
        own = registrar_id(pinned or self.instance.public)
        if self.revocations.among(self.council_id, {own}):
            raise Misconfigured([f"another registrar counts here: put {IN_FORCE} back"])
        return pinned


def _read(path: Path) -> bytes | None:
    try:
        text = path.read_text(encoding="ascii")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError):
        raise Misconfigured([f"{path} cannot be read"]) from None
    try:
        return read_public(text)
    except InvalidInput:
        raise Misconfigured([f"{path} is not the public key of a registrar"]) from None


def _stamp(path: Path) -> object:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_mtime_ns, found.st_ino, found.st_size
