"""Partners that go, in the invented town: what a test does around them, and counts."""

import hashlib
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import bindparam, text

from casework.cases.values import CaseFile
from casework.db.engine import Scope
from casework.db.types import Id
from casework.identity import Principal, PrincipalKind, Reason, operator, service
from casework.keys.gateway import sealing
from casework.keys.seals import KEK_HOLDER, agreement_of, member_holder, seal_to_holder
from casework.keys.values import Acting, Withheld
from casework.tables import MAIN
from tests.postgres import broken_into
from tests.raw import raw
from tests.town import COUNCIL, Town

ROOT = operator(COUNCIL, "founder")
WORDS = "Rencontre inventée au marché."
LATER = "Mot inventé d’après le départ."


def followed(town: Town, *named: str) -> UUID:
    """Follow a case on which members of some bodies are named, who have each read it."""
    case_id = town.refer()
    town.follow(case_id)
    town.runtime.cases.contribute(town.who("coordination"), Reason.DUTY, case_id, WORDS)
    for body in named:
        town.name(case_id, body)
        town.runtime.cases.read(town.who(body), Reason.DUTY, case_id)
    return case_id


def unname(town: Town, case_id: UUID, body: str) -> None:
    """End the naming of the member of a body."""
    coordinator, member = town.who("coordination"), town.members[body]
    town.runtime.cases.unname(coordinator, Reason.DUTY, case_id, member)


def leave(town: Town, body: str) -> dict[str, int]:
    """Let a body leave the council."""
    return town.runtime.leaving.leave(ROOT, town.bodies[body])


def rekey(town: Town) -> None:
    """Run the regular job once."""
    job = service(COUNCIL, "tick:rekey")
    town.runtime.parting_sweep.run(job)
    town.runtime.rekeying.run(job)


def read(town: Town, case_id: UUID, body: str = "coordination") -> CaseFile:
    """Read a case as the member of a body."""
    return town.runtime.cases.read(town.who(body), Reason.DUTY, case_id)


def told(case: CaseFile) -> list[object]:
    """Return every value of a case, opened or withheld."""
    referral = case.referral
    assert referral is not None
    people = [
        said
        for one in case.persons
        for said in (one.family_name, one.given_name, one.birth_date, one.address, one.phone)
    ]
    origin = [referral.origin, referral.reporter, referral.words]
    actions = [said for one in case.actions for said in (one.kind, one.detail, one.outcome)]
    written = [one.text for one in (*case.shared, *case.notes)]
    return [referral.reason, referral.fact, *origin, *people, *actions, *written]


def opens(case: CaseFile) -> bool:
    """Say whether every value of a case opens."""
    values = told(case)
    return bool(values) and not any(isinstance(one, Withheld) for one in values)


def count(town: Town, table: str, condition: str = "1 = 1", **ids: UUID) -> int:
    """Count rows, as somebody who holds the machine."""
    statement = raw(f"SELECT count(*) FROM {table} WHERE {condition}")
    bound = statement.bindparams(*(bindparam(name, one, type_=Id) for name, one in ids.items()))
    with broken_into(town.runtime.stores.main) as owned, owned.engine.connect() as connection:
        return int(connection.execute(bound).scalar_one())


def keys_of(town: Town, body: str) -> int:
    """Count the keys that a body holds, or that are on their way to it."""
    own = town.bodies[body]
    return sum(count(town, one, "organisation_id = :own", own=own) for one in ("rings", "grants"))


def waits(town: Town) -> tuple[int, int]:
    """Count the compartments that wait for a new epoch, and to be sealed anew."""
    status = town.runtime.key_status.of(COUNCIL)
    return status.due, status.former


def epochs(town: Town) -> set[int]:
    """Return the epochs that the sealed values of cases say."""
    found: set[int] = set()
    with broken_into(town.runtime.stores.main) as owned, owned.engine.connect() as connection:
        for table in MAIN.sorted_tables:
            for column in table.columns:
                if column.name.endswith("_sealed") and "case_id" in table.columns:
                    rows = connection.execute(text(f"SELECT {column.name} FROM {table.name}"))
                    found |= {int.from_bytes(one[2:6]) for (one,) in rows if one}
    return found


def peppers(town: Town) -> list[tuple[UUID, int]]:
    """Return the places of the peppers in the key store."""
    with town.keystore.engine.connect() as connection:
        rows = connection.execute(text("SELECT compartment_id, epoch FROM peppers"))
        return [(UUID(bytes=bytes(one)), epoch) for one, epoch in rows]


def as_job(town: Town, body: str) -> Principal:
    """Return the service in the name of a body."""
    own = town.bodies[body]
    return replace(service(COUNCIL, "tick:rekey"), organisation_id=own, kind=PrincipalKind.SERVICE)


@dataclass(frozen=True)
class Seed:
    """What the password of a member opens."""

    value: bytes

    def seed(self) -> bytes:
        return self.value


def seed_of(town: Town, body: str) -> Seed:
    """Return the own keys of the member of a body."""
    return Seed(hashlib.sha256(town.members[body].bytes).digest())


def hand_to_member(town: Town, body: str) -> None:
    """Seal the secret of a body to its member, and to nobody else."""
    place = (COUNCIL, town.bodies[body])
    holder, own = member_holder(town.members[body]), agreement_of(seed_of(town, body).seed())
    acting = Acting(*place)
    secret = town.runtime.custody.secret_of(acting, 1)
    sealed = seal_to_holder(acting, 1, holder, own.public, secret)
    with town.runtime.stores.main.writing(Scope(COUNCIL, whole=True)) as session:
        sealing.add(session, place, 1, holder, (sealed, None))
        sealing.remove(session, place, holder=KEK_HOLDER)
    # What this process had opened with the KEK is forgotten as after fifteen minutes.
    town.clock.advance(minutes=16)


def present(town: Town, body: str) -> Principal:
    """Return the member of a body with their own keys at hand."""
    return replace(town.who(body), own_keys=seed_of(town, body))
