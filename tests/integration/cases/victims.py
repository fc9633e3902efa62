"""What the tests of victims read and ask in a network."""

from dataclasses import dataclass, replace
from uuid import UUID

import pytest

from casework.cases.values import CaseFile, SafeContact
from casework.db.engine import Scope
from casework.errors import AccessDenied
from casework.identity import Principal, Reason
from casework.keys.gateway import holding
from casework.keys.values import Acting, Withheld
from tests.network import ADDRESS, NAME, PHONE, Network
from tests.office import Desk, Office
from tests.town import COUNCIL

LIST = "/orientations-victimes"
HERS = (NAME, PHONE, ADDRESS, "3 et 7 ans")
GONE = {"not-admitted", "no-such-case"}  # the second where the database keeps the row
WHY = "Rappeler pour convenir d’un rendez-vous au local inventé"


@dataclass
class Desks:
    """A network, and its people at their desks."""

    network: Network
    office: Office

    def at(self, member: str) -> Desk:
        return self.office.at(member)


def page(case_id: UUID) -> str:
    return f"{LIST}/{case_id}"


def hides(text: str) -> bool:
    return not any(one in text for one in HERS)


def read(network: Network, by: str, case_id: UUID) -> CaseFile:
    town = network.town
    return town.runtime.cases.read(town.who(by), Reason.DUTY, case_id)


def contact(network: Network, by: str, case_id: UUID) -> SafeContact:
    town = network.town
    return town.runtime.victims.read_contact(town.who(by), Reason.DUTY, case_id)


def stated(network: Network, by: str, case_id: UUID) -> None:
    town = network.town
    town.runtime.safeguards.stating.state(town.who(by), Reason.DUTY, case_id, WHY)


def listed(network: Network, by: str) -> list[tuple[UUID, bool]]:
    town = network.town
    lines = town.runtime.victims.list_referrals(town.who(by), Reason.DUTY)
    return [(line.head.id, line.opens) for line in lines]


def refused(network: Network, by: str, case_id: UUID) -> str:
    with pytest.raises(AccessDenied) as fault:
        read(network, by, case_id)
    return fault.value.reason


def proved(network: Network, by: str) -> Principal:
    """Return a member who has just given their second factor."""
    return replace(network.town.who(by), verified_at=network.town.clock.now())


def told(file: CaseFile) -> dict[str, str]:
    said: dict[str, str] = {}
    for step in file.steps:
        if not isinstance(step.answers, Withheld):
            said.update(step.answers)
    return said


def holders(network: Network, case_id: UUID) -> dict[str, set[str]]:
    """Return which bodies hold a key, or have one on its way, by the class of the part."""
    town = network.town
    found: dict[str, set[str]] = {}
    names = {one: body for body, one in town.bodies.items()}
    for body in town.bodies:
        with town.runtime.stores.main.reading(Scope(COUNCIL, whole=True)) as session:
            held = holding.held_by_case(session, Acting(COUNCIL, town.bodies[body]), case_id)
        for key in held:
            if key.entry is not None or key.pending:
                found.setdefault(str(key.compartment_class), set()).add(names[town.bodies[body]])
    return found
