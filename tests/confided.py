"""Social workers and justice beside the invented town: whom parts are confided to, and who not."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from casework.cases.measures import Measures
from casework.cases.orders import StepOrder
from casework.cases.procedures.steps import Step
from casework.charters.engagement import Signature
from casework.charters.vocabulary import PartnerCategory
from casework.clock import local_day
from casework.db.engine import Scope
from casework.identity import Principal, Reason, Role, operator, service
from casework.partners import gateway as partners
from casework.partners.service import MemberService, OrganisationService
from casework.partners.values import NewMandate, PersonName
from tests.gathering import decide, open_meeting, version
from tests.leaving import count
from tests.town import COUNCIL, Town

SECRET: Final = "Mot inventé entre travailleurs sociaux, à ne pas répéter."
WHY: Final = "Fixer le jour du prochain rendez-vous"
MEASURE: Final = {
    "measure": "judicial_supervision",
    "measure_from": "2026-10-01",
    "measure_until": "2027-04-01",
    "needed": "yes",
    "needed_because": "availability",
}
_MORE: Final = {
    "social_service": PartnerCategory.SOCIAL_SERVICE,
    "prosecutor": PartnerCategory.PROSECUTOR,
    "youth_justice": PartnerCategory.YOUTH_JUSTICE,
}
OTHERS: Final = ("police", "school", "landlord", "mission", "coordination")
"""Bodies of the town to whom no charter opens the shared secret."""


def more_bodies(town: Town) -> Town:
    """Seat a second body of social action, and justice, in the group of the town."""
    runtime, edges, root = town.runtime, town.runtime.edges, operator(COUNCIL, "founder")
    service_ = OrganisationService(runtime.ledger, runtime.enrol, edges.clock, edges.entropy)
    people = MemberService(runtime.ledger, edges.clock, edges.entropy)
    for body, category in _MORE.items():
        town.bodies[body] = service_.add(root, f"Organisme inventé {body}", category)
        name = PersonName("M.", "Invention", f"Membre-{body}")
        town.members[body] = people.add(root, town.bodies[body], name)
        _engage(town, people, root, body)
    return town


def _engage(town: Town, people: MemberService, root: Principal, body: str) -> None:
    today = local_day(town.clock.now())
    until, charters = today + timedelta(days=300), town.runtime.charter_service
    with town.runtime.stores.main.reading(Scope(COUNCIL)) as session:
        group = partners.group(session, COUNCIL, town.group_id)
    assert group is not None
    mandate = {"role": Role.MEMBER, "from_on": today, "until_on": until, "group_id": group.id}
    people.give_mandate(root, NewMandate(member_id=town.members[body], **mandate))  # type: ignore[arg-type]
    signed = {"charter_id": group.charter_id, "signed_on": today, "until_on": until}
    signature = Signature(organisation_id=town.bodies[body], **signed)  # type: ignore[arg-type]
    charters.sign(root, Reason.OPERATION, signature)
    charters.undertake(town.who(body), Reason.SIGN_IN, group.charter_id)


def named_on(town: Town, *bodies: str) -> UUID:
    """Follow a case that the school referred, on which members of some bodies are named."""
    case_id = town.refer("school", origin="education")
    town.follow(case_id)
    for body in bodies:
        town.name(case_id, body)
    return case_id


def share(town: Town, case_id: UUID, text: str = SECRET, body: str = "street_work") -> UUID:
    """Write between social workers, a minute later."""
    town.clock.advance(minutes=1)
    return town.runtime.cases.share(town.who(body), Reason.DUTY, case_id, text)


def secrets(town: Town, case_id: UUID, body: str) -> list[Any]:
    """Return what a member reads between social workers: text, or that it stays shut."""
    file = town.runtime.cases.read(town.who(body), Reason.DUTY, case_id)
    return [one.text for one in file.social]


def coordinator(town: Town) -> Principal:
    """Return the coordinator in a session of theirs, which may type a reason."""
    return replace(town.who("coordination"), session_tag="s1")


def state(town: Town, case_id: UUID, words: str = WHY) -> None:
    """Type why the coordinator opens a case."""
    town.runtime.safeguards.stating.state(coordinator(town), Reason.DUTY, case_id, words)


def mention(
    town: Town, case_id: UUID, answers: Mapping[str, str] = MEASURE, who: Principal | None = None
) -> None:
    """Mention a measure, as the coordinator who has just typed why."""
    if who is None:
        state(town, case_id)
    order = StepOrder(case_id, version(town, case_id), Step.MENTION, answers)
    town.runtime.stepping.take(who or coordinator(town), Reason.DUTY, order)


def measures(town: Town, case_id: UUID, body: str) -> Measures:
    """Open the mentions of measures as a member of a body."""
    who = coordinator(town) if body == "coordination" else town.who(body)
    return town.runtime.measures.read(who, Reason.DUTY, case_id)


def lead(town: Town, case_id: UUID, body: str) -> None:
    """Decide in a meeting who leads a case from now on."""
    meeting_id = open_meeting(town, case_id)
    code = "kept" if _state(town, case_id) == "accepted" else "continued"
    decide(town, meeting_id, case_id, code, lead_id=town.members[body])
    town.runtime.meetings.close(town.who("coordination"), meeting_id, version=2)


def _state(town: Town, case_id: UUID) -> str:
    who = town.who("coordination")
    return str(town.runtime.cases.read(who, Reason.DUTY, case_id).head.state)


def settle(town: Town) -> None:
    """Run the regular job of keys once."""
    job = service(COUNCIL, "tick:rekey")
    town.runtime.parting_sweep.run(job)
    town.runtime.confiding_sweep.run(job)
    town.runtime.rekeying.run(job)


def keys_to(town: Town, case_id: UUID, body: str, class_: str) -> int:
    """Count the keys of a class of a case that a body holds, or that are on their way to it."""
    where = (
        "organisation_id = :body AND compartment_id IN (SELECT id FROM compartments "
        f"WHERE case_id = :case AND compartment_class = '{class_}')"
    )
    ids = {"body": town.bodies[body], "case": case_id}
    return count(town, "rings", where, **ids) + count(town, "grants", where, **ids)
