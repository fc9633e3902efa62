"""The KEK as a systemd credential: decrypted by systemd at the start of the unit, never on disk.

The credential holds the same `casework-kek/v1` text as a key file (systemd.exec(5), LoadCredential
and LoadCredentialEncrypted). The service cannot write it.
"""

import re
import stat
from pathlib import Path
from typing import Final, NoReturn

from casework.entropy import Entropy
from casework.errors import Misconfigured
from casework.keys.kek.file import FileKek

# systemd lets the unit's user in by an access list, which shows in the rights of the group.
_FORBIDDEN: Final = stat.S_IRWXO | stat.S_IWGRP
_NAME: Final = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,254}")


class CredentialKek(FileKek):
    """A `KekProvider` whose versions stand in a credential; new ones are put in its source."""

    def __init__(self, folder: Path | None, name: str, entropy: Entropy) -> None:
        """Read the credential. Raises `Misconfigured` outside a unit that loads it."""
        if not _NAME.fullmatch(name):
            raise Misconfigured(["CASEWORK_KEK: a credential has a name of letters and figures"])
        if folder is None:
            raise Misconfigured(
                [f"CASEWORK_KEK names the credential {name}, and CREDENTIALS_DIRECTORY is not set"]
            )
        super().__init__(folder / name, entropy, _FORBIDDEN)

    def draw(self, after: int) -> int:
        """Return the newest version when its source was given one; else refuse."""
        newest = self.current_version()
        if newest <= after:
            self._refuse("add a version to its source with casework keys draw")
        return newest

    def retire(self) -> int:
        """Refuse, unless the source holds one version alone."""
        if len(self.versions()) > 1:
            self._refuse("take the older lines out of its source")
        return 0

    def _refuse(self, advice: str) -> NoReturn:
        raise Misconfigured([f"a credential cannot be written: {advice}, then start the unit anew"])
