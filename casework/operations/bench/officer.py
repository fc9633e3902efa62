"""Who reads the register: a data protection officer, signed in."""

from typing import NamedTuple

from casework.clock import local_day
from casework.db.engine import Scope
from casework.identity import Principal, Reason, Role, operator
from casework.operations.bench.visits import Visitor
from casework.operations.bench.world import LIFE, principal_of, signed_in
from casework.operations.instance import Instance
from casework.partners import gateway as partners
from casework.partners.values import NewMandate, PersonName


class Officer(NamedTuple):
    """The officer, and their browser, which only reads."""

    principal: Principal
    visitor: Visitor


def seat_officer(instance: Instance) -> Officer:
    """Seat the officer of a council that has one group, signed in and bound by its charter."""
    root = operator(instance.council_id, "bench")
    with instance.stores.main.reading(Scope(instance.council_id, whole=True)) as session:
        (group,) = partners.groups(session, instance.council_id)
    name = PersonName("Mme", "Invention", "Déléguée")
    member = instance.members.add(root, group.coordinating_id, name)
    today = local_day(instance.edges.clock.now())
    mandate = NewMandate(
        member_id=member, role=Role.DPO, from_on=today, until_on=today + LIFE, group_id=None
    )
    instance.members.give_mandate(root, mandate)
    unbound = principal_of(instance, member)
    instance.charter_service.undertake(unbound, Reason.SIGN_IN, group.charter_id)
    principal = principal_of(instance, member)
    cookie = signed_in(instance, principal, "bench.officer")
    return Officer(principal, Visitor(f"cw={cookie}", ""))
