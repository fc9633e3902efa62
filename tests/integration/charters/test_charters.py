"""Adopting, reading and undertaking a charter, on both databases and in the pages."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from casework.charters import gateway
from casework.charters.faults import CharterFaults
from casework.charters.service import CharterLibrary, CharterService
from casework.clock import local_day
from casework.db.engine import Scope
from casework.db.model import Model
from casework.errors import AccessDenied, IntegrityFailure
from casework.identity import Reason, operator
from tests.front import Browser, field_of
from tests.staff import Staff, employ
from tests.town import CHARTER, COUNCIL, Town

ROOT = operator(COUNCIL, "founder")
UNDERTAKINGS = Model.metadata.tables["undertakings"]


def service(town: Town) -> CharterService:
    return town.runtime.charter_service


def charter_of(town: Town) -> UUID:
    with town.runtime.stores.main.reading(Scope(COUNCIL)) as session:
        (version,) = gateway.versions(session, COUNCIL)
    return version.id


def forget_undertakings(town: Town) -> None:
    with town.runtime.stores.main.writing(Scope(COUNCIL)) as session:
        session.execute(UNDERTAKINGS.delete())


def test_a_charter_with_faults_is_adopted_by_nobody(town: Town) -> None:
    broken = CHARTER.read_text(encoding="utf-8").replace("quorum = 3", "quorum = 99")
    with pytest.raises(CharterFaults):
        service(town).adopt(ROOT, Reason.OPERATION, broken)


def test_who_neither_operates_nor_coordinates_brings_in_no_text(town: Town) -> None:
    for body in ("school", "dpo"):
        with pytest.raises(AccessDenied):
            service(town).adopt(town.who(body), Reason.DUTY, CHARTER.read_text("utf-8"))


def test_a_charter_altered_in_the_database_is_not_obeyed(town: Town) -> None:
    charter_id = charter_of(town)
    widened = CHARTER.read_text(encoding="utf-8").replace("quorum = 3", "quorum = 2")
    with town.runtime.stores.main.writing(Scope(COUNCIL)) as session:
        session.execute(text("UPDATE charter_versions SET text = :text"), {"text": widened})
    with (
        town.runtime.stores.main.reading(Scope(COUNCIL)) as session,
        pytest.raises(IntegrityFailure),
    ):
        CharterLibrary().of(session, COUNCIL, charter_id)


def test_a_charter_is_compiled_once(town: Town) -> None:
    library, charter_id = CharterLibrary(), charter_of(town)
    with town.runtime.stores.main.reading(Scope(COUNCIL)) as session:
        first = library.of(session, COUNCIL, charter_id)
        assert library.of(session, COUNCIL, charter_id) is first


def test_an_undertaking_binds_for_a_year_and_can_be_renewed(town: Town) -> None:
    member, charter_id = town.who("school"), charter_of(town)
    town.clock.advance(days=30)
    until = service(town).undertake(member, Reason.SIGN_IN, charter_id)
    assert until == local_day(town.clock.now()) + timedelta(days=365)
    (read,) = service(town).read(member, Reason.SIGN_IN)
    assert read.undertaken_until == until
    assert not read.to_sign(until)
    assert read.to_sign(until + timedelta(days=1))


def test_nobody_undertakes_a_charter_that_does_not_bind_them(town: Town) -> None:
    other = CHARTER.read_text(encoding="utf-8").replace("version = 1", "version = 2")
    charter_id = service(town).adopt(ROOT, Reason.OPERATION, other)
    for unbound in (charter_id, UUID(int=7)):
        with pytest.raises(AccessDenied):
            service(town).undertake(town.who("school"), Reason.SIGN_IN, unbound)


def test_an_operator_has_no_charter_to_sign(town: Town) -> None:
    with pytest.raises(AccessDenied):
        service(town).read(ROOT, Reason.OPERATION)


@pytest.fixture
def staff(town: Town) -> Staff:
    hired = employ(town)
    hired.enrol("school")
    return hired


def test_rule_01_nothing_opens_before_the_charter_is_read_and_signed(staff: Staff) -> None:
    forget_undertakings(staff.town)
    browser = Browser.of(staff)
    browser.sign_in("school")
    assert browser.get("/").status_code == 403
    page = browser.get("/charte")
    assert "Besoin d’en connaître" in page.text
    assert "À lire et à signer" in page.text
    charter = field_of(page, "charter")
    unread = browser.submit(page, "/charte/engagement", charter=charter)
    assert unread.status_code == 422
    assert browser.get("/").status_code == 403
    signed = browser.submit(page, "/charte/engagement", charter=charter, read="yes")
    assert signed.location == "/charte"
    assert "Signée jusqu’au 23 novembre 2027" in browser.get("/charte").text
    assert browser.get("/").status_code == 200


def test_the_charter_of_another_cannot_be_signed_from_a_form(staff: Staff) -> None:
    forget_undertakings(staff.town)
    browser = Browser.of(staff)
    browser.sign_in("school")
    page = browser.get("/charte")
    answer = browser.submit(page, "/charte/engagement", charter=str(UUID(int=7)), read="yes")
    assert answer.status_code == 404
    with staff.town.runtime.stores.main.reading(Scope(COUNCIL)) as session:
        assert _undertakings(session) == 0


def _undertakings(session: Session) -> int:
    return len(session.execute(select(UNDERTAKINGS)).all())
