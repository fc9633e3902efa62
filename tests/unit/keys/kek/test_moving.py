"""While the KEK moves, what either holder wrapped opens, and all that is new is the new one's."""

from pathlib import Path

import pytest

from casework.errors import SealBroken
from casework.keys.kek.file import FileKek, create_file
from casework.keys.kek.moving import MovingKek
from tests.fakes import CountingEntropy
from tests.unit.keys.kek.conftest import Holder

SECRET = bytes(range(32))


@pytest.fixture
def former(tmp_path: Path) -> FileKek:
    create_file(tmp_path / "former" / "kek", CountingEntropy(77))
    return FileKek(tmp_path / "former" / "kek", CountingEntropy(78))


def test_what_the_former_wrapped_becomes_the_new_ones(holder: Holder, former: FileKek) -> None:
    target = holder.open()
    moving, old = MovingKek(target, former), former.wrap(SECRET, b"purpose")
    assert moving.unwrap(old, b"purpose") == SECRET
    with pytest.raises(SealBroken):
        target.unwrap(old, b"purpose")
    fresh = moving.rewrap(old, b"purpose")
    assert target.unwrap(fresh, b"purpose") == SECRET
    assert moving.rewrap(fresh, b"purpose") == fresh
    with pytest.raises(SealBroken):
        former.unwrap(moving.wrap(SECRET, b"purpose"), b"purpose")


def test_what_neither_wrapped_opens_for_nobody(holder: Holder, former: FileKek) -> None:
    moving = MovingKek(holder.open(), former)
    foreign = holder.neighbour().wrap(SECRET, b"purpose")
    for task in (moving.unwrap, moving.rewrap):
        with pytest.raises(SealBroken):
            task(foreign, b"purpose")
        with pytest.raises(SealBroken):
            task(former.wrap(SECRET, b"purpose"), b"other purpose")


def test_versions_are_the_new_ones_alone(holder: Holder, former: FileKek) -> None:
    moving = MovingKek(holder.open(), former)
    former.draw(after=1)
    assert moving.versions() == (1,)
    assert moving.current_version() == 1
    assert moving.retire() == 0
    assert former.versions() == (1, 2)
