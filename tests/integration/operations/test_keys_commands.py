"""`casework keys rotate`, `rewrap` and `draw`, on a home as the operator has it."""

import json
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import pytest
from click.testing import CliRunner

from casework import cli
from casework.keys.kek.file import create_file
from casework.keys.secrets import SecretName
from tests.fakes import CountingEntropy
from tests.integration.operations.conftest import Environment
from tests.softhsm import TOKEN, module
from tests.vault_server import TOKEN as VAULT_TOKEN
from tests.vault_server import TransitKey, VaultServer, vault_server

SECRETS: Final = len(SecretName)
_labels = count()
Move = dict[str, str]


@pytest.fixture
def operated(environment: Environment, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Found a council and a body with commands alone; give the home."""
    set_all(monkeypatch, environment)
    told("db", "upgrade")
    told("council", "found", "Conseil inventé", "--commune", "67447=Schiltigheim")
    told("org", "add", "Ville inventée", "municipality")
    return Path(environment["CASEWORK_HOME"])


def told(*words: str, code: int = 0) -> Any:
    """Run a command that answers in JSON and ends with `code`."""
    result = CliRunner().invoke(cli.casework, [*words, "--json"])
    assert result.exit_code == code, result.output
    return json.loads(result.stdout or result.stderr)


def set_all(monkeypatch: pytest.MonkeyPatch, values: dict[str, str]) -> None:
    for name, value in values.items():
        monkeypatch.setenv(name, value)


def healthy() -> bool:
    return all(check["holds"] for check in told("doctor"))


def files_of(home: Path) -> int:
    """Return how many keys of files there are: none with PostgreSQL."""
    return len(list((home / "secrets").glob("*.key")))


def test_the_kek_is_rotated_and_the_old_version_retired(operated: Path) -> None:
    done = told("keys", "rotate", "kek")
    files = files_of(operated)
    wanted = {"version": 2, "secrets": SECRETS, "seals": 1, "files": files, "broken": []}
    assert done == wanted
    status = told("keys", "status")
    assert (status["kek_version"], status["kek_versions"], status["kek_waiting"]) == (2, 2, 0)
    assert told("keys", "rotate", "kek", "--retire") == {"retired": 1}
    assert told("keys", "status")["kek_versions"] == 1
    assert len((operated / "secrets" / "kek").read_text().splitlines()) == 2
    assert healthy()
    assert told("audit", "verify", "--rows")["clean"]


def test_with_another_key_file_in_its_place_nothing_is_rotated(operated: Path) -> None:
    path = operated / "secrets" / "kek"
    foreign = "casework-kek/v1\n1 " + "QUFB" * 10 + "QUE=\n"
    path.write_text(foreign)
    told("keys", "rotate", "kek", code=2 if files_of(operated) else 1)
    assert path.read_text() == foreign


def test_the_part_of_passwords_is_rotated_and_retired(operated: Path) -> None:
    assert operated.exists()
    assert told("keys", "rotate", "passwords") == {"version": 2, "waiting": 0}
    status = told("keys", "status")
    assert (status["password_key_version"], status["passwords_waiting"]) == (2, 0)
    assert told("keys", "rotate", "passwords", "--retire") == {"retired": 1}
    assert told("keys", "rotate", "kek")["secrets"] == SECRETS


def test_a_key_file_is_drawn_and_then_has_another_version(tmp_path: Path) -> None:
    path = tmp_path / "new" / "kek"
    assert told("keys", "draw", str(path))["version"] == 1
    assert told("keys", "draw", str(path))["version"] == 2
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.fixture
def vault() -> Iterator[VaultServer]:
    with vault_server() as serving:
        serving.keys["casework"] = TransitKey(b"seed of casework")
        yield serving


@pytest.fixture
def to_file(tmp_path: Path) -> Move:
    return {"CASEWORK_KEK": f"file:{tmp_path}/moved/kek"}


@pytest.fixture
def to_credential(tmp_path: Path) -> Move:
    create_file(tmp_path / "credentials" / "casework-kek", CountingEntropy(92))
    folder = str(tmp_path / "credentials")
    return {"CASEWORK_KEK": "credential:casework-kek", "CREDENTIALS_DIRECTORY": folder}


@pytest.fixture
def to_transit(tmp_path: Path, vault: VaultServer) -> Move:
    token = tmp_path / "vault-token"
    token.write_text(VAULT_TOKEN)
    token.chmod(0o600)
    spec = f"transit:{vault.url}/transit/casework"
    return {"CASEWORK_KEK": spec, "CASEWORK_KEK_TOKEN_FILE": str(token)}


@pytest.fixture
def to_pkcs11(pin_file: Path) -> Move:
    place = f"token={quote(TOKEN)};object=moved-{next(_labels)}"
    uri = f"pkcs11:{place}?module-path={module()}&pin-source=file:{pin_file}"
    return {"CASEWORK_KEK": uri}


EACH = pytest.mark.parametrize("holder", ["file", "credential", "transit", "pkcs11"])


@EACH
def test_the_kek_moves_and_the_file_it_stood_in_is_needed_no_more(
    operated: Path, holder: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    move: Move = request.getfixturevalue(f"to_{holder}")
    set_all(monkeypatch, move)
    former = operated / "secrets" / "kek"
    done = told("keys", "rewrap", "--from", f"file:{former}")
    assert (done["secrets"], done["seals"], done["broken"]) == (SECRETS, 1, [])
    former.unlink()
    status = told("keys", "status")
    assert (status["kek"], status["kek_waiting"]) == (holder, 0)
    assert healthy()
    told("org", "add", "Club inventé", "street_work")


@pytest.mark.parametrize("holder", ["transit", "pkcs11"])
def test_an_instance_begins_with_a_kek_held_elsewhere(
    environment: Environment,
    holder: str,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    set_all(monkeypatch, environment | request.getfixturevalue(f"to_{holder}"))
    told("db", "upgrade")
    told("council", "found", "Conseil inventé", "--commune", "67447=Schiltigheim")
    assert not (Path(environment["CASEWORK_HOME"]) / "secrets" / "kek").exists()
    assert told("keys", "rotate", "kek")["version"] == 2
    assert told("keys", "rotate", "kek", "--retire") == {"retired": 1}
    assert healthy()


def test_a_vault_that_is_away_is_told_with_code_3(
    operated: Path, to_transit: Move, vault: VaultServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert operated.exists()
    set_all(monkeypatch, to_transit)
    vault.status = 503
    fault = told("keys", "status", code=3)
    assert fault == {
        "error": "unavailable",
        "faults": ["the vault of CASEWORK_KEK answers 503"],
    }


def test_a_holder_that_nobody_knows_is_refused_before_anything_opens(operated: Path) -> None:
    assert operated.exists()
    fault = told("keys", "rewrap", "--from", "floppy:/kek", code=2)
    assert fault["faults"] == ["--from must be what CASEWORK_KEK was"]
