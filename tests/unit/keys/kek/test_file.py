"""The key file: refused with the line to type, never repaired in silence."""

import os
from pathlib import Path

import pytest

from casework.errors import Misconfigured, SealBroken
from casework.keys.kek.file import FileKek, create_file
from casework.keys.kek.file_keys import create_file_key, load_file_key, rewrap_file_key
from tests.fakes import CountingEntropy

SECRET = bytes(32)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "secrets" / "kek"
    create_file(made, CountingEntropy())
    return made


def refused(path: Path) -> str:
    with pytest.raises(Misconfigured) as caught:
        FileKek(path, CountingEntropy())
    (fault,) = caught.value.faults
    return fault


def test_it_is_made_for_its_owner_alone(path: Path) -> None:
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o602, 0o610, 0o644])
def test_readable_by_others_it_is_refused_with_the_line_to_type(path: Path, mode: int) -> None:
    path.chmod(mode)
    assert refused(path) == f"the key file {path} can be read by others: chmod 600 {path}"
    path.chmod(0o600)
    FileKek(path, CountingEntropy())


def test_missing_it_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path / "kek").endswith("is missing or cannot be read")


@pytest.mark.parametrize(
    "content",
    ["", "casework-kek/v2\n1 AA==\n", "casework-kek/v1\n", "casework-kek/v1\n1 AAAA\n",
     "casework-kek/v1\none AA==\n", "casework-kek/v1\n1\n", "casework-kek/v1\n1 ****\n"],
)  # fmt: skip
def test_another_content_is_refused_without_being_quoted(path: Path, content: str) -> None:
    path.write_text(content)
    assert refused(path) == f"the key file {path} is not a casework-kek/v1 file"


def test_it_is_never_overwritten(path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(FileExistsError):
        create_file(path, CountingEntropy(seed=1))
    assert path.read_bytes() == before


def test_what_it_wrapped_opens_for_the_same_purpose_alone(path: Path) -> None:
    kek = FileKek(path, CountingEntropy())
    wrapped = kek.wrap(SECRET, b"purpose")
    assert kek.unwrap(wrapped, b"purpose") == SECRET
    with pytest.raises(SealBroken):
        kek.unwrap(wrapped, b"other purpose")
    with pytest.raises(SealBroken):
        kek.unwrap(b"\x00\x00\x00\x02" + wrapped[4:], b"purpose")


def test_a_new_version_wraps_and_the_old_one_still_opens(path: Path) -> None:
    wrapped = FileKek(path, CountingEntropy()).wrap(SECRET, b"purpose")
    with path.open("a") as file:
        file.write("2 " + "QUFB" * 10 + "QUE=\n")
    kek = FileKek(path, CountingEntropy())
    assert kek.current_version() == 2
    assert kek.unwrap(wrapped, b"purpose") == SECRET
    assert kek.wrap(SECRET, b"purpose")[:4] == b"\x00\x00\x00\x02"


def test_the_key_of_a_file_lies_wrapped_and_for_its_owner_alone(path: Path) -> None:
    kek = FileKek(path, CountingEntropy())
    place = path.parent / "main.key"
    made = create_file_key(kek, place, CountingEntropy(seed=2))
    assert load_file_key(kek, place) == made
    assert made not in place.read_bytes()
    assert place.stat().st_mode & 0o777 == 0o600
    with pytest.raises(FileExistsError):
        create_file_key(kek, place, CountingEntropy(seed=3))


def test_the_key_of_one_file_does_not_open_another(path: Path) -> None:
    kek = FileKek(path, CountingEntropy())
    place = path.parent / "main.key"
    create_file_key(kek, place, CountingEntropy(seed=2))
    os.link(place, path.parent / "keystore.key")
    with pytest.raises(Misconfigured, match="was wrapped by another key file"):
        load_file_key(kek, path.parent / "keystore.key")


def test_without_the_key_of_a_file_the_sentence_names_it(path: Path) -> None:
    kek = FileKek(path, CountingEntropy())
    with pytest.raises(Misconfigured, match="wrapped database key"):
        load_file_key(kek, path.parent / "main.key")


def test_a_new_version_replaces_the_file_whole_and_keeps_its_rights(path: Path) -> None:
    before = path.stat().st_ino
    FileKek(path, CountingEntropy(seed=1)).draw(after=1)
    assert path.stat().st_ino != before
    assert path.stat().st_mode & 0o777 == 0o600
    assert [one.split(" ")[0] for one in path.read_text().splitlines()[1:]] == ["1", "2"]
    assert list(path.parent.iterdir()) == [path]


def test_what_a_cut_left_behind_is_no_obstacle(path: Path) -> None:
    (path.parent / "kek.new").write_text("half a fi")
    assert FileKek(path, CountingEntropy(seed=1)).draw(after=1) == 2
    assert list(path.parent.iterdir()) == [path]


def test_taken_away_after_the_start_it_still_opens(path: Path) -> None:
    kek = FileKek(path, CountingEntropy())
    path.unlink()
    assert kek.unwrap(kek.wrap(SECRET, b"purpose"), b"purpose") == SECRET


def test_made_readable_by_others_after_the_start_it_is_refused(path: Path) -> None:
    kek = FileKek(path, CountingEntropy())
    path.chmod(0o644)
    with pytest.raises(Misconfigured, match="chmod 600"):
        kek.wrap(SECRET, b"purpose")


def test_the_key_of_a_file_is_wrapped_anew_and_stays_the_same_key(path: Path) -> None:
    kek = FileKek(path, CountingEntropy())
    place = path.parent / "main.key"
    made = create_file_key(kek, place, CountingEntropy(seed=2))
    assert not rewrap_file_key(kek, place)
    kek.draw(after=1)
    assert rewrap_file_key(kek, place)
    kek.retire()
    assert load_file_key(kek, place) == made
    assert place.stat().st_mode & 0o777 == 0o600
