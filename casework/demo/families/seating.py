"""Brings the family council into a founded town that has its other partners already."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Final

from casework.demo.cast import Cast, add_bodies, add_groups, add_members, sign
from casework.demo.families.values import FamilyCouncil
from casework.demo.shapes import Member
from casework.identity import Reason

CHARTER: Final = Path(__file__).parents[3] / "config" / "charters" / "cddf.toml"


def seat_families(
    cast: Cast, council: FamilyCouncil, control: Iterable[Member], anchor: date
) -> None:
    """Set the council up under its shipped charter; those who control undertake it too."""
    adopt = cast.workshop.charter_service.adopt
    charter_id = adopt(cast.root, Reason.OPERATION, CHARTER.read_text(encoding="utf-8"))
    commune = council.group.communes[0]
    add_bodies(cast, council.bodies, {one.key: commune for one in council.bodies})
    add_groups(cast, [council.group], charter_id)
    add_members(cast, council.members, anchor)
    sign(cast, council.bodies, charter_id, anchor)
    cast.bound[charter_id] = [one.key for one in (*council.members, *control)]
    cast.undertake(charter_id)
