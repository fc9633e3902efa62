"""Brings the registers of mayors into a council that has its partners already."""

from collections.abc import Collection
from uuid import UUID

from casework.demo.cast import Cast, add_bodies, add_groups, add_members, mandate, sign
from casework.demo.reminders.shapes import Register
from casework.demo.shapes import World
from casework.identity import Reason


def settle(cast: Cast, world: World, registers: Collection[Register], charter: str) -> None:
    """Set up registers under the text of their charter; those who control undertake it too."""
    service = cast.workshop.charter_service
    charter_id = service.adopt(cast.root, Reason.OPERATION, charter)
    for register in registers:
        _settle(cast, world, register, charter_id)
    joining = {one.organisation for each in registers for one in each.joining.values()}
    joined = [one for one in world.organisations if one.key in joining]
    own = [one for each in registers for one in each.organisations]
    sign(cast, (*own, *joined), charter_id, world.anchor)
    around = [one.key for each in registers for one in each.everybody]
    control = [one.key for one in world.members if not one.groups]
    cast.bound[charter_id] = list(dict.fromkeys((*around, *control)))
    cast.undertake(charter_id)


def _settle(cast: Cast, world: World, register: Register, charter_id: UUID) -> None:
    commune = register.group.communes[0]
    add_bodies(cast, register.organisations, {one.key: commune for one in register.organisations})
    add_groups(cast, [register.group], charter_id)
    add_members(cast, register.members, world.anchor)
    for member in register.joining.values():
        mandate(cast, member, [register.group.key], world.anchor)
