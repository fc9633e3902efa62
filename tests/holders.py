"""Members of one body who hold its key together, in the invented town."""

from datetime import timedelta
from uuid import UUID

from casework.clock import local_day
from casework.identity import Principal, Reason, Role
from casework.keys.values import CustodyKind
from casework.partners.service import MemberService
from casework.partners.values import NewMandate, PersonName
from tests.staff import Staff


def colleague(staff: Staff, body: str, login: str, role: Role = Role.MEMBER) -> UUID:
    """Add a second member to a body, who activates their account; return their id."""
    town, runtime = staff.town, staff.town.runtime
    people = MemberService(runtime.ledger, runtime.edges.clock, runtime.edges.entropy)
    name = PersonName("M.", "Invention", f"Membre-{login}")
    member_id = town.members[login] = people.add(staff.root, town.bodies[body], name)
    today = local_day(town.clock.now())
    mandate = NewMandate(
        member_id=member_id,
        role=role,
        from_on=today,
        until_on=today + timedelta(days=300),
        group_id=town.group_id,
    )
    people.give_mandate(staff.root, mandate)
    staff.enrol(login)
    charter_id = runtime.directory.groups()[town.group_id].charter_id
    runtime.charter_service.undertake(town.who(login), Reason.SIGN_IN, charter_id)
    return member_id


def session_of(staff: Staff, login: str) -> Principal:
    """Return a member as their own fresh session makes them, with the keys it opened."""
    return staff.session(login).principal


def kept_by_members(staff: Staff, body: str) -> tuple[Principal, Principal]:
    """Give a body's key to its members alone; return two of them, signed in."""
    other = f"{body}-2"
    if body not in staff.phones:
        staff.enrol(body)
    colleague(staff, body, other)
    first, second = session_of(staff, body), session_of(staff, other)
    staff.town.runtime.custody_service.switch(first, CustodyKind.MEMBER)
    return first, second
