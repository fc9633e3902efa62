"""Copies of the key store end on the day that was promised, whether or not new ones are made."""

import os
from datetime import timedelta

from casework.operations.backups.creating import create
from casework.operations.backups.ending import end, overdue
from casework.operations.jobs import ticker
from tests.integration.operations.backups.conftest import ROOT, Kept, lines


def names(kept: Kept) -> list[list[str]]:
    return [sorted(one.name for one in folder.iterdir()) for folder in kept.folders]


def test_a_copy_of_keys_ends_on_its_day_and_that_of_the_main_database_on_its_own(
    kept: Kept,
) -> None:
    main, keys = kept.copies()
    kept.clock.advance(days=13.9)
    assert end(kept.instance, ROOT) == 0
    kept.clock.advance(days=0.1)
    assert [one.path for one in overdue(kept.instance)] == [keys.path]
    assert end(kept.instance, ROOT) == 1
    assert names(kept) == [[main.path.name], []]
    assert lines(kept.instance)[-1] == ("backup:ended", "allowed")
    kept.clock.advance(days=16)
    assert end(kept.instance, ROOT) == 1
    assert names(kept) == [[], []]


def test_after_a_day_one_copy_of_each_day_stays_and_both_are_of_one_run(kept: Kept) -> None:
    runs = []
    for _ in range(4):
        runs.append([one.path.name for one in kept.copies()])
        kept.clock.advance(hours=1)
    kept.clock.advance(hours=20)
    assert end(kept.instance, ROOT) == 2
    kept.clock.advance(days=1)
    assert end(kept.instance, ROOT) == 4
    assert names(kept) == [[name] for name in runs[-1]]


def test_a_new_copy_ends_the_old_one_of_keys(kept: Kept) -> None:
    kept.copies()
    kept.clock.advance(days=20)
    done = create(kept.instance, ROOT)
    assert done.ended == 1
    assert [len(found) for found in names(kept)] == [2, 1]


def test_they_end_by_the_regular_jobs_when_nobody_makes_copies_any_more(kept: Kept) -> None:
    kept.copies()
    kept.clock.advance(days=15)
    assert [one.fault for one in ticker(kept.instance).tick() if one.fault] == []
    assert [len(found) for found in names(kept)] == [1, 0]


def test_a_disk_in_a_safe_is_left_alone(kept: Kept) -> None:
    kept.copies()
    kept.clock.advance(days=20)
    kept.folders[1].rename(kept.folders[1].with_name("safe"))
    assert end(kept.instance, ROOT) == 0


def test_files_that_are_not_ours_are_left_alone(kept: Kept) -> None:
    main, keys = kept.copies()
    ours = keys.path.name
    others = ["casework-keystore-of-2019.age", f"{ours}.bak", ours.replace("0193", "0194", 1)]
    for name in others:
        (kept.folders[1] / name).touch()
    kept.clock.advance(days=20)
    end(kept.instance, ROOT)
    assert names(kept) == [[main.path.name], sorted(others)]


def test_what_a_killed_run_left_is_removed_after_a_day(kept: Kept) -> None:
    run = kept.settings.home / "run"
    (run / "drill").mkdir()
    (run / "drill" / "keystore.db").touch()
    left = [
        run / "keystore.copy",
        kept.folders[1] / f".casework-keystore-{kept.instance.council_id.hex}.part",
    ]
    for one in left:
        one.touch()
    for age_in_days, stays in ((0.5, True), (2, False)):
        moment = (kept.clock.now() - timedelta(days=age_in_days)).timestamp()
        for one in (*left, run / "drill"):
            os.utime(one, (moment, moment))
        end(kept.instance, ROOT)
        assert [one.exists() for one in (*left, run / "drill")] == [stays] * 3
