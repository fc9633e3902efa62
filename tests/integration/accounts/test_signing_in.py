"""Signing in, step by step, on both databases."""

from tests.staff import employ
from tests.town import Town


def test_a_member_signs_in_with_password_and_code(town: Town) -> None:
    staff = employ(town)
    staff.enrol("school")
    session = staff.session("school")
    assert session.principal.member_id == town.members["school"]
    assert session.principal.mandates[0].signed
