"""`casework backup`, as the operator types it: make, lose everything, put back, go on."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.integration.operations.conftest import Environment
from tests.integration.operations.test_commands import run, told

Folders = dict[str, Path]


@pytest.fixture
def folders(environment: Environment, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Folders:
    """Found a council whose copies are kept, with commands alone."""
    found = {name: tmp_path / name for name in ("copies", "peppers", "identity", "home")}
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    told("db", "upgrade")
    told("council", "found", "Conseil inventé", "--commune", "67447=Schiltigheim")
    recipient = told("backup", "key", str(found["identity"]))["recipient"]
    monkeypatch.setenv("CASEWORK_BACKUP_RECIPIENTS", recipient)
    for name, setting in (("copies", "BACKUP_DIR"), ("peppers", "KEYSTORE_BACKUP_DIR")):
        found[name].mkdir()
        monkeypatch.setenv(f"CASEWORK_{setting}", str(found[name]))
    return found


def check(name: str, code: int = 0) -> str:
    """Return what the doctor says of one thing."""
    found = {one["check"]: one for one in told("doctor", code=code)}
    return str(found[name]["says"])


def opening(folders: Folders) -> tuple[str, str]:
    return "--identity", str(folders["identity"])


def test_copies_are_made_and_tried(folders: Folders) -> None:
    assert "was not copied for 2 days: casework backup create" in check("backups", code=1)
    made = told("backup", "create")
    assert [one["database"] for one in made["copies"]] == ["main", "keystore"]
    assert check("backups") == "both databases were copied in the last 2 days"
    found = told("backup", "drill", *opening(folders))
    wanted = {"sound": True, "made_here": True, "beginning": True, "register_faults": 0}
    assert found.items() >= wanted.items()
    page = run("backup", "drill", *opening(folders)).stdout
    assert page.rstrip().endswith("Ces copies remettraient tout.")


def test_a_drill_that_finds_a_fault_ends_with_one(folders: Folders) -> None:
    (main, keys) = (one["file"] for one in told("backup", "create")["copies"])
    elsewhere = folders["home"] / Path(main).name
    shutil.copy(main, elsewhere)
    told("backup", "drill", *opening(folders), str(elsewhere), keys)
    (twice,) = [run("backup", "drill", *opening(folders), main, str(elsewhere))]
    assert twice.exit_code == 2
    told("audit", "checkpoint")
    for one in (main, keys):
        Path(one).unlink()
    assert run("backup", "drill", *opening(folders)).exit_code == 2


@pytest.mark.parametrize("environment", ["sqlite"], indirect=True)
def test_after_both_databases_are_lost_the_service_goes_on(folders: Folders) -> None:
    told("org", "add", "Ville inventée", "municipality")
    copies = [one["file"] for one in told("backup", "create")["copies"]]
    assert run("backup", "restore", *opening(folders)).exit_code == 2
    there = refused("backup", "restore", *opening(folders), *copies)
    assert "stop the service and move" in there["faults"][0]
    for name in ("data", "keystore"):
        shutil.rmtree(folders["home"] / name)
    half = told("backup", "restore", *opening(folders), copies[1])
    assert half == {"restored": [copies[1]], "complete": False, "faults": []}
    whole = told("backup", "restore", *opening(folders), copies[0])
    assert whole == {"restored": [copies[0]], "complete": True, "faults": []}
    assert [one["name"] for one in told("org", "list")] == ["Ville inventée"]
    assert told("audit", "verify", "--rows")["clean"]
    assert "both databases were copied" in check("backups")


@pytest.mark.parametrize("environment", ["sqlite"], indirect=True)
def test_the_file_that_opens_copies_is_never_overwritten_and_is_for_its_owner(
    folders: Folders,
) -> None:
    identity = folders["identity"]
    assert identity.stat().st_mode & 0o077 == 0
    assert "never overwritten" in refused("backup", "key", str(identity))["faults"][0]
    told("backup", "create")
    identity.chmod(0o644)
    assert "chmod 600" in refused("backup", "drill", *opening(folders))["faults"][0]
    identity.chmod(0o600)
    identity.write_text("# nothing\n")
    assert "no age identity" in refused("backup", "drill", *opening(folders))["faults"][0]


def refused(*words: str, code: int = 2) -> Any:
    result = run(*words, "--json")
    assert result.exit_code == code, result.output
    return json.loads(result.stderr)
