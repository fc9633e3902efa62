"""The form of a follow-up, from checked values to a referral."""

from datetime import date
from uuid import UUID

from casework.cases.forms.followup import FORM, followup_referral


def test_an_informed_family_leaves_no_reason_for_a_delay() -> None:
    values = {
        **dict.fromkeys(("family_name", "given_name", "commune", "reason", "fact", "origin"), "x"),
        "birth_date": date(2010, 5, 17),
        "informed": True,
        "informed_on": date(2026, 11, 2),
        "delay_reason": "danger",
        "parent_phone": "06 39 98 00 17",
    }
    referral = followup_referral(UUID(int=3), values)
    assert (referral.informed_on, referral.delay_reason) == (date(2026, 11, 2), None)
    assert [one.relation for one in referral.persons] == ["subject", "legal_representative"]


def test_every_field_of_the_form_has_its_name_its_readers_and_its_place_on_the_last_page() -> None:
    asked = {name for page in FORM.pages for name in FORM.names(page)}
    told = {name for section in FORM.sections for name in section.names}
    assert asked == set(FORM.labels) == set(FORM.parts) == told
