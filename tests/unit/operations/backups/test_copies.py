"""The name of a copy says all that is needed of it; which ones end is a rule."""

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.operations.backups.copies import Copy, copies_in, copy_at, ended, new_copy
from casework.operations.schema import Schema

COUNCIL, NOW = UUID(int=7), datetime(2026, 11, 28, 22, 15, tzinfo=UTC)
ages = st.lists(st.integers(min_value=0, max_value=60 * 24 * 50), max_size=60, unique=True)
moments = st.datetimes(datetime(2020, 1, 1), datetime(2999, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds it


def made(minutes: int, schema: Schema = Schema.KEYSTORE) -> Copy:
    return new_copy(Path("/copies"), schema, COUNCIL, NOW - timedelta(minutes=minutes))


@given(moments, st.sampled_from(Schema), st.uuids())
def test_its_name_says_which_database_of_which_council_and_when(
    moment: datetime, schema: Schema, council_id: UUID
) -> None:
    copy = new_copy(Path("/copies"), schema, council_id, moment)
    assert copy_at(copy.path) == copy


def test_its_moment_is_in_utc() -> None:
    paris = NOW.astimezone(timezone(timedelta(hours=1)))
    assert new_copy(Path(), Schema.MAIN, COUNCIL, paris).path.name.endswith("20261128T221500Z.age")


@pytest.mark.parametrize(
    "name",
    [
        "casework.db",
        "casework-main-7-20261128T221500Z.age",
        f"casework-other-{COUNCIL.hex}-20261128T221500Z.age",
        f"casework-main-{COUNCIL.hex}-20261399T221500Z.age",
        f"casework-main-{COUNCIL.hex}-20261128T221500Z.age.bak",
    ],
)
def test_another_name_is_that_of_no_copy(name: str) -> None:
    assert copy_at(Path(name)) is None


def test_those_of_a_folder_come_oldest_first_and_of_a_missing_one_none(tmp_path: Path) -> None:
    for minutes in (5, 90, 40):
        new_copy(tmp_path, Schema.MAIN, COUNCIL, NOW - timedelta(minutes=minutes)).path.touch()
    new_copy(tmp_path, Schema.KEYSTORE, COUNCIL, NOW).path.touch()
    new_copy(tmp_path, Schema.MAIN, UUID(int=8), NOW).path.touch()
    found = [NOW - one.made_at for one in copies_in(tmp_path, Schema.MAIN, COUNCIL)]
    assert found == [timedelta(minutes=minutes) for minutes in (90, 40, 5)]
    assert copies_in(tmp_path / "away", Schema.MAIN, COUNCIL) == []


@given(ages, st.integers(min_value=1, max_value=40))
def test_nothing_stays_beyond_its_days_and_nothing_of_the_last_day_ends(
    minutes: list[int], days: int
) -> None:
    copies = [made(one) for one in minutes]
    over = ended(copies, NOW, days)
    kept = [one for one in copies if one not in over]
    assert all(NOW - one.made_at < timedelta(days=days) for one in kept)
    assert all(NOW - one.made_at >= timedelta(days=1) for one in over)
    old = [one.made_at.date() for one in kept if NOW - one.made_at >= timedelta(days=1)]
    assert len(old) == len(set(old))


@given(ages)
def test_of_each_day_the_newest_stays_and_those_of_both_databases_alike(minutes: list[int]) -> None:
    kept = {}
    for schema in Schema:
        copies = [made(one, schema) for one in minutes]
        over = ended(copies, NOW, days=60)
        kept[schema] = {one.made_at for one in copies if one not in over}
        for day in {one.made_at.date() for one in copies}:
            assert max(one.made_at for one in copies if one.made_at.date() == day) in kept[schema]
    assert kept[Schema.MAIN] == kept[Schema.KEYSTORE]
