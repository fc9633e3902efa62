"""Keys lent for a while: what never is, for how long, who is told, and the end."""

from contextlib import AbstractContextManager
from datetime import timedelta
from uuid import UUID

import pytest

from casework.audit.actions import Act
from casework.audit.entry import Entry
from casework.audit.work import Work
from casework.charters.vocabulary import CompartmentClass
from casework.errors import InvalidInput, StepRefused
from casework.identity import Principal, PrincipalKind, Reason, service
from casework.keys.gateway import holding
from casework.keys.lending import NEVER_LENT
from casework.keys.recovery.values import Why
from casework.keys.service.ceremonies import State
from casework.keys.service.lending import acting_for
from casework.keys.values import Acting, HeldKey
from tests.keepers import BODY, Keepers
from tests.town import COUNCIL

BORROWER = "landlord"


def test_a_case_is_lent_and_opens_until_its_moment(keepers: Keepers) -> None:
    case_id = _case(keepers)
    _lend(keepers, case_id, minutes=60)
    assert _opened(keepers, case_id) == {"identity": True, "sheet": True}
    keepers.staff.wait(minutes=60)
    assert _opened(keepers, case_id) == {"identity": False, "sheet": False}


def test_a_body_whose_keys_are_still_on_their_way_is_not_the_one_that_lends(
    keepers: Keepers,
) -> None:
    case_id, town = _case(keepers), keepers.town
    late = ("police", "school", "mission")
    for body in late:
        town.name(case_id, body)
    first = min(town.bodies[one] for one in (*late, "coordination", "street_work"))
    assert first in {town.bodies[one] for one in late}
    until = town.clock.now() + timedelta(minutes=5)
    loan = keepers.recovery.lending.lend(COUNCIL, case_id, town.bodies[BORROWER], until)
    assert loan.granter_id in {town.bodies["coordination"], town.bodies["street_work"]}


def test_the_job_takes_back_what_was_lent_and_says_so(keepers: Keepers) -> None:
    case_id = _case(keepers)
    held = keepers.count("rings") + keepers.count("grants")
    _lend(keepers, case_id, minutes=60)
    _opened(keepers, case_id)
    lending, job = keepers.recovery.lending, service(COUNCIL, "tick:loans")
    assert lending.end_loans(job) == 0
    keepers.staff.wait(minutes=61)
    assert lending.end_loans(job) == 1
    assert keepers.count("rings") + keepers.count("grants") == held
    assert keepers.outcomes("access:lent") == keepers.outcomes("access:ended") == ["allowed"]
    assert lending.end_loans(job) == 0
    assert keepers.outcomes("access:ended") == ["allowed"]


def test_what_is_never_lent_is_named_as_the_charter_names_it() -> None:
    assert {CompartmentClass.JUDICIAL, CompartmentClass.SOCIAL,
            CompartmentClass.PROTECTED_CONTACT} <= NEVER_LENT <= set(CompartmentClass)  # fmt: skip


def test_a_class_that_is_never_lent_is_refused_by_itself(keepers: Keepers) -> None:
    case_id = _case(keepers)
    lending, who = keepers.recovery.lending.lending, _acting(keepers, "coordination")
    until, to = keepers.town.clock.now() + timedelta(minutes=5), keepers.town.bodies[BORROWER]
    with _begin(keepers, who) as work:
        held = _held(keepers, work, "coordination", case_id)
        assert "origin" in {one.compartment_class for one in held}
        with pytest.raises(StepRefused, match="never-lent"):
            lending.lend(work, held, to, until)
        work.record(Entry(Act.JOB_RAN))
    assert keepers.count("loans") == 0


@pytest.mark.parametrize("minutes", [-1, 0, 121])
def test_a_loan_lasts_two_hours_at_most(keepers: Keepers, minutes: int) -> None:
    case_id = _case(keepers)
    with pytest.raises(StepRefused, match="loan-too-long"):
        _lend(keepers, case_id, minutes)


def test_what_was_lent_is_lent_to_nobody_else(keepers: Keepers) -> None:
    case_id = _case(keepers)
    _lend(keepers, case_id, minutes=60)
    _opened(keepers, case_id)
    lending, who = keepers.recovery.lending.lending, _acting(keepers, BORROWER)
    until, to = keepers.town.clock.now() + timedelta(minutes=5), keepers.town.bodies["school"]
    with _begin(keepers, who) as work:
        held = _shared(_held(keepers, work, BORROWER, case_id))
        with pytest.raises(StepRefused, match="nothing-to-lend"):
            lending.lend(work, held, to, until)
        work.record(Entry(Act.JOB_RAN))


def test_the_service_lends_nothing_that_only_members_open(keepers: Keepers) -> None:
    case_id = keepers.town.refer(BODY)
    keepers.to_members()
    keepers.to_members("coordination")
    with pytest.raises(StepRefused, match="nothing-to-lend"):
        _lend(keepers, case_id, minutes=5)


def test_the_officer_and_the_coordinator_are_told_of_a_loan(keepers: Keepers) -> None:
    case_id = _case(keepers)
    _lend(keepers, case_id, minutes=60)
    told = keepers.recovery.notices
    for body in ("dpo", "coordination"):
        (one,) = told.of(keepers.who(body))
        assert (one.told, one.subject_id) == ("lent", case_id)
        assert one.organisation_id == keepers.town.bodies[BORROWER]
    assert told.of(keepers.who("police")) == []
    keepers.staff.wait(days=31)
    assert told.of(keepers.town.who("dpo")) == []


def test_two_custodians_lend_what_a_body_in_member_custody_holds(keepers: Keepers) -> None:
    case_id = keepers.town.refer(BODY)
    _entrusted(keepers)
    ceremony_id = keepers.lend(case_id, BORROWER, minutes=90)
    assert keepers.answer("school", ceremony_id) is State.WAITING
    assert _opened(keepers, case_id) == {}
    assert keepers.answer("dpo", ceremony_id) is State.DONE
    assert _opened(keepers, case_id) == {"identity": True, "sheet": True}
    acts = keepers.staff.acts()
    assert acts.count("escrow:opened") == acts.count("access:lent") == 1
    assert [one.told for one in keepers.recovery.notices.of(keepers.who(BODY))] == ["opened"]
    keepers.staff.wait(minutes=91)
    assert _opened(keepers, case_id) == {"identity": False, "sheet": False}


def test_custodians_are_not_asked_for_what_cannot_be_lent(keepers: Keepers) -> None:
    case_id = keepers.town.refer(BODY)
    _entrusted(keepers)
    for minutes in (0, 121):
        with pytest.raises(StepRefused, match="loan-too-long"):
            keepers.lend(case_id, BORROWER, minutes)
    with pytest.raises(StepRefused, match="nothing-to-lend"):
        keepers.lend(case_id, BODY)
    with pytest.raises(StepRefused, match="nothing-to-lend"):
        keepers.lend(UUID(int=5), BORROWER)
    with pytest.raises(InvalidInput):
        keepers.recovery.asking.recover(keepers.root, keepers.town.members[BODY], Why.EXERCISE)


def _case(keepers: Keepers) -> UUID:
    """Refer a case that the coordination has read: its ring holds the keys."""
    case_id = keepers.town.refer(BODY)
    keepers.town.runtime.cases.read(keepers.town.who("coordination"), Reason.DUTY, case_id)
    return case_id


def _entrusted(keepers: Keepers) -> None:
    keepers.found()
    keepers.recovery.escrows.enrol_all(keepers.root)
    keepers.to_members()


def _lend(keepers: Keepers, case_id: UUID, minutes: int) -> None:
    until = keepers.town.clock.now() + timedelta(minutes=minutes)
    borrower = keepers.town.bodies[BORROWER]
    keepers.recovery.lending.lend(COUNCIL, case_id, borrower, until)


def _acting(keepers: Keepers, body: str) -> Principal:
    return acting_for(COUNCIL, keepers.town.bodies[body])


def _begin(keepers: Keepers, who: Principal) -> AbstractContextManager[Work]:
    return keepers.town.runtime.ledger.begin(who, Reason.DUTY)


def _held(keepers: Keepers, work: Work, body: str, case_id: UUID) -> list[HeldKey]:
    acting = Acting(COUNCIL, keepers.town.bodies[body])
    return holding.held_by_case(work.session, acting, case_id)


def _shared(held: list[HeldKey]) -> list[HeldKey]:
    return [one for one in held if one.compartment_class not in NEVER_LENT]


def _opened(keepers: Keepers, case_id: UUID) -> dict[str, bool]:
    """Return, by class, whether the borrower's ring opens what it holds of a case now."""
    runtime, who = keepers.town.runtime, _acting(keepers, BORROWER)
    assert who.kind is PrincipalKind.SERVICE
    with _begin(keepers, who) as work:
        held = _held(keepers, work, BORROWER, case_id)
        ready = runtime.courier.ready(work, held)
        mine = [one for one in ready if one.entry is not None]
        parts = tuple(one.compartment_id for one in mine)
        work.record(Entry(Act.CASE_READ, case_id, compartments=parts))
    opened = runtime.keyring.open(work.receipt, mine)
    return {one.compartment_class: opened.opens(one.compartment_id) for one in mine}
