"""What everything stands on: time, chance, the two databases, and the KEK that opens them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from casework.clock import Clock
from casework.db.connect import connect
from casework.db.engine import Database
from casework.entropy import Entropy
from casework.keys.kek.chosen import chosen_kek
from casework.keys.kek.file_keys import load_file_key
from casework.keys.kek.moving import MovingKek
from casework.keys.kek.provider import KekProvider
from casework.keys.keystore import KeyStore
from casework.settings import Settings


@dataclass(frozen=True, slots=True)
class Edges:
    """What a test replaces: time and chance."""

    clock: Clock
    entropy: Entropy


class Stores:
    """The two databases and the KEK that opens them."""

    def __init__(self, settings: Settings, edges: Edges, former_kek: str = "") -> None:
        """Open nothing yet. `former_kek` names who held the KEK, while it moves."""
        self._settings = settings
        self._edges = edges
        self._former_kek = former_kek

    @cached_property
    def provider(self) -> KekProvider:
        """The KEK. Raises `Misconfigured` when it is missing or readable by others."""
        entropy = self._edges.entropy
        kek = chosen_kek(self._settings, entropy)
        if not self._former_kek:
            return kek
        return MovingKek(kek, chosen_kek(self._settings, entropy, self._former_kek))

    @cached_property
    def main(self) -> Database:
        """The main database."""
        return self._open(self._settings.database_url, "main.key")

    @cached_property
    def keystore_database(self) -> Database:
        """The second database."""
        return self._open(self._settings.keystore_url, "keystore.key")

    @cached_property
    def keystore(self) -> KeyStore:
        """The key store."""
        return KeyStore(self.keystore_database)

    def _open(self, url: str, key_name: str) -> Database:
        if not url.startswith("sqlite"):
            return connect(url)
        return connect(url, load_file_key(self.provider, self.key_path(key_name)))

    def close(self) -> None:
        """Close the connections of what was opened: before a fork, and when a command ends."""
        for name in ("main", "keystore_database"):
            database: Database | None = vars(self).get(name)
            if database is not None:
                database.engine.dispose()

    def key_path(self, name: str) -> Path:
        """Return where a wrapped file key is kept: with the secrets, away from the data."""
        return self._settings.home / "secrets" / name


@contextmanager
def open_stores(settings: Settings, edges: Edges) -> Iterator[Stores]:
    """Give the stores for the length of a block, and close them."""
    stores = Stores(settings, edges)
    try:
        yield stores
    finally:
        stores.close()
