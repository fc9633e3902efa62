"""A credential of systemd: given by the unit, read and never written."""

from pathlib import Path

import pytest

from casework.errors import Misconfigured
from casework.keys.kek.chosen import chosen_kek
from casework.keys.kek.credential import CredentialKek
from casework.keys.kek.file import FileKek, create_file
from casework.settings import Settings
from tests.fakes import CountingEntropy


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    create_file(tmp_path / "kek", CountingEntropy())
    return tmp_path


def test_without_a_unit_that_loads_it_the_sentence_says_so() -> None:
    settings = Settings.from_environment({"CASEWORK_KEK": "credential:kek"})
    with pytest.raises(Misconfigured, match="CREDENTIALS_DIRECTORY is not set"):
        chosen_kek(settings, CountingEntropy())


@pytest.mark.parametrize("name", ["", ".", "..", "../kek", "a/b", "a b", ".kek", "é"])
def test_a_name_that_leads_elsewhere_is_refused(folder: Path, name: str) -> None:
    with pytest.raises(Misconfigured, match="letters and figures"):
        CredentialKek(folder / "sub", name, CountingEntropy())


def test_the_access_list_of_its_unit_is_no_fault_and_the_world_is(folder: Path) -> None:
    for mode in (0o400, 0o440):
        (folder / "kek").chmod(mode)
        CredentialKek(folder, "kek", CountingEntropy())
    for mode in (0o404, 0o460, 0o444):
        (folder / "kek").chmod(mode)
        with pytest.raises(Misconfigured, match="can be read by others"):
            CredentialKek(folder, "kek", CountingEntropy())


def test_it_asks_for_its_source_instead_of_writing(folder: Path) -> None:
    kek = CredentialKek(folder, "kek", CountingEntropy())
    before = (folder / "kek").read_bytes()
    with pytest.raises(Misconfigured, match="casework keys draw"):
        kek.draw(after=1)
    assert kek.retire() == 0
    assert (folder / "kek").read_bytes() == before
    FileKek(folder / "kek", CountingEntropy(1)).draw(after=1)
    assert kek.draw(after=1) == 2
    with pytest.raises(Misconfigured, match="older lines out of its source"):
        kek.retire()
