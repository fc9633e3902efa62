"""An invented family council in the town of a test: bodies of one commune, and one of another."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from casework.cases.agenda import MeetingDecision
from casework.cases.orders import StepOrder
from casework.cases.procedures.steps import Step
from casework.cases.values import NewPerson, NewReferral
from casework.charters.engagement import Signature
from casework.charters.vocabulary import CaseKind, PartnerCategory
from casework.db.engine import Scope
from casework.identity import Principal, Reason, Role, operator
from casework.partners import gateway as partners
from casework.partners.service import GroupService, MemberService, OrganisationService
from casework.partners.values import NewGroup, NewMandate, PersonName
from tests.gathering import today, version
from tests.town import COMMUNE, COUNCIL, Town

CHARTER: Final = Path(__file__).parents[1] / "config/charters/cddf.toml"
ELSEWHERE: Final = "67043"
# Who sits there: body, category, role; two sit for the town hall, one for that of another commune.
SEATS: Final = {
    "families": ("townhall", PartnerCategory.MUNICIPALITY, Role.COORDINATOR),
    "deputy": ("townhall", PartnerCategory.MUNICIPALITY, Role.MEMBER),
    "college": ("college", PartnerCategory.EDUCATION, Role.MEMBER),
    "departement": ("departement", PartnerCategory.SOCIAL_SERVICE, Role.MEMBER),
    "centre": ("centre", PartnerCategory.SOCIAL_CENTRE, Role.MEMBER),
    "housing": ("housing", PartnerCategory.LANDLORD, Role.MEMBER),
    "neighbour": ("neighbourhall", PartnerCategory.MUNICIPALITY, Role.MEMBER),
}
AROUND: Final = ("deputy", "college", "departement", "centre")
YES_TO_ALL: Final = {"resident": "yes", "assistance": "no", "contract": "no"}
INVITED: Final = {"place": "17 h 30, mairie inventée", "invited": "parent,child", "conflict": "no"}
HEARD: Final = {
    "attended": "parent,child",
    "recommendations": "school_attendance,leisure",
    "commitments": "attends_school",
}
SUPPORT: Final = {
    "assistance": "no",
    "contract": "no",
    "ground": "attendance",
    "asked_by": "mayor",
}
CHILD: Final = NewPerson(
    relation="subject",
    family_name="Vertugadinois",
    given_name="Éloïne",
    birth_date=date(2013, 5, 17),
    address="8 rue des Pendules-Étourdies",
    school="Collège des Girouettes-Aimables",
    home="both",
)
BROTHER: Final = NewPerson(
    relation="child",
    family_name="Vertugadinois",
    given_name="Anatolin",
    birth_date=date(2018, 9, 2),
    address="8 rue des Pendules-Étourdies",
    home="a",
)
MOTHER: Final = NewPerson(
    relation="parent",
    family_name="Vertugadinois",
    given_name="Philoménette",
    phone="06 39 98 00 21",
    address="8 rue des Pendules-Étourdies",
    home="a",
)
FATHER: Final = NewPerson(
    relation="parent",
    family_name="Brindezingue",
    given_name="Théodulfe",
    phone="06 39 98 00 22",
    address="3 quai des Carillons-Distraits",
    home="b",
)
HOUSEHOLD: Final = (CHILD, BROTHER, MOTHER, FATHER)


@dataclass
class Families:
    """The family council of the town, and the steps that tests take often."""

    town: Town
    group_id: UUID
    meetings: list[UUID] = field(default_factory=list)

    def refer(self, body: str = "college", **changed: Any) -> UUID:
        """Send a referral of an invented family and return its case."""
        return self.town.runtime.referrals.send(
            self.town.who(body), Reason.REFERRAL, self.referral(**changed)
        )

    def referral(self, **changed: Any) -> NewReferral:
        """Return the referral of an invented family, changed where a test says so."""
        values: dict[str, Any] = {
            "group_id": self.group_id,
            "commune": COMMUNE,
            "persons": HOUSEHOLD,
            "reason": "truancy",
            "fact": "Onze demi-journées d’absence inventées en cinq semaines.",
            "fact_on": None,
            "origin": "education",
            "reporter": "M. Ventrebleuard, surveillant inventé",
            "words": "Tout le monde est fatigué, et personne n’ose le dire.",
            "informed_on": None,
            "delay_reason": None,
            "kind": CaseKind.FAMILY_COUNCIL,
        }
        return NewReferral(**{**values, **changed})

    def take(
        self, body: str, case_id: UUID, step: Step, asked: str | None = None, **answers: str
    ) -> None:
        """Take a step in the name of somebody; `asked` is who answers next."""
        town = self.town
        asked_id = town.members[asked] if asked else None
        order = StepOrder(case_id, version(town, case_id), step, answers, asked_id)
        town.runtime.stepping.take(town.who(body), Reason.DUTY, order)

    def kept(self, **changed: Any) -> UUID:
        """Return a family that a sitting decided to hear."""
        case_id = self.refer(**changed)
        self.take("families", case_id, Step.ACCEPT, **YES_TO_ALL)
        self.sit(case_id)
        self.decide(case_id, "kept")
        self.rise()
        return case_id

    def invited(self, **changed: Any) -> UUID:
        """Return a family that is expected today."""
        case_id = self.kept(**changed)
        self.invite(case_id)
        return case_id

    def invite(self, case_id: UUID, days: int = 0, **changed: str) -> None:
        """Invite a family for a day that comes."""
        day = today(self.town)
        dates = {
            "sent_on": day.isoformat(),
            "hearing_on": (day + timedelta(days=days)).isoformat(),
        }
        self.take("families", case_id, Step.SUMMON, **{**INVITED, **dates, **changed})

    def heard(self, **changed: Any) -> UUID:
        """Return a family that was heard, in a sitting still open."""
        case_id = self.invited(**changed)
        self.sit(case_id)
        self.take("families", case_id, Step.HEAR, **HEARD)
        return case_id

    def proposed(self, **changed: Any) -> UUID:
        """Return a family to whom the sitting proposed support; the sitting is over."""
        case_id = self.heard(**changed)
        self.take("deputy", case_id, Step.PROPOSE, **SUPPORT)
        self.decide(case_id, "continued")
        self.rise()
        return case_id

    def sit(self, *cases: UUID) -> None:
        """Prepare and open a sitting of today."""
        coordinator, meetings = self.town.who("families"), self.town.runtime.meetings
        meeting_id = meetings.prepare(coordinator, self.group_id, today(self.town), list(cases))
        meetings.open(coordinator, meeting_id, version=1)
        for body in AROUND:
            meetings.attend(coordinator, meeting_id, self.town.members[body], present=True)
        self.meetings.append(meeting_id)

    def decide(self, case_id: UUID, code: str, body: str = "families", **more: Any) -> None:
        """Decide in the sitting that is open."""
        decision = MeetingDecision(
            case_id=case_id, version=version(self.town, case_id), code=code, **more
        )
        self.town.runtime.meetings.decide(self.town.who(body), self.meetings[-1], decision)

    def rise(self) -> None:
        """Close the sitting that is open."""
        who, meetings = self.town.who("families"), self.town.runtime.meetings
        line = meetings.read(who, self.meetings[-1]).line
        meetings.close(who, self.meetings[-1], line.version)

    def consult(self, case_id: UUID, asked: str | None = "departement") -> None:
        """Ask the opinion of the département, of a member or by post."""
        days = {"asked_on": self.day(), "answer_by": self.day(21)}
        self.take("families", case_id, Step.CONSULT, asked, **days)

    def agree(self, case_id: UUID) -> None:
        """Note that the parents accept the support."""
        said = {"agreed_on": self.day(), "commitments": "accepts_support"}
        self.take("families", case_id, Step.AGREE, **said)

    def notify(self, case_id: UUID, *steps: Step) -> None:
        """Tell some of the four, today."""
        for step in steps:
            self.take("families", case_id, step, told_on=self.day())

    def day(self, days: int = 0) -> str:
        """Return today, or a day that many days away, as a step records it."""
        return (today(self.town) + timedelta(days=days)).isoformat()


def families_of(town: Town) -> Families:
    """Return the family council of a town that has one."""
    return Families(town, town.extra["families"])


def settle_families(town: Town) -> Families:
    """Bring a family council into a founded town."""
    root, runtime = operator(COUNCIL, "founder"), town.runtime
    _name_elsewhere(town)
    text = CHARTER.read_text(encoding="utf-8")
    charter_id = runtime.charter_service.adopt(root, Reason.OPERATION, text)
    _add_bodies(town, root)
    edges = runtime.edges
    group_id = GroupService(runtime.ledger, edges.clock, edges.entropy).add(
        root,
        NewGroup(
            name="Conseil inventé des familles",
            prefix="FS",
            kind=CaseKind.FAMILY_COUNCIL,
            communes=frozenset({COMMUNE}),
            coordinating_id=town.bodies["townhall"],
            charter_id=charter_id,
        ),
    )
    _engage(town, root, group_id, charter_id)
    town.extra["families"] = group_id
    return families_of(town)


def _name_elsewhere(town: Town) -> None:
    with town.runtime.stores.main.writing(Scope(COUNCIL, whole=True)) as session:
        partners.name_communes(session, COUNCIL, {ELSEWHERE: "Bischheim"})


def _add_bodies(town: Town, root: Principal) -> None:
    runtime = town.runtime
    edges = runtime.edges
    service = OrganisationService(runtime.ledger, runtime.enrol, edges.clock, edges.entropy)
    people = MemberService(runtime.ledger, edges.clock, edges.entropy)
    for member, (body, category, _) in SEATS.items():
        if body not in town.bodies:
            commune = ELSEWHERE if body == "neighbourhall" else COMMUNE
            name = f"Organisme inventé {body}"
            town.bodies[body] = service.add(root, name, category, commune)
        name_of = PersonName("M.", "Invention", f"Membre-{member}")
        town.members[member] = people.add(root, town.bodies[body], name_of)


def _engage(town: Town, root: Principal, group_id: UUID, charter_id: UUID) -> None:
    runtime, day = town.runtime, today(town)
    until = day + timedelta(days=300)
    people = MemberService(runtime.ledger, runtime.edges.clock, runtime.edges.entropy)
    charters = runtime.charter_service
    for body in {seat[0] for seat in SEATS.values()}:
        signature = Signature(
            charter_id=charter_id,
            organisation_id=town.bodies[body],
            signed_on=day,
            until_on=until,
        )
        charters.sign(root, Reason.OPERATION, signature)
    for member, (_, _, role) in SEATS.items():
        mandate = NewMandate(
            member_id=town.members[member],
            role=role,
            from_on=day,
            until_on=until,
            group_id=group_id,
        )
        people.give_mandate(root, mandate)
        charters.undertake(town.who(member), Reason.SIGN_IN, charter_id)
