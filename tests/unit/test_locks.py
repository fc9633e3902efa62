"""What is installed is what was read: every package pinned, hashed, and the same in both locks."""

import re
import tomllib
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = ("requirements.lock", "requirements-pkcs11.lock", "requirements-dev.lock")
NAME = re.compile(r"[A-Za-z0-9._-]+")
PIN = re.compile(r"^(?P<name>[a-z0-9-]+)(\[[a-z,]+\])?==(?P<version>[^ \\;]+)")
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}\b")


def declared() -> tuple[set[str], set[str]]:
    """Return the names that pyproject.toml asks for: to run, and to develop."""
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    return (
        names(pyproject["project"]["dependencies"]),
        names(pyproject["dependency-groups"]["dev"]),
    )


def names(requirements: Iterable[str]) -> set[str]:
    """Return the package names of requirements, written as the registry compares them."""
    found = (NAME.match(requirement) for requirement in requirements)
    return {re.sub(r"[-_.]+", "-", match.group()).lower() for match in found if match}


def entries(lock: str) -> list[str]:
    """Return the entries of a lock file, each joined on one line."""
    text = (ROOT / lock).read_text("utf-8").replace("\\\n", " ")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def pins(lock: str) -> set[tuple[str, str]]:
    """Return each name and version that a lock file pins."""
    found = (PIN.match(entry) for entry in entries(lock))
    return {(match["name"], match["version"]) for match in found if match}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_line_of_a_lock_is_a_pin_with_a_hash(lock: str) -> None:
    loose = [line for line in entries(lock) if not (PIN.match(line) and HASH.search(line))]
    assert loose == []


def test_everything_needed_to_run_is_in_both_locks() -> None:
    to_run, _ = declared()
    assert to_run - {name for name, _ in pins("requirements.lock")} == set()
    assert to_run - {name for name, _ in pins("requirements-dev.lock")} == set()


def test_everything_needed_to_develop_is_in_its_lock_and_not_in_the_other() -> None:
    _, to_develop = declared()
    assert to_develop - {name for name, _ in pins("requirements-dev.lock")} == set()
    assert to_develop & {name for name, _ in pins("requirements.lock")} == set()


def test_each_lock_holds_the_one_before_it_whole() -> None:
    for smaller, larger in pairwise(LOCKS):
        assert pins(smaller) - pins(larger) == set()


def test_what_speaks_to_tokens_is_only_where_it_is_asked_for() -> None:
    extra = {name for name, _ in pins("requirements-pkcs11.lock") - pins("requirements.lock")}
    assert extra == {"python-pkcs11", "asn1crypto"}


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_place_to_download_from(lock: str) -> None:
    assert "://" not in (ROOT / lock).read_text("utf-8")
