"""The home of an instance on disk: its folders, its key files, and which council it serves."""

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from uuid import UUID

from casework.entropy import Entropy
from casework.errors import Misconfigured
from casework.keys.kek.chosen import chosen_kek, found_kek, key_file
from casework.keys.kek.file_keys import create_file_key
from casework.settings import Settings

_FOLDERS: Final = ("data", "keystore", "secrets", "run")
_PRIVATE: Final = 0o700


@dataclass(frozen=True, slots=True)
class Home:
    """Where things are. Nothing is read or written by asking."""

    settings: Settings

    @property
    def folders(self) -> tuple[Path, ...]:
        """The folders, each for its owner alone."""
        return tuple(self.settings.home / name for name in _FOLDERS)

    @property
    def kek(self) -> Path | None:
        """The file of the key encryption key, unless it is held elsewhere."""
        return key_file(self.settings)

    @property
    def file_keys(self) -> dict[str, Path]:
        """The wrapped keys of the SQLite files, by the address of each."""
        secrets = self.settings.home / "secrets"
        addresses = (self.settings.database_url, self.settings.keystore_url)
        names = (secrets / "main.key", secrets / "keystore.key")
        pairs = zip(addresses, names, strict=True)
        return {url: path for url, path in pairs if url.startswith("sqlite")}

    @property
    def files(self) -> tuple[Path, ...]:
        """The SQLite files themselves."""
        return tuple(map(file_of, self.file_keys))

    @property
    def council(self) -> Path:
        """The file that says which council is served."""
        return self.settings.home / "council.json"

    @property
    def key_files(self) -> tuple[Path, ...]:
        """Every file of ours without which nothing opens."""
        own = () if self.kek is None else (self.kek,)
        return (*own, *self.file_keys.values())


def prepare(settings: Settings, entropy: Entropy) -> bool:
    """Make the home unless it is there; say whether it was made.

    Raises `Misconfigured` when half of it is there: a lost key is restored, never drawn anew.
    """
    home = Home(settings)
    missing = [path for path in home.key_files if not path.exists()]
    if not missing and all(folder.exists() for folder in home.folders):
        return False
    present = [path for path in (*home.key_files, *home.files) if path.exists()]
    if missing and present:
        raise Misconfigured([f"{path} is missing while {present[0]} exists" for path in missing])
    _make(home, entropy)
    return True


def file_of(url: str) -> Path:
    """Return where the SQLite file of an address is."""
    return Path(url.removeprefix("sqlite:///"))


def make_folders(settings: Settings) -> None:
    """Make the folders of a home that are missing; nothing in them."""
    home = Home(settings)
    for folder in (home.settings.home, *home.folders, *(path.parent for path in home.files)):
        _make_private(folder)


def _make(home: Home, entropy: Entropy) -> None:
    make_folders(home.settings)
    found_kek(home.settings, entropy)
    provider = chosen_kek(home.settings, entropy)
    for path in home.file_keys.values():
        if not path.exists():
            create_file_key(provider, path, entropy)


def _make_private(folder: Path) -> None:
    """Make a folder for its owner alone; one that exists keeps the rights it was given."""
    if not folder.exists():
        folder.mkdir(mode=_PRIVATE, parents=True)
        folder.chmod(_PRIVATE)


def read_council(settings: Settings) -> UUID | None:
    """Return the council of this home, or None. Raises `Misconfigured` for a damaged file."""
    path = Home(settings).council
    try:
        return UUID(str(json.loads(path.read_text(encoding="utf-8"))["council"]))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError):
        raise Misconfigured([f"{path} does not name a council"]) from None


def keep_council(settings: Settings, council_id: UUID) -> None:
    """Write which council is served: an id, never a name. Never overwrites."""
    handle = os.open(Home(settings).council, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump({"council": str(council_id)}, file)
