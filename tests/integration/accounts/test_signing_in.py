"""Signing in, step by step, on both databases."""

from typing import Final

import pytest

from casework.errors import TooManyAttempts
from tests.staff import employ
from tests.town import Town

_PER_NETWORK: Final = 20
"""Failures that one address is allowed before it waits."""

_PER_ACCOUNT: Final = 5


def test_a_member_signs_in_with_password_and_code(town: Town) -> None:
    staff = employ(town)
    staff.enrol("school")
    session = staff.session("school")
    assert session.principal.member_id == town.members["school"]
    assert session.principal.mandates[0].signed


def test_a_whole_town_hall_signs_in_behind_one_address_and_nobody_waits(town: Town) -> None:
    staff = employ(town)
    bodies = ("school", "police", "coordination", "street_work", "dpo", "archives")
    for body in bodies:
        staff.enrol(body)
    for turn in range(_PER_NETWORK + 1):
        staff.sign_in(bodies[turn % len(bodies)])


def test_a_right_password_alone_keeps_its_account_waiting_for_the_code(town: Town) -> None:
    staff = employ(town)
    staff.enrol("school")
    for _ in range(_PER_ACCOUNT):
        staff.half("school")
    with pytest.raises(TooManyAttempts):
        staff.half("school")
