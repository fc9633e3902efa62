"""The world of the measure: a group of partners, a coordinator signed in, and their cases.

All of it is invented. The rows of the floor are the same, in clear.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final
from uuid import UUID

from casework.accounts.sessions import SECRET_BYTES, Stage, StoredSession, cookie_of, key_of
from casework.cases.orders import Asked
from casework.cases.values import NewPerson, NewReferral
from casework.charters.engagement import Signature
from casework.charters.vocabulary import CaseKind, PartnerCategory
from casework.clock import local_day
from casework.db.engine import Scope
from casework.identity import Principal, PrincipalKind, Reason, Role, operator
from casework.keys.session_seal import seal_for_session
from casework.operations.bench.places import COMMUNES
from casework.operations.instance import Instance
from casework.partners import gateway as partners
from casework.partners.values import NewGroup, NewMandate, PersonName

ENTRIES: Final = 10
MANY_ENTRIES: Final = 200
WRITTEN: Final = 100
"""Cases that are written on, in turn."""
CHARTER: Final = Path(__file__).parents[3] / "config/charters/gsn.toml"
SENDER: Final = "street_work"
_COORDINATION: Final = "coordination"
_BODIES: Final = {
    _COORDINATION: PartnerCategory.MUNICIPALITY,
    SENDER: PartnerCategory.STREET_WORK,
    "school": PartnerCategory.EDUCATION,
    "police": PartnerCategory.NATIONAL_POLICE,
    "municipal_police": PartnerCategory.MUNICIPAL_POLICE,
    "landlord": PartnerCategory.LANDLORD,
    "mission": PartnerCategory.MISSION_LOCALE,
    "social": PartnerCategory.SOCIAL_SERVICE,
}
LIFE: Final = timedelta(days=300)
_TEXT: Final = (
    "Entretien inventé avec la famille inventée : l’emploi du temps est revu, le lien avec"
    " l’établissement est repris, un point est prévu dans trois semaines."
)


@dataclass(frozen=True, slots=True)
class Case:
    """A case of this world and the words it was made of."""

    id: UUID
    referral: NewReferral


@dataclass(frozen=True, slots=True)
class World:
    """Who reads, with which cookie, and what there is to read."""

    reader: Principal
    cookie: str
    cases: tuple[Case, ...]
    members: Mapping[str, UUID]

    @property
    def opened(self) -> UUID:
        """The case that is opened again and again."""
        return self.cases[0].id

    @property
    def long(self) -> UUID:
        """The case of many entries, when it was asked for: the newest."""
        return self.cases[-1].id

    @property
    def written(self) -> list[UUID]:
        """The cases that are written on."""
        return [case.id for case in self.cases[1 : WRITTEN + 1]]


def make_world(instance: Instance, size: int, *, long: int = ENTRIES) -> World:
    """Fill an instance with `size` cases: ten entries in the first, `long` in the last."""
    group_id, members = _make_group(instance)
    reader = principal_of(instance, members[_COORDINATION])
    sender = principal_of(instance, members[SENDER])
    cases = tuple(_send(instance, sender, group_id, number) for number in range(size))
    for case in cases:
        instance.referrals.accept(reader, Reason.DUTY, case.id, 1)
    for case, entries in ((cases[0], ENTRIES), (cases[-1], long)):
        for number in range(1, entries + 1):
            instance.cases.contribute(reader, Reason.DUTY, case.id, f"{number}. {_TEXT}")
    world = World(reader, signed_in(instance, reader, "bench.reader"), cases, members)
    _take_keys_in(instance, world)
    return world


def _take_keys_in(instance: Instance, world: World) -> None:
    """Read once what will be read or written: keys come with a first reading, not with each."""
    for case_id in (world.opened, world.long, *world.written):
        instance.cases.read(world.reader, Reason.DUTY, case_id)
    instance.cases.list_cases(world.reader, Reason.DUTY, Asked())


def _make_group(instance: Instance) -> tuple[UUID, dict[str, UUID]]:
    root = operator(instance.council_id, "bench")
    text = CHARTER.read_text(encoding="utf-8")
    charter_id = instance.charter_service.adopt(root, Reason.OPERATION, text)
    bodies = {
        name: instance.organisations.add(root, f"Organisme inventé {name}", category)
        for name, category in _BODIES.items()
    }
    group = NewGroup(
        name="Groupe inventé",
        prefix="SN",
        kind=CaseKind.FOLLOWUP,
        communes=frozenset(COMMUNES),
        coordinating_id=bodies[_COORDINATION],
        charter_id=charter_id,
    )
    group_id = instance.groups.add(root, group)
    places = {name: (body, charter_id, group_id) for name, body in bodies.items()}
    return group_id, {name: _engage(instance, root, name, at) for name, at in places.items()}


def _engage(instance: Instance, root: Principal, name: str, place: tuple[UUID, UUID, UUID]) -> UUID:
    """Seat a member of a body in the group, with everything signed."""
    body, charter_id, group_id = place
    today = local_day(instance.edges.clock.now())
    until = today + LIFE
    member = instance.members.add(root, body, PersonName("Mme", "Invention", f"Membre-{name}"))
    role = Role.COORDINATOR if name == _COORDINATION else Role.MEMBER
    mandate = NewMandate(
        member_id=member, role=role, from_on=today, until_on=until, group_id=group_id
    )
    instance.members.give_mandate(root, mandate)
    signature = Signature(
        charter_id=charter_id, organisation_id=body, signed_on=today, until_on=until
    )
    instance.charter_service.sign(root, Reason.OPERATION, signature)
    instance.charter_service.undertake(principal_of(instance, member), Reason.SIGN_IN, charter_id)
    return member


def principal_of(instance: Instance, member_id: UUID) -> Principal:
    """Return a member as a session would establish them today."""
    day, council_id = local_day(instance.edges.clock.now()), instance.council_id
    with instance.stores.main.reading(Scope(council_id)) as session:
        found = partners.standing(session, council_id, member_id, day)
    if found is None:
        raise LookupError("no such member")
    return Principal(
        kind=PrincipalKind.MEMBER,
        council_id=council_id,
        member_id=found.member_id,
        organisation_id=found.organisation.id,
        category=found.organisation.category.value,
        label=found.label,
        mandates=found.mandates,
    )


def _send(instance: Instance, sender: Principal, group_id: UUID, number: int) -> Case:
    referral = _referral(group_id, number, local_day(instance.edges.clock.now()))
    return Case(instance.referrals.send(sender, Reason.REFERRAL, referral), referral)


def _referral(group_id: UUID, number: int, today: date) -> NewReferral:
    person = NewPerson(
        relation="subject",
        family_name=f"Zéphirinquois-{number}",
        given_name="Maïlys",
        birth_date=date(today.year - 16, 1 + number % 12, 1 + number % 28),
        address=f"{number} impasse des Hêtres-Bavards",
        phone="06 39 98 00 17",
        school="Collège des Nuages-Distraits",
    )
    return NewReferral(
        group_id=group_id,
        commune=next(iter(COMMUNES)),
        persons=(person,),
        reason="truancy",
        fact="Huit demi-journées d’absence depuis six semaines, dit l’établissement inventé.",
        fact_on=today - timedelta(days=20),
        origin="street_work",
        reporter="Mme Corbinguy, voisine inventée",
        words="Je m’inquiète de la voir seule le soir.",
        informed_on=None,
        delay_reason="address_unknown",
    )


def signed_in(instance: Instance, reader: Principal, login: str) -> str:
    """Open a session for the reader and return its cookie: signing in is not what is measured."""
    edges, council_id, member_id = instance.edges, instance.council_id, reader.member_id
    if member_id is None:
        raise LookupError("only members sign in")
    secret, now = edges.entropy.bytes(SECRET_BYTES), edges.clock.now()
    root = operator(council_id, "bench")
    account = instance.account_services.enrolment.add_account(root, member_id, login)
    seed = seal_for_session(secret, member_id, edges.entropy.bytes(SECRET_BYTES), edges.entropy)
    stored = StoredSession(
        key=key_of(secret),
        account_id=account.account_id,
        member_id=member_id,
        stage=Stage.OPEN,
        reason=Reason.DUTY,
        opened_at=now,
        seen_at=now,
        verified_at=now,
        seed_sealed=seed,
    )
    with instance.stores.main.writing(Scope(council_id)) as session:
        instance.desk.keep_session(session, stored)
    return cookie_of(secret)
