"""A member who held their organisation's key is gone: what they kept opens nothing of later.

They have their own keys, and every byte of both databases as they were and as they are.
"""

from dataclasses import dataclass

import pytest

from casework.identity import Principal, Reason
from tests.holders import kept_by_members
from tests.leaving import LATER, ROOT, WORDS, followed, opens, read, rekey, waits
from tests.staff import Staff
from tests.theft import Copy, Thief, opened, sealed_values

NOTE = "Note inventée d’avant le départ."
NOTE_LATER = "Note inventée d’après."


@dataclass(frozen=True)
class Departure:
    """The databases before and after, who left, and a colleague who stays."""

    staff: Staff
    leaver: Principal
    before: Copy
    after: Copy


@pytest.fixture
def departure(staff: Staff) -> Departure:
    """Let a holder of the school go; a colleague renews the key, and everybody writes on."""
    town, cases = staff.town, staff.town.runtime.cases
    case_id = followed(town, "school")
    stays, leaver = kept_by_members(staff, "school")
    assert leaver.member_id is not None
    cases.note(stays, Reason.DUTY, case_id, NOTE)
    before = Copy.of(town)
    town.runtime.member_leaving.leave(ROOT, leaver.member_id)
    town.runtime.custody_service.rotate(stays)
    cases.contribute(town.who("coordination"), Reason.DUTY, case_id, LATER)
    cases.note(stays, Reason.DUTY, case_id, NOTE_LATER)
    rekey(town)
    while waits(town) != (0, 0):
        town.runtime.home.open(stays, Reason.DUTY)
    assert opens(read(town, case_id))
    told = cases.read(stays, Reason.DUTY, case_id)
    assert {str(one.text) for one in told.notes} == {NOTE, NOTE_LATER}
    assert {str(one.text) for one in told.shared} == {WORDS, LATER}
    return Departure(staff, leaver, before, Copy.of(town))


def test_after_the_new_key_an_old_copy_and_their_own_keys_open_nothing_new(
    departure: Departure,
) -> None:
    before, after = departure.before, departure.after
    thief = Thief.with_seed(departure.leaver, before, after)
    keys = thief.steal(before, before)
    assert {WORDS, "Zéphirinquois", NOTE} <= set(opened(before, keys))
    assert sealed_values(after) > sealed_values(before)
    assert opened(after, keys) == []
    # Nor what stands now, with whatever they kept; nor old keys put back beside it.
    assert thief.steal(after, after) == thief.steal(after, before) == {}
    planted = Copy({**after.rows, "rings": before.rows["rings"]}, before.peppers | after.peppers)
    assert opened(after, thief.steal(planted, planted)) == []


def test_what_stands_now_holds_no_seal_of_theirs(departure: Departure) -> None:
    assert Thief.with_seed(departure.leaver, departure.after).keys == ()
