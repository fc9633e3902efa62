"""Brings a mayor's register into a council that has its partners already."""

from casework.demo.cast import Cast, add_bodies, add_groups, add_members, mandate, sign
from casework.demo.reminders.shapes import Register
from casework.demo.shapes import World
from casework.identity import Reason


def settle(cast: Cast, world: World, register: Register, charter: str) -> None:
    """Set up a register under the text of its charter; those who control undertake it too."""
    service = cast.workshop.charter_service
    charter_id = service.adopt(cast.root, Reason.OPERATION, charter)
    commune = register.group.communes[0]
    add_bodies(cast, register.organisations, {one.key: commune for one in register.organisations})
    add_groups(cast, [register.group], charter_id)
    add_members(cast, register.members, world.anchor)
    for member in register.joining.values():
        mandate(cast, member, [register.group.key], world.anchor)
    joining = {one.organisation for one in register.joining.values()}
    joined = [one for one in world.organisations if one.key in joining]
    sign(cast, (*register.organisations, *joined), charter_id, world.anchor)
    control = [one for one in world.members if not one.groups]
    cast.bound[charter_id] = [one.key for one in (*register.everybody, *control)]
    cast.undertake(charter_id)
