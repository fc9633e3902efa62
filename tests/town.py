"""An invented town in a test: a council, seven partners, one group under the shipped charter."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any
from uuid import UUID

from casework.audit import gateway as register
from casework.cases.values import NewPerson, NewReferral
from casework.charters.engagement import Signature
from casework.charters.service import CharterService
from casework.charters.vocabulary import CaseKind, PartnerCategory
from casework.clock import local_day
from casework.db.engine import Database, Scope
from casework.db.model import KeyStoreModel
from casework.identity import Principal, PrincipalKind, Reason, Role, operator
from casework.keys.kek.file import FileKek, create_file
from casework.keys.secrets import create_secrets
from casework.partners import gateway as partners
from casework.partners.service import (
    CouncilService,
    GroupService,
    MemberService,
    OrganisationService,
)
from casework.partners.values import NewGroup, NewMandate, PersonName
from casework.runtime import Edges, Runtime, Stores
from casework.web.dates import local
from tests.conftest import FILE_KEY, Address
from tests.fakes import CountingEntropy, FixedClock

CHARTER = Path(__file__).parents[1] / "config/charters/gsn.toml"
COUNCIL = UUID("01930000-0000-7000-8000-000000000001")
COMMUNE = "67447"
KEK = "kek"
KEYSTORE = "keys.db"
_NAMES = UUID("01930000-0000-7000-8000-0000000000ff")
_BODIES = {
    "coordination": PartnerCategory.MUNICIPALITY,
    "street_work": PartnerCategory.STREET_WORK,
    "school": PartnerCategory.EDUCATION,
    "police": PartnerCategory.NATIONAL_POLICE,
    "landlord": PartnerCategory.LANDLORD,
    "mission": PartnerCategory.MISSION_LOCALE,
    "dpo": PartnerCategory.DATA_PROTECTION,
    "archives": PartnerCategory.ARCHIVES,
}
CONTROL = {"dpo", "archives"}
"""They watch over the exchange and take no part in it: their bodies sign no charter."""
_ROLES = {"coordination": Role.COORDINATOR, "dpo": Role.DPO, "archives": Role.ARCHIVES}


class TestStores(Stores):
    """The stores of a test: databases as given, a KEK in a file of the test."""

    __test__ = False

    def __init__(self, main: Database, keystore: Database, kek: Path, edges: Edges) -> None:
        self._main, self._keystore, self._kek, self._edges = main, keystore, kek, edges

    @cached_property
    def provider(self) -> FileKek:
        return FileKek(self._kek, self._edges.entropy)

    def key_path(self, name: str) -> Path:
        return self._kek.parent / name

    @cached_property
    def main(self) -> Database:
        return self._main

    @cached_property
    def keystore_database(self) -> Database:
        return self._keystore


@dataclass
class Town:
    """Everything a test acts through; members are found by the name of their body."""

    runtime: Runtime
    clock: FixedClock
    address: Address
    keystore: Database
    group_id: UUID
    bodies: dict[str, UUID]
    members: dict[str, UUID]
    extra: dict[str, Any] = field(default_factory=dict)

    def who(self, body: str) -> Principal:
        """Return a member of a body, as a session would establish them today."""
        day = local_day(self.clock.now())
        with self.runtime.stores.main.reading(Scope(COUNCIL)) as session:
            found = partners.standing(session, COUNCIL, self.members[body], day)
        assert found is not None
        return Principal(
            kind=PrincipalKind.MEMBER,
            council_id=COUNCIL,
            member_id=found.member_id,
            organisation_id=found.organisation.id,
            category=found.organisation.category,
            label=found.label,
            mandates=found.mandates,
            family_name=found.name.family,
        )

    def refer(self, body: str = "street_work", **changed: object) -> UUID:
        """Send a referral of an invented person and return its case."""
        return self.runtime.referrals.send(
            self.who(body), Reason.REFERRAL, referral(self, **changed)
        )

    def follow(self, case_id: UUID) -> None:
        """Accept a referral."""
        coordinator = self.who("coordination")
        self.runtime.referrals.accept(coordinator, Reason.DUTY, case_id, version=1)

    def name(self, case_id: UUID, body: str, until: date | None = None) -> None:
        """Name the member of a body on a case."""
        member = self.members[body]
        self.runtime.cases.name(self.who("coordination"), Reason.DUTY, case_id, member, until)

    def dispose(self) -> None:
        """Close both databases."""
        self.runtime.stores.main.engine.dispose()
        self.keystore.engine.dispose()


def shown_time(town: Town) -> str:
    """Return the time of day in the town as French pages write it."""
    return f"{local(town.clock.now()):%-H\u00a0h\u00a0%M}"


def referral(town: Town, **changed: object) -> NewReferral:
    """Return the referral of an invented person, changed where a test says so."""
    person = NewPerson(
        relation="subject",
        family_name="Zéphirinquois",
        given_name="Maïlys",
        birth_date=date(2010, 5, 17),
        address="4 impasse des Hêtres-Bavards",
        phone="06 39 98 00 17",
        school="Collège des Nuages-Distraits",
    )
    values: dict[str, object] = {
        "group_id": town.group_id,
        "commune": COMMUNE,
        "persons": (person,),
        "reason": "truancy",
        "fact": "Huit demi-journées d’absence depuis six semaines, dit l’établissement inventé.",
        "fact_on": date(2026, 11, 2),
        "origin": "street_work",
        "reporter": "Mme Corbinguy, voisine inventée",
        "words": "Je m’inquiète de la voir seule le soir.",
        "informed_on": None,
        "delay_reason": "address_unknown",
    }
    return NewReferral(**{**values, **changed})  # type: ignore[arg-type]


def open_stores(
    address: Address, folder: Path, edges: Edges, keys: Address | None = None
) -> TestStores:
    """Open what a town is kept in; another process may do the same."""
    keystore = (keys or Address(f"sqlite:///{folder / KEYSTORE}", FILE_KEY)).connect()
    return TestStores(address.connect(), keystore, folder / KEK, edges)


def found_town(address: Address, folder: Path, keys: Address | None = None) -> Town:
    """Found the town, its key store beside it or at `keys`."""
    clock, entropy = FixedClock(), CountingEntropy()
    edges = Edges(clock, entropy)
    create_file(folder / KEK, entropy)
    stores = open_stores(address, folder, edges, keys)
    keystore = stores.keystore_database
    KeyStoreModel.metadata.create_all(keystore.engine)
    runtime = Runtime(stores, edges, COUNCIL)
    with stores.main.writing(Scope(COUNCIL, whole=True)) as session:
        create_secrets(session, stores.provider, COUNCIL, entropy)
        register.create_log(session, COUNCIL)
    council = CouncilService(runtime.ledger, clock)
    council.found(operator(COUNCIL, "founder"), "Conseil inventé", {COMMUNE: "Schiltigheim"})
    return people(Town(runtime, clock, address, keystore, _NAMES, {}, {}))


def people(town: Town) -> Town:
    """Have the bodies, their members, the group and its charter in a council just founded."""
    runtime, clock = town.runtime, town.clock
    ledger, entropy = runtime.ledger, runtime.edges.entropy
    root = operator(COUNCIL, "founder")
    bodies = OrganisationService(ledger, runtime.enrol, clock, entropy)
    members = MemberService(ledger, clock, entropy)
    for body, category in _BODIES.items():
        town.bodies[body] = bodies.add(root, f"Organisme inventé {body}", category)
        name = PersonName("Mme", "Invention", f"Membre-{body}")
        town.members[body] = members.add(root, town.bodies[body], name)
    charters = runtime.charter_service
    charter_id = charters.adopt(root, Reason.OPERATION, CHARTER.read_text(encoding="utf-8"))
    town.group_id = GroupService(ledger, clock, entropy).add(
        root,
        NewGroup(
            name="Groupe inventé",
            prefix="SN",
            kind=CaseKind.FOLLOWUP,
            communes=frozenset({COMMUNE}),
            coordinating_id=town.bodies["coordination"],
            charter_id=charter_id,
        ),
    )
    _engage(town, charters, members, charter_id)
    return town


def _engage(town: Town, charters: CharterService, people: MemberService, charter_id: UUID) -> None:
    root = operator(COUNCIL, "founder")
    today = local_day(town.clock.now())
    until = today + timedelta(days=300)
    for body in _BODIES:
        role = _ROLES.get(body, Role.MEMBER)
        group_id = None if role in {Role.DPO, Role.ARCHIVES} else town.group_id
        people.give_mandate(
            root,
            NewMandate(
                member_id=town.members[body],
                role=role,
                from_on=today,
                until_on=until,
                group_id=group_id,
            ),
        )
        if body not in CONTROL:
            signature = Signature(
                charter_id=charter_id,
                organisation_id=town.bodies[body],
                signed_on=today,
                until_on=until,
            )
            charters.sign(root, Reason.OPERATION, signature)
        charters.undertake(town.who(body), Reason.SIGN_IN, charter_id)
