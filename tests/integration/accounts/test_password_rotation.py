"""The server's part of passwords rotated: nobody notices, and the old part dies unused."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import text

from casework.accounts.password_rotation import PasswordRotation
from casework.audit.ledger import Ledger
from casework.db.engine import Scope
from casework.errors import Misconfigured, SignInRefused
from casework.keys.secrets import InstanceSecrets, SecretName
from tests.fakes import CountingEntropy
from tests.staff import OFFICE, PASSWORD, Staff, employ
from tests.town import COUNCIL, Town

WHOLE = Scope(COUNCIL, whole=True)


@pytest.fixture
def staff(town: Town) -> Staff:
    hired = employ(town)
    for body in ("school", "police"):
        hired.enrol(body)
    return hired


@pytest.fixture
def rotation(town: Town) -> PasswordRotation:
    runtime = town.runtime
    return PasswordRotation(
        runtime.ledger, runtime.stores.main, runtime.secrets, runtime.edges.entropy
    )


def versions(town: Town) -> dict[str, int]:
    with town.runtime.stores.main.reading(WHOLE) as session:
        found = session.execute(text("SELECT login, password_key_version FROM accounts"))
        return dict(found.all())


def verifiers(town: Town) -> list[bytes]:
    with town.runtime.stores.main.reading(WHOLE) as session:
        return list(session.scalars(text("SELECT verifier FROM accounts ORDER BY login")))


def fresh_secrets(town: Town) -> InstanceSecrets:
    """Return the secrets as a process that has just started reads them."""
    return InstanceSecrets(town.runtime.stores.main, town.runtime.stores.provider, COUNCIL)


def test_an_account_takes_the_new_version_at_its_next_sign_in_with_the_same_password(
    town: Town, staff: Staff, rotation: PasswordRotation
) -> None:
    assert rotation.rotate(staff.root) == 2
    assert (rotation.newest(), rotation.waiting(staff.root)) == (2, 2)
    staff.sign_in("school")
    assert versions(town) == {"school": 2, "police": 1}
    assert rotation.waiting(staff.root) == 1
    staff.sign_in("school")
    staff.sign_in("police")
    assert rotation.waiting(staff.root) == 0


def test_the_keys_that_a_password_unlocks_stay_the_same(
    staff: Staff, rotation: PasswordRotation
) -> None:
    before = staff.session("school").seed()
    rotation.rotate(staff.root)
    assert staff.session("school").seed() == before
    assert staff.session("school").seed() == before


def test_a_password_is_stretched_anew_once(
    town: Town, staff: Staff, rotation: PasswordRotation
) -> None:
    rotation.rotate(staff.root)
    checks = verifiers(town)
    staff.sign_in("school")
    staff.sign_in("school")
    again = verifiers(town)
    assert sum(one != other for one, other in zip(checks, again, strict=True)) == 1
    assert "key:rotated" in staff.acts()


def test_a_wrong_password_renews_nothing(
    town: Town, staff: Staff, rotation: PasswordRotation
) -> None:
    rotation.rotate(staff.root)
    with pytest.raises(SignInRefused):
        staff.accounts.signing_in.sign_in("school", "une autre phrase", OFFICE)
    assert versions(town)["school"] == 1


def test_a_new_account_begins_under_the_newest_version(
    town: Town, staff: Staff, rotation: PasswordRotation
) -> None:
    rotation.rotate(staff.root)
    staff.enrol("landlord")
    assert versions(town)["landlord"] == 2
    staff.sign_in("landlord")


def test_a_worker_that_started_before_follows_at_once(
    town: Town, staff: Staff, rotation: PasswordRotation
) -> None:
    worker = employ(town)
    worker.phones = staff.phones
    worker.sign_in("school")
    elsewhere = replace(rotation, secrets=fresh_secrets(town))
    elsewhere.rotate(staff.root)
    staff.sign_in("school")
    assert versions(town)["school"] == 2
    worker.sign_in("school")
    worker.sign_in("police")
    assert versions(town) == {"school": 2, "police": 2}


def test_the_old_version_stays_while_somebody_needs_it_and_dies_after(
    town: Town, staff: Staff, rotation: PasswordRotation
) -> None:
    rotation.rotate(staff.root)
    rotation.rotate(staff.root)
    assert rotation.newest() == 3
    staff.sign_in("school")
    assert rotation.retire(staff.root) == 1
    fresh_secrets(town).of(SecretName.PASSWORDS)
    staff.sign_in("police")
    assert rotation.retire(staff.root) == 1
    assert rotation.retire(staff.root) == 0
    with pytest.raises(Misconfigured, match="instance secret passwords is missing"):
        fresh_secrets(town).of(SecretName.PASSWORDS)
    assert (rotation.newest(), rotation.waiting(staff.root)) == (3, 0)
    worker = employ(town)
    worker.phones = staff.phones
    worker.sign_in("school")


def test_two_that_rotate_at_once_draw_one_version(
    town: Town, staff: Staff, rotation: PasswordRotation
) -> None:
    database = town.address.connect()
    runtime = town.runtime
    ledger = Ledger(database, runtime.register_keys, town.clock, CountingEntropy(41))
    secrets = InstanceSecrets(database, runtime.stores.provider, COUNCIL)
    elsewhere = PasswordRotation(ledger, database, secrets, CountingEntropy(42))
    with ThreadPoolExecutor(2) as pool:
        drawn = list(pool.map(lambda one: one.rotate(staff.root), (rotation, elsewhere)))
    database.engine.dispose()
    assert max(drawn) == rotation.newest()
    assert staff.accounts.signing_in.sign_in("school", PASSWORD, OFFICE)
