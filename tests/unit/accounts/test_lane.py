"""The lane of Argon2 under load."""

import os
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Lock, get_native_id

import pytest

from casework.accounts.lane import Lane, places_for
from casework.errors import Unavailable
from tests.occupied import occupied


def own_niceness() -> int:
    return os.getpriority(os.PRIO_PROCESS, get_native_id())


def test_no_more_than_the_places_are_ever_held_at_once() -> None:
    lane, lock, inside, most = Lane(2), Lock(), [0], [0]
    both = Barrier(2, timeout=5)

    def stretch() -> None:
        with lock:
            inside[0] += 1
            most[0] = max(most[0], inside[0])
        both.wait()
        with lock:
            inside[0] -= 1

    with ThreadPoolExecutor(8) as pool:
        for done in [pool.submit(lane.run, stretch) for _ in range(8)]:
            done.result()
    assert most[0] == 2


def test_a_stretch_stands_behind_the_pages_and_nothing_else_does() -> None:
    before = own_niceness()
    assert Lane(1).run(own_niceness) == min(19, before + 10)
    assert own_niceness() == before


def test_what_goes_wrong_in_the_lane_is_told_and_frees_its_place() -> None:
    lane = Lane(1, patience=0.01)
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            lane.run(lambda: 1 // 0)


def test_who_finds_no_place_in_time_is_told_to_come_back() -> None:
    lane = Lane(1, patience=0.01)
    with occupied(lane, 1), pytest.raises(Unavailable) as told:
        lane.run(own_niceness)
    assert told.value.after > 0
    lane.run(own_niceness)


@pytest.mark.parametrize(("cores", "places"), [(1, 1), (2, 2), (4, 4), (64, 4)])
def test_the_places_follow_the_cores_up_to_four(cores: int, places: int) -> None:
    assert places_for(cores) == places
