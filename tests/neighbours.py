"""Two groups of the invented town whose charter lets them ask; a third one's does not."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from casework.cases.values import NewPerson
from casework.charters.engagement import Signature
from casework.charters.service import CharterService
from casework.charters.vocabulary import CaseKind
from casework.clock import local_day
from casework.identity import Reason, Role, operator
from casework.partners.service import GroupService, MemberService
from casework.partners.values import NewGroup, NewMandate
from casework.presence.values import Answer, Question
from tests.town import CHARTER, COMMUNE, COUNCIL, Town, referral

ROOT: Final = operator(COUNCIL, "founder")
BORN: Final = date(2010, 5, 17)
NAMES: Final = ("Zéphirinquois", "Maïlys")
WEST: Final = {"coordination": Role.COORDINATOR, "street_work": Role.MEMBER, "school": Role.MEMBER}
EAST: Final = {"mission": Role.COORDINATOR, "police": Role.MEMBER}
CONTROL: Final = ("dpo", "archives")
DAYS: Final = timedelta(days=300)
ARTICLE: Final = """[[articles]]
number = "20"
title = "Consultation de présence"
text = "Un membre peut demander si une personne est déjà suivie."

[presence]
article = "20"
recipients = ["coordinator", "member"]

# Règles
"""


def text_with_presence() -> str:
    """Return the shipped charter with the consultation switched on, as a charter of its own."""
    text = CHARTER.read_text(encoding="utf-8").replace("# Règles\n", ARTICLE, 1)
    return text.replace("Charte du groupe de suivi nominatif", "Charte de deux groupes", 1)


@dataclass
class Neighbours:
    """The town, and its two groups that answer each other."""

    town: Town
    charter_id: UUID
    west: UUID
    east: UUID

    def refer(self, group_id: UUID, body: str, **person: object) -> UUID:
        """Send the referral of an invented person in a group."""
        known = {"relation": "subject", "family_name": NAMES[0], "given_name": NAMES[1]}
        values = {**known, "birth_date": BORN, **person}
        told = referral(self.town, group_id=group_id, persons=(NewPerson(**values),))  # type: ignore[arg-type]
        return self.town.runtime.referrals.send(self.town.who(body), Reason.REFERRAL, told)

    def follow(self, group_id: UUID, body: str, coordinator: str, **person: object) -> UUID:
        """Send one, and have it accepted."""
        case_id = self.refer(group_id, body, **person)
        who = self.town.who(coordinator)
        self.town.runtime.referrals.accept(who, Reason.DUTY, case_id, version=1)
        return case_id

    def follow_east(self, **person: object) -> UUID:
        return self.follow(self.east, "police", "mission", **person)

    def ask(
        self,
        body: str = "street_work",
        group_id: UUID | None = None,
        names: tuple[str, str] = NAMES,
        born: date = BORN,
    ) -> Answer:
        """Ask about somebody, by default the person that referrals are about."""
        question = Question(group_id or self.west, *names, born)
        service = self.town.runtime.presence.questions
        return service.ask(self.town.who(body), Reason.REFERRAL, question)


def join(town: Town) -> Neighbours:
    """Found the two groups in a town, and have everybody sign."""
    with_neighbours(town)
    return neighbours_of(town)


def neighbours_of(town: Town) -> Neighbours:
    """Return the two groups of a town that has them."""
    return Neighbours(town, **town.extra["neighbours"])


def with_neighbours(town: Town) -> None:
    """Found the two groups in a town, and have everybody sign."""
    edges = town.runtime.edges
    ledger, clock, entropy = town.runtime.ledger, edges.clock, edges.entropy
    charters = town.runtime.charter_service
    charter_id = charters.adopt(ROOT, Reason.OPERATION, text_with_presence())
    groups = GroupService(ledger, clock, entropy)
    found = [
        groups.add(
            ROOT,
            NewGroup(
                name=name,
                prefix=prefix,
                kind=CaseKind.FOLLOWUP,
                communes=frozenset({COMMUNE}),
                coordinating_id=town.bodies[coordinating],
                charter_id=charter_id,
            ),
        )
        for name, prefix, coordinating in (
            ("Groupe Ouest", "OU", "coordination"),
            ("Groupe Est", "ES", "mission"),
        )
    ]
    people = MemberService(ledger, clock, entropy)
    for group_id, seats in zip(found, (WEST, EAST), strict=True):
        for body, role in seats.items():
            _seat(town, people, body, (role, group_id))
    for body in (*WEST, *EAST):
        _sign(town, charters, body, charter_id)
    for body in (*WEST, *EAST, *CONTROL):
        charters.undertake(town.who(body), Reason.SIGN_IN, charter_id)
    west, east = found
    town.extra["neighbours"] = {"charter_id": charter_id, "west": west, "east": east}


def _seat(town: Town, people: MemberService, body: str, place: tuple[Role, UUID]) -> None:
    today = local_day(town.clock.now())
    role, group_id = place
    mandate = NewMandate(
        member_id=town.members[body],
        role=role,
        from_on=today,
        until_on=today + DAYS,
        group_id=group_id,
    )
    people.give_mandate(ROOT, mandate)


def _sign(town: Town, charters: CharterService, body: str, charter_id: UUID) -> None:
    today = local_day(town.clock.now())
    signature = Signature(
        charter_id=charter_id,
        organisation_id=town.bodies[body],
        signed_on=today,
        until_on=today + DAYS,
    )
    charters.sign(ROOT, Reason.OPERATION, signature)
