"""Whoever writes in the database cannot make a holder use, or seal to, a key of theirs."""

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from sqlalchemy import update

from casework.db.engine import Scope
from casework.db.model import Model
from casework.errors import Conflict, IntegrityFailure
from casework.identity import Principal, Reason
from casework.keys import seals
from casework.keys.gateway import sealing
from casework.keys.service.custody import Standing
from casework.keys.service.running import for_organisation
from casework.keys.values import Acting
from tests.holders import kept_by_members, session_of
from tests.postgres import broken_into
from tests.staff import Staff
from tests.town import COUNCIL

WHOLE = Scope(COUNCIL, whole=True)
MEMBER_KEYS = Model.metadata.tables["member_keys"]


def id_of(who: Principal) -> UUID:
    assert who.member_id is not None
    return who.member_id


def test_a_secret_planted_for_a_holder_is_refused(staff: Staff) -> None:
    case_id = staff.town.refer()
    first, _ = kept_by_members(staff, "street_work")
    assert first.own_keys is not None
    acting = Acting(COUNCIL, staff.town.bodies["street_work"], first.member_id)
    holder, own = seals.member_holder(id_of(first)), seals.agreement_of(first.own_keys.seed())
    planted = seals.seal_to_holder(acting, 2, holder, own.public, bytes(32))
    with broken_into(staff.town.runtime.stores.main) as owned, owned.writing(WHOLE) as session:
        sealing.add(session, acting.place, 2, holder, (planted, None))
    with pytest.raises(IntegrityFailure):
        staff.town.runtime.cases.read(session_of(staff, "street_work"), Reason.DUTY, case_id)


def test_a_key_put_in_place_of_a_members_is_never_sealed_to(staff: Staff) -> None:
    first, second = kept_by_members(staff, "street_work")
    theirs = seals.agreement_of(b"\x07" * 32).public
    chosen = MEMBER_KEYS.c.member_id == id_of(second)
    with broken_into(staff.town.runtime.stores.main) as owned, owned.writing(WHOLE) as session:
        session.execute(update(MEMBER_KEYS).where(chosen).values(agreement_public=theirs))
    with pytest.raises(IntegrityFailure):
        staff.town.runtime.custody_service.rotate(first)


def test_a_key_that_the_former_secret_did_not_pin_has_to_be_admitted(staff: Staff) -> None:
    first, second = kept_by_members(staff, "street_work")
    runtime, place = staff.town.runtime, (COUNCIL, id_of(second))
    with runtime.stores.main.writing(WHOLE) as session:
        runtime.member_directory.publish(session, place, b"\x07" * 32, staff.town.clock.now())
    runtime.custody_service.rotate(first)
    view = runtime.custody_service.overview(first)
    assert view.standing_of(second.member_id) is Standing.WAITS
    assert view.standing_of(first.member_id) is Standing.HOLDS


def test_two_workers_renewing_a_secret_at_once_lose_nothing(staff: Staff) -> None:
    case_id, runtime = staff.town.refer(), staff.town.runtime
    service = for_organisation(COUNCIL, staff.town.bodies["street_work"])

    def renew(_: int) -> bool:
        try:
            runtime.custody_service.rotate(service)
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert any(pool.map(renew, range(2)))
    runtime.rotation_runner.resume(COUNCIL)
    case = runtime.cases.read(staff.town.who("street_work"), Reason.DUTY, case_id)
    assert case.subject is not None
    assert case.subject.family_name == "Zéphirinquois"
    bodies = runtime.key_status.of(COUNCIL).organisations
    assert {(one.behind, one.former_seals, one.faults) for one in bodies} == {(0, 0, ())}
