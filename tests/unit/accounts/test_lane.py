"""The lane of Argon2 under load."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Lock

import pytest

from casework.accounts.lane import Lane, places_for
from casework.errors import Unavailable


def test_no_more_than_the_places_are_ever_held_at_once() -> None:
    lane, lock, inside, most = Lane(2), Lock(), [0], [0]
    both = Barrier(2, timeout=5)

    def stretch() -> None:
        with lane.place():
            with lock:
                inside[0] += 1
                most[0] = max(most[0], inside[0])
            both.wait()
            with lock:
                inside[0] -= 1

    with ThreadPoolExecutor(8) as pool:
        for done in [pool.submit(stretch) for _ in range(8)]:
            done.result()
    assert most[0] == 2


def test_who_finds_no_place_in_time_is_told_to_come_back() -> None:
    lane = Lane(1, patience=0.01)
    with lane.place(), pytest.raises(Unavailable) as told, lane.place():
        pass
    assert told.value.after > 0
    with lane.place():
        pass


@pytest.mark.parametrize(("cores", "places"), [(1, 1), (2, 2), (4, 4), (64, 4)])
def test_the_places_follow_the_cores_up_to_four(cores: int, places: int) -> None:
    assert places_for(cores) == places
