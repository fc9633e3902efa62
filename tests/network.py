"""A network for victims in the invented town: who refers, who helps, who coordinates."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from casework.cases.orders import StepOrder
from casework.cases.procedures.steps import Step
from casework.cases.values import NewPerson, NewRecord, NewReferral
from casework.charters.engagement import Signature
from casework.charters.text import text_of_file
from casework.charters.vocabulary import CaseKind, CompartmentClass, PartnerCategory
from casework.clock import local_day
from casework.db.engine import Scope
from casework.identity import Reason, Role, operator
from casework.partners.service import GroupService, MemberService, OrganisationService
from casework.partners.values import NewGroup, NewMandate, PersonName
from tests.raw import raw
from tests.town import CHARTER, COMMUNE, COUNCIL, Town

ROOT: Final = operator(COUNCIL, "founder")
NAME: Final = "Quillebœuvre"
PHONE: Final = "06 39 98 17 71"
ADDRESS: Final = "chez une amie inventée, 3 allée des Renards-Muets"
SHEET: Final = {
    "consent_by": "victim",
    "consent_on": "2026-11-20",
    "consent_channel": "spoken",
    "consent_scope": "identity_and_needs,children_too,protected_address",
    "leaflet": "yes",
    "danger_evaluated": "yes",
    "danger_by": "gendarmerie",
    "danger_on": "2026-11-19",
    "danger_level": "standard",
    "needs": "legal,housing",
    "urgency": "this_week",
}
HERSELF: Final = {"age": "34", "children": "2", "children_ages": "3 et 7 ans"}
CONTACT: Final = {
    "contact_phone": PHONE,
    "contact_when": "en semaine, de 9 h à 11 h",
    "contact_message": "no",
    "contact_language": "portugais",
    "hidden_address": ADDRESS,
    "address_covered": "yes",
}
AGREED: Final = {"consent_on": "2026-11-23", "consent_channel": "telephone"}
"""Her consent to another service."""

_BODIES: Final = {
    "support": PartnerCategory.VICTIM_SUPPORT,
    "mediation": PartnerCategory.MEDIATOR,
}
_MEMBERS: Final = {"support": "support", "colleague": "support", "mediation": "mediation"}
_SEATED: Final = ("coordination", "police", "landlord", "support", "colleague", "mediation")


@dataclass
class Network:
    """The network, beside the group of the town; `police` refer, `support` and `mediation` help."""

    town: Town
    group_id: UUID

    def refer(self, by: str = "police", to: str = "support", **changed: Any) -> UUID:
        """Refer an invented victim and return her case."""
        told = referral(self, self.town.bodies[to], **changed)
        return self.town.runtime.referrals.send(self.town.who(by), Reason.REFERRAL, told)

    def take(
        self, by: str, case_id: UUID, step: Step, to: str | None = None, **answers: str
    ) -> None:
        """Take a step, from the version that the case has now."""
        asked = self.town.bodies[to] if to else None
        order = StepOrder(case_id, self.version(case_id), step, answers, asked)
        self.town.runtime.stepping.take(self.town.who(by), Reason.DUTY, order)

    def version(self, case_id: UUID) -> int:
        """Return the version of a case, as its page would carry it."""
        return int(self.row(case_id).version)

    def row(self, case_id: UUID) -> Any:
        """Return what stands in clear of a case, or None."""
        statement = raw("SELECT * FROM cases WHERE id = :id").bindparams(id=self.key(case_id))
        with self.town.runtime.stores.main.reading(Scope(COUNCIL, whole=True)) as session:
            return session.execute(statement).one_or_none()

    def key(self, case_id: UUID) -> object:
        """Return an id as the database at hand writes it."""
        return case_id.bytes if self.town.address.file_key else case_id


def network_of(town: Town) -> Network:
    """Return the network of a town that has one."""
    return Network(town, town.extra["network"])


def found_network(town: Town) -> Network:
    """Found the network under the shipped charter, and seat everybody."""
    edges, runtime = town.runtime.edges, town.runtime
    people = MemberService(runtime.ledger, edges.clock, edges.entropy)
    bodies = OrganisationService(runtime.ledger, runtime.enrol, edges.clock, edges.entropy)
    for body, category in _BODIES.items():
        town.bodies[body] = bodies.add(ROOT, f"Organisme inventé {body}", category)
    for member, body in _MEMBERS.items():
        name = PersonName("Mme", "Invention", f"Membre-{member}")
        town.members[member] = people.add(ROOT, town.bodies[body], name)
    text = text_of_file(CHARTER.parent / "victimes.toml")
    charter_id = runtime.charter_service.adopt(ROOT, Reason.OPERATION, text)
    group = NewGroup(
        name="Réseau inventé",
        prefix="VI",
        kind=CaseKind.VICTIM,
        communes=frozenset({COMMUNE}),
        coordinating_id=town.bodies["coordination"],
        charter_id=charter_id,
    )
    group_id = GroupService(runtime.ledger, edges.clock, edges.entropy).add(ROOT, group)
    town.extra["network"] = group_id
    _seat(network_of(town), people, charter_id)
    return network_of(town)


def _seat(network: Network, people: MemberService, charter_id: UUID) -> None:
    town, charters = network.town, network.town.runtime.charter_service
    today = local_day(town.clock.now())
    until = today + timedelta(days=300)
    for body in {_MEMBERS.get(one, one) for one in _SEATED}:
        signature = Signature(
            charter_id=charter_id,
            organisation_id=town.bodies[body],
            signed_on=today,
            until_on=until,
        )
        charters.sign(ROOT, Reason.OPERATION, signature)
    for member in _SEATED:
        mandate = NewMandate(
            member_id=town.members[member],
            role=Role.COORDINATOR if member == "coordination" else Role.MEMBER,
            from_on=today,
            until_on=until,
            group_id=network.group_id,
        )
        people.give_mandate(ROOT, mandate)
        charters.undertake(town.who(member), Reason.SIGN_IN, charter_id)


def referral(network: Network, to: UUID, **changed: Any) -> NewReferral:
    """Return the referral of an invented victim; `sheet`, `herself`, `contact` change answers."""
    told = {
        CompartmentClass.SHEET: SHEET | changed.pop("sheet", {}),
        CompartmentClass.IDENTITY: HERSELF | changed.pop("herself", {}),
        CompartmentClass.PROTECTED_CONTACT: CONTACT | changed.pop("contact", {}),
    }
    values: dict[str, Any] = {
        "group_id": network.group_id,
        "commune": COMMUNE,
        "persons": (NewPerson("subject", NAME, "Ondinette"),),
        "reason": "",
        "fact": "",
        "fact_on": None,
        "origin": "national_police",
        "reporter": "",
        "words": "",
        "informed_on": date(2026, 11, 20),
        "delay_reason": None,
        "kind": CaseKind.VICTIM,
        "records": tuple(
            NewRecord(Step.REFER, {name: one for name, one in said.items() if one}, part)
            for part, said in told.items()
        ),
        "addressed_id": to,
    }
    return NewReferral(**{**values, **changed})
