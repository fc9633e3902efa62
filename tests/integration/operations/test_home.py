"""The home of an instance: made once, for its owner alone, and never half again."""

import json
from pathlib import Path
from uuid import UUID

import pytest

from casework.errors import Misconfigured
from casework.operations.home import Home, keep_council, prepare, read_council
from tests.fakes import CountingEntropy
from tests.integration.operations.conftest import settings_of

COUNCIL = UUID(int=7)


@pytest.fixture
def fresh(tmp_path: Path) -> Home:
    home = Home(settings_of(tmp_path / "home"))
    assert prepare(home.settings, CountingEntropy())
    return home


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_folders_and_keys_are_for_their_owner_alone(fresh: Home) -> None:
    assert [mode(folder) for folder in (fresh.settings.home, *fresh.folders)] == [0o700] * 5
    assert [mode(path) for path in fresh.key_files] == [0o600] * 3


def test_a_second_time_nothing_is_drawn_anew(fresh: Home) -> None:
    before = [path.read_bytes() for path in fresh.key_files]
    assert not prepare(fresh.settings, CountingEntropy(seed=1))
    assert [path.read_bytes() for path in fresh.key_files] == before


@pytest.mark.parametrize("lost", ["kek", "main.key", "keystore.key"])
def test_a_lost_key_is_not_replaced(fresh: Home, lost: str) -> None:
    (fresh.settings.home / "secrets" / lost).unlink()
    with pytest.raises(Misconfigured, match=f"{lost} is missing while"):
        prepare(fresh.settings, CountingEntropy(seed=1))


def test_a_database_without_any_key_is_left_as_it_is(fresh: Home) -> None:
    for path in fresh.key_files:
        path.unlink()
    fresh.files[0].write_bytes(b"restored")
    with pytest.raises(Misconfigured, match="is missing while"):
        prepare(fresh.settings, CountingEntropy(seed=1))
    assert not any(path.exists() for path in fresh.key_files)


def test_the_council_is_kept_once_as_an_id(fresh: Home) -> None:
    assert read_council(fresh.settings) is None
    keep_council(fresh.settings, COUNCIL)
    assert read_council(fresh.settings) == COUNCIL
    assert mode(fresh.council) == 0o600
    with pytest.raises(FileExistsError):
        keep_council(fresh.settings, UUID(int=8))


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"council": "town"}', '{"council": 7}'])
def test_a_damaged_council_file_is_refused(fresh: Home, content: str) -> None:
    fresh.council.write_text(content)
    with pytest.raises(Misconfigured, match="does not name a council"):
        read_council(fresh.settings)


def test_the_council_file_holds_nothing_else(home: Home) -> None:
    assert list(json.loads(home.council.read_text())) == ["council"]
