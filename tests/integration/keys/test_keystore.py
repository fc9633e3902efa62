"""The key store when epochs begin and end: peppers that are kept, and those that die alone."""

from pathlib import Path
from uuid import UUID

from tests.leaving import peppers
from tests.town import COUNCIL, Town

ONE = UUID("01930000-0000-7000-8000-0000000000a1")
OTHER = UUID("01930000-0000-7000-8000-0000000000a2")
_A, _B, _C = (bytes([one]) * 32 for one in b"abc")


def test_peppers_of_coming_epochs_keep_what_is_there(town: Town) -> None:
    store = town.runtime.stores.keystore
    store.prepare_peppers(COUNCIL, {(ONE, 2): _A})
    store.prepare_peppers(COUNCIL, {(ONE, 2): _B, (OTHER, 2): _C})
    assert store.peppers(COUNCIL, [(ONE, 2), (OTHER, 2)]) == {(ONE, 2): _A, (OTHER, 2): _C}
    assert store.fresh_pepper(COUNCIL, (ONE, 2), _C) == _A


def test_only_epochs_that_another_follows_have_outlived(town: Town) -> None:
    store = town.runtime.stores.keystore
    store.keep_peppers(COUNCIL, {(ONE, 1): _A, (ONE, 2): _B, (ONE, 3): _C, (OTHER, 1): _A})
    assert sorted(store.outlived(COUNCIL)) == [(ONE, 1), (ONE, 2)]


def test_an_ended_epoch_dies_alone_and_is_no_erasure(town: Town) -> None:
    store = town.runtime.stores.keystore
    store.keep_peppers(COUNCIL, {(ONE, 1): _A, (ONE, 2): _B, (OTHER, 1): _C})
    for _ in range(2):
        store.retire(COUNCIL, [(ONE, 1)])
    assert sorted(peppers(town)) == [(ONE, 2), (OTHER, 1)]
    assert store.erased(COUNCIL) == set()


def test_a_retired_pepper_stays_in_no_log_of_writes(town: Town, tmp_path: Path) -> None:
    store, log = town.runtime.stores.keystore, tmp_path / "keys.db-wal"
    store.keep_peppers(COUNCIL, {(ONE, 1): _A, (ONE, 2): _B})
    assert log.stat().st_size > 0
    store.retire(COUNCIL, [(ONE, 1)])
    assert log.stat().st_size == 0
