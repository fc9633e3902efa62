"""A family brought before its council by a program."""

from typing import Final
from uuid import UUID

from tests.families import settle_families
from tests.town import COMMUNE
from tests.walking import Walk

REFERRER: Final = "college"


def refers_families(walk: Walk) -> None:
    """Settle a family council, and refer a family there."""
    families = settle_families(walk.town)
    walk.api(REFERRER, "POST /family-referrals", body_of(families.group_id))


def body_of(group_id: UUID) -> dict[str, object]:
    """Return the referral of an invented family as a program sends it."""
    return {
        "group_id": str(group_id),
        "commune": COMMUNE,
        "family_name": "Vertugadinois",
        "given_name": "Éloïne",
        "birth_date": "2013-05-17",
        "adult_1_family_name": "Vertugadinois",
        "adult_1_given_name": "Philoménette",
        "home_a_address": "8 rue des Pendules-Étourdies",
        "reason": "truancy",
        "fact": "Inventé.",
        "origin": "education",
        "informed": False,
    }
