"""Every holder of a KEK, each with a neighbour that holds another key in the same place."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from urllib.parse import quote

import pytest

from casework.keys.kek.chosen import chosen_kek
from casework.keys.kek.file import FileKek, create_file
from casework.keys.kek.pkcs11 import create_key
from casework.keys.kek.provider import KekProvider
from casework.keys.kek.token_uri import token_place
from casework.settings import Settings
from tests.fakes import CountingEntropy
from tests.softhsm import PIN, TOKEN, module
from tests.vault_server import TOKEN as VAULT_TOKEN
from tests.vault_server import TransitKey, VaultServer, vault_server

HOLDERS = ("file", "credential", "transit", "pkcs11")
_labels = count()
_seeds = count(1)


@dataclass(frozen=True)
class Holder:
    """A holder in a test: how it is opened, who is beside it, and what must never be said."""

    settings: Settings
    other: Settings
    source: Path | None
    unsayable: tuple[str, ...]

    def open(self) -> KekProvider:
        """Open it as a process of its own would."""
        return chosen_kek(self.settings, CountingEntropy(next(_seeds)))

    def neighbour(self) -> KekProvider:
        """Open the one beside it, which holds another key."""
        return chosen_kek(self.other, CountingEntropy(next(_seeds)))

    def draw(self, kek: KekProvider, after: int) -> int:
        """Draw a version as the operator of this holder does."""
        return self._keeper(kek).draw(after)

    def retire(self, kek: KekProvider) -> int:
        return self._keeper(kek).retire()

    def _keeper(self, kek: KekProvider) -> KekProvider:
        """Return who may change the keys: of a credential, whoever has its source."""
        return FileKek(self.source, CountingEntropy(next(_seeds))) if self.source else kek


@pytest.fixture
def vault() -> Iterator[VaultServer]:
    with vault_server() as serving:
        serving.keys["casework"] = TransitKey(b"seed of casework")
        serving.keys["other"] = TransitKey(b"seed of another")
        yield serving


@pytest.fixture
def token_file(tmp_path: Path) -> Path:
    path = tmp_path / "vault-token"
    path.write_text(f"{VAULT_TOKEN}\n")
    path.chmod(0o600)
    return path


@pytest.fixture(params=HOLDERS)
def holder(request: pytest.FixtureRequest) -> Holder:
    """Give each of the four in turn."""
    made: Holder = request.getfixturevalue(f"{request.param}_holder")
    return made


@pytest.fixture
def file_holder(tmp_path: Path) -> Holder:
    return _of_files(tmp_path, lambda name: {"CASEWORK_KEK": f"file:{tmp_path}/{name}"}, None)


@pytest.fixture
def credential_holder(tmp_path: Path) -> Holder:
    folder = {"CREDENTIALS_DIRECTORY": str(tmp_path)}
    return _of_files(
        tmp_path, lambda name: {"CASEWORK_KEK": f"credential:{name}"} | folder, tmp_path / "kek"
    )


@pytest.fixture
def transit_holder(vault: VaultServer, token_file: Path) -> Holder:
    def named(name: str) -> Settings:
        spec = f"transit:{vault.url}/transit/{name}"
        return _settings({"CASEWORK_KEK": spec, "CASEWORK_KEK_TOKEN_FILE": str(token_file)})

    return Holder(named("casework"), named("other"), None, (VAULT_TOKEN,))


@pytest.fixture
def pkcs11_holder(pin_file: Path) -> Holder:
    own, other = (_token_settings(pin_file) for _ in range(2))
    return Holder(own, other, None, (PIN,))


def _token_settings(pin_file: Path) -> Settings:
    place = f"token={quote(TOKEN)};object=kek-{next(_labels)}"
    uri = f"pkcs11:{place}?module-path={module()}&pin-source=file:{pin_file}"
    create_key(token_place(uri))
    return _settings({"CASEWORK_KEK": uri})


def _of_files(folder: Path, named: Callable[[str], dict[str, str]], source: Path | None) -> Holder:
    for seed, name in enumerate(("kek", "other"), start=1000):
        create_file(folder / name, CountingEntropy(seed))
    keys = [(folder / name).read_text().split()[-1] for name in ("kek", "other")]
    return Holder(_settings(named("kek")), _settings(named("other")), source, tuple(keys))


def _settings(environment: dict[str, str]) -> Settings:
    return Settings.from_environment({"CASEWORK_HOME": "/nowhere", **environment})
