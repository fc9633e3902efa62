"""A mayor's register of reminders beside the follow-up group of the invented town."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from casework.cases.orders import StepOrder
from casework.cases.procedures.steps import Step
from casework.cases.values import NewPerson, NewRecord, NewReferral
from casework.charters.engagement import Signature
from casework.charters.vocabulary import CaseKind, PartnerCategory
from casework.clock import local_day
from casework.db.engine import Scope
from casework.identity import Reason, Role, operator
from casework.partners import gateway as partners
from casework.partners.service import GroupService, MemberService, OrganisationService
from casework.partners.values import NewGroup, NewMandate, PersonName
from tests.town import COMMUNE, COUNCIL, Town

CHARTER: Final = Path(__file__).parents[1] / "config/charters/rappel-a-l-ordre.toml"
ELSEWHERE: Final = "67043"
NO: Final = {"crime": "no", "complaint": "no", "inquiry": "no"}
MINOR: Final = NewPerson(
    relation="subject",
    family_name="Grondinelle",
    given_name="Théodule",
    birth_date=date(2010, 5, 17),
    address="12 rue des Buvards-Pressés",
)
PARENT: Final = NewPerson("legal_representative", "Grondinelle", "Ondine", phone="06 39 98 00 18")
ADULT: Final = NewPerson(
    relation="subject", family_name="Vastignol", given_name="Rosemonde",
    birth_date=date(1985, 3, 2),
)  # fmt: skip
UNKNOWN_BIRTH: Final = NewPerson("subject", "Corbuchard", "Anatole")
FACT: Final = "Musique forte sous les fenêtres après 23 h, trois soirs de suite."
PLACE: Final = "Square des Hêtres-Bavards"
REPORTER: Final = "Mme Pervanchou, voisine inventée"
_BODIES: Final = {
    "town_hall": PartnerCategory.MUNICIPALITY,
    "local_police": PartnerCategory.MUNICIPAL_POLICE,
    "prosecutor": PartnerCategory.PROSECUTOR,
}
_PEOPLE: Final = {
    "clerk": ("town_hall", Role.COORDINATOR),
    "mayor": ("town_hall", Role.MEMBER),
    "agent": ("local_police", Role.MEMBER),
    "prosecutor": ("prosecutor", Role.MEMBER),
}


def found_register(town: Town, commune: str = COMMUNE, prefix: str = "RO", text: str = "") -> UUID:
    """Add the register of a commune's mayor with its people; return its group.

    Members are named `clerk`, `mayor`, `agent`, `prosecutor`; of another commune, `clerk-67043`.
    """
    root, edges = operator(COUNCIL, "founder"), town.runtime.edges
    ledger, after = town.runtime.ledger, "" if commune == COMMUNE else f"-{commune}"
    with town.runtime.stores.main.writing(Scope(COUNCIL, whole=True)) as session:
        partners.name_communes(session, COUNCIL, {ELSEWHERE: "Bischheim"})
    bodies = OrganisationService(ledger, town.runtime.enrol, edges.clock, edges.entropy)
    for body, category in _BODIES.items():
        name = f"Organisme inventé {body}{after}"
        town.bodies[body + after] = bodies.add(root, name, category, commune)
    charter_id = _charter(town, text)
    group_id = GroupService(ledger, edges.clock, edges.entropy).add(
        root,
        NewGroup(
            name=f"Rappels à l’ordre inventés{after}",
            prefix=prefix,
            kind=CaseKind.REMINDER,
            communes=frozenset({commune}),
            coordinating_id=town.bodies["town_hall" + after],
            charter_id=charter_id,
        ),
    )
    _seat(town, group_id, charter_id, after)
    return group_id


def _charter(town: Town, text: str) -> UUID:
    known = town.extra.get("reminders")
    if isinstance(known, UUID):
        return known
    root = operator(COUNCIL, "founder")
    wanted = text or CHARTER.read_text(encoding="utf-8")
    charter_id = town.runtime.charter_service.adopt(root, Reason.OPERATION, wanted)
    town.extra["reminders"] = charter_id
    return charter_id


def _seat(town: Town, group_id: UUID, charter_id: UUID, after: str) -> None:
    root, edges = operator(COUNCIL, "founder"), town.runtime.edges
    people = MemberService(town.runtime.ledger, edges.clock, edges.entropy)
    today = local_day(town.clock.now())
    until, charters = today + timedelta(days=300), town.runtime.charter_service
    for body in _BODIES:
        signature = Signature(
            charter_id=charter_id,
            organisation_id=town.bodies[body + after],
            signed_on=today,
            until_on=until,
        )
        charters.sign(root, Reason.OPERATION, signature)
    for name, (body, role) in _PEOPLE.items():
        key = name + after
        town.members[key] = people.add(
            root, town.bodies[body + after], PersonName("Mme", "Invention", f"Membre-{key}")
        )
        people.give_mandate(
            root,
            NewMandate(
                member_id=town.members[key],
                role=role,
                from_on=today,
                until_on=until,
                group_id=group_id,
            ),
        )
        charters.undertake(town.who(key), Reason.SIGN_IN, charter_id)
    if not after:
        for controller in ("dpo", "archives"):
            charters.undertake(town.who(controller), Reason.SIGN_IN, charter_id)


def report(town: Town, group_id: UUID, by: str = "agent", **changed: Any) -> UUID:
    """Report a fact to the mayor and return its case."""
    values: dict[str, Any] = {
        "group_id": group_id,
        "commune": COMMUNE,
        "persons": (MINOR, PARENT),
        "reason": "noise",
        "fact": FACT,
        "fact_on": date(2026, 11, 20),
        "origin": "municipal_police",
        "reporter": REPORTER,
        "words": "Nous ne dormons plus le vendredi.",
        "informed_on": None,
        "delay_reason": None,
        "kind": CaseKind.REMINDER,
        "records": (NewRecord(Step.REFER, {"place": PLACE}),),
    }
    referral = NewReferral(**{**values, **changed})
    return town.runtime.referrals.send(town.who(by), Reason.REFERRAL, referral)


def step(town: Town, case_id: UUID, taken: Step, by: str, **answers: str) -> None:
    """Take a step of a reminder from its present version; `asked` names who is asked."""
    asked = answers.pop("asked", None)
    version = version_of(town, case_id)
    asked_id = town.members[asked] if asked else None
    order = StepOrder(case_id, version, taken, answers, asked_id)
    town.runtime.stepping.take(town.who(by), Reason.DUTY, order)


def version_of(town: Town, case_id: UUID) -> int:
    return town.runtime.cases.read(town.who("clerk"), Reason.DUTY, case_id).head.version


def checked(town: Town, group_id: UUID, **changed: Any) -> UUID:
    """Return a report of which the coordination checked that a reminder is possible."""
    case_id = report(town, group_id, **changed)
    step(town, case_id, Step.ACCEPT, "clerk", **NO)
    return case_id


def consulted(town: Town, group_id: UUID, **changed: Any) -> UUID:
    """Return a reminder of which the prosecutor is asked."""
    case_id = checked(town, group_id, **changed)
    step(town, case_id, Step.CONSULT, "clerk", asked="prosecutor")
    return case_id


def cleared(town: Town, group_id: UUID, **changed: Any) -> UUID:
    """Return a reminder that the prosecutor agrees to."""
    case_id = consulted(town, group_id, **changed)
    step(town, case_id, Step.FAVOUR, "prosecutor")
    return case_id


def summons(town: Town, **changed: str) -> dict[str, str]:
    """Return what a summons of today says, to a minor with a parent."""
    today = local_day(town.clock.now())
    told = {
        "sent_on": today.isoformat(),
        "hearing_on": (today + timedelta(days=14)).isoformat(),
        "hour": "17 h 30",
        "place": "Mairie inventée, salle des Platanes",
        "held_by": "mayor",
        "conflict": "no",
        "present": "parents",
        "copied_on": today.isoformat(),
    }
    return {**told, **changed}


def summoned(town: Town, group_id: UUID, **changed: Any) -> UUID:
    """Return a reminder whose person is summoned in two weeks."""
    case_id = cleared(town, group_id, **changed)
    step(town, case_id, Step.SUMMON, "mayor", **summons(town))
    return case_id


def heard(town: Town, group_id: UUID, **changed: Any) -> UUID:
    """Return a reminder that the mayor has made."""
    case_id = summoned(town, group_id, **changed)
    town.clock.advance(days=14)
    step(town, case_id, Step.HEAR, "mayor", rules="quiet", attended="person,parents")
    return case_id
