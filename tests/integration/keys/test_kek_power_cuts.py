"""The power cut at every step of a rotation: nothing is lost, and beginning again ends it."""

from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from casework.keys.kek.file import FileKek, create_file
from casework.keys.kek.file_keys import create_file_key, load_file_key
from casework.keys.kek.moving import MovingKek
from casework.keys.kek.provider import KekProvider
from casework.keys.kek.rotation import KekRotation
from tests.cut import Cut, cut_at
from tests.fakes import CountingEntropy
from tests.integration.keys.test_kek_rotation import ROOT, opened, versions
from tests.town import COUNCIL, Town

_seeds = count(500)


@pytest.fixture
def files(town: Town, tmp_path: Path) -> tuple[Path, ...]:
    made = tuple(tmp_path / "secrets" / name for name in ("main.key", "keystore.key"))
    for path in made:
        create_file_key(town.runtime.stores.provider, path, CountingEntropy(5))
    return made


def started(path: Path) -> FileKek:
    """Return the KEK as a process that has just started reads it."""
    return FileKek(path, CountingEntropy(next(_seeds)))


def everything(town: Town, kek: KekProvider, files: tuple[Path, ...]) -> list[object]:
    return [opened(town, kek), *(load_file_key(kek, path) for path in files)]


def cut_everywhere(town: Town, work: Callable[[], object], holds: Callable[[], None]) -> int:
    """Do `work` with the power cut at each of its steps in turn; return how many there are."""
    for step in count():
        try:
            with cut_at(step, town.runtime.stores.main) as power:
                work()
        except Cut:
            holds()
            continue
        return power.steps
    raise AssertionError


def test_a_rotation_cut_anywhere_loses_nothing_and_is_finished_by_the_next(
    town: Town, tmp_path: Path, files: tuple[Path, ...]
) -> None:
    path = tmp_path / "kek"
    before = everything(town, started(path), files)

    def rotation() -> KekRotation:
        return KekRotation(town.runtime.ledger, town.runtime.stores.main, started(path), files)

    def work() -> None:
        rotation().rotate(ROOT)
        rotation().retire(ROOT)

    def holds() -> None:
        assert everything(town, started(path), files) == before
        newest = rotation().rotate(ROOT).version
        rotation().retire(ROOT)
        assert started(path).versions() == (newest,)
        assert versions(town) == {newest}
        assert everything(town, started(path), files) == before

    assert cut_everywhere(town, work, holds) > 10
    assert everything(town, started(path), files) == before
    assert rotation().waiting(COUNCIL) == 0
    assert town.runtime.register.verify(ROOT).clean


def test_a_move_cut_anywhere_loses_nothing_and_is_finished_by_the_next(
    town: Town, tmp_path: Path, files: tuple[Path, ...]
) -> None:
    places = [tmp_path / "kek", tmp_path / "elsewhere" / "kek"]
    create_file(places[1], CountingEntropy(70))
    before = everything(town, started(places[0]), files)

    def moving() -> MovingKek:
        """Return the move from wherever the last one went, and back again."""
        return MovingKek(started(places[1]), started(places[0]))

    def work() -> None:
        KekRotation(town.runtime.ledger, town.runtime.stores.main, moving(), files).rewrap(ROOT)

    def holds() -> None:
        assert everything(town, moving(), files) == before
        work()
        assert everything(town, started(places[1]), files) == before
        places.reverse()

    assert cut_everywhere(town, work, holds) > 5
    assert everything(town, started(places[1]), files) == before
