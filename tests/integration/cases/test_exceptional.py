"""A case read in an emergency: who may, what opens, for how long, who is told, who reviews."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import update

from casework.cases.service.exceptional import ExceptionalService
from casework.cases.values import CaseFile
from casework.db.model import Model
from casework.errors import AccessDenied, IntegrityFailure, InvalidInput, StepUpRequired
from casework.identity import Principal, Reason, service
from casework.keys.recovery.values import Verdict, Why
from casework.keys.service.ceremonies import State
from casework.keys.service.notices import Told
from casework.keys.values import Withheld
from tests.holders import colleague
from tests.keepers import BODY, Keepers
from tests.postgres import broken_into
from tests.staff import employ
from tests.town import COUNCIL, Town

READER, NAME = "mission", "Zéphirinquois"
ACCESSES = Model.metadata.tables["exceptional_accesses"]


@pytest.fixture
def keepers(town: Town) -> Keepers:
    """Give custodians who have not been named yet."""
    return Keepers(employ(town))


@pytest.fixture
def case_id(keepers: Keepers) -> UUID:
    """A case followed, on which the reader's body is not named; the coordination holds its keys."""
    found = keepers.town.refer(BODY)
    keepers.town.follow(found)
    _read(keepers, keepers.who("coordination"), found)
    return found


def test_a_member_reads_for_two_hours_what_the_group_shares_and_no_more(
    keepers: Keepers, case_id: UUID
) -> None:
    reader = keepers.who(READER)
    with pytest.raises(AccessDenied):
        _read(keepers, reader, case_id)
    access = _exceptional(keepers).ask(reader, _reference(keepers, case_id), Why.DANGER)
    file = _read(keepers, reader, case_id)
    assert file.subject is not None
    assert (file.subject.family_name, file.may) == (NAME, frozenset())
    assert file.exceptional_until == access.until
    assert {one.compartment_class for one in file.parts if one.open} == {"identity", "sheet"}
    assert file.referral is not None
    assert isinstance(file.referral.words, Withheld)
    with pytest.raises(AccessDenied):
        keepers.town.runtime.cases.contribute(reader, Reason.DUTY, case_id, "Un mot.")
    keepers.staff.wait(minutes=121)
    with pytest.raises(AccessDenied):
        _read(keepers, keepers.who(READER), case_id)
    acts = keepers.staff.acts()
    assert [acts.count(f"access:{one}") for one in ("asked", "opened", "lent")] == [1, 1, 1]


def test_a_colleague_of_somebody_named_reads_with_the_keys_their_body_holds(
    keepers: Keepers, case_id: UUID
) -> None:
    keepers.town.name(case_id, "school")
    _read(keepers, keepers.who("school"), case_id)
    colleague(keepers.staff, "school", "school-2")
    reader = keepers.who("school-2")
    with pytest.raises(AccessDenied):
        _read(keepers, reader, case_id)
    access = _exceptional(keepers).ask(reader, _reference(keepers, case_id), Why.ABSENT)
    assert access.granter_id is None
    assert _read(keepers, reader, case_id).exceptional_until == access.until
    assert keepers.count("loans") == 0


def test_no_case_and_a_case_kept_from_them_are_refused_alike(
    keepers: Keepers, case_id: UUID
) -> None:
    asked = _exceptional(keepers)
    reference = _reference(keepers, case_id)
    for body, number in (("dpo", reference), (READER, "SN-1999-001")):
        with pytest.raises(AccessDenied):
            asked.ask(keepers.who(body), number, Why.DANGER)
    with pytest.raises(InvalidInput):
        asked.ask(keepers.who(READER), reference, Why.FORGOTTEN)
    with pytest.raises(InvalidInput):
        asked.ask(keepers.who("coordination"), reference, Why.DANGER)
    old = keepers.who(READER)
    keepers.staff.wait(minutes=11)
    with pytest.raises(StepUpRequired):
        asked.ask(old, reference, Why.DANGER)
    assert keepers.count("exceptional_accesses") == 0


def test_somebody_else_reviews_it_once_and_the_case_shows_it(
    keepers: Keepers, case_id: UUID
) -> None:
    asked, reader = _exceptional(keepers), keepers.who(READER)
    access = asked.ask(reader, _reference(keepers, case_id), Why.DANGER)
    for body in (READER, "police"):
        with pytest.raises(AccessDenied):
            asked.review(keepers.who(body), access.id, Verdict.JUSTIFIED)
    told = keepers.recovery.notices
    for body in ("dpo", "coordination"):
        assert [one.told for one in told.of(keepers.who(body))] == [Told.EXCEPTION]
    officer = keepers.who("dpo")
    asked.review(officer, access.id, Verdict.UNJUSTIFIED)
    with pytest.raises(AccessDenied):
        asked.review(keepers.who("coordination"), access.id, Verdict.JUSTIFIED)
    (shown,) = asked.of_case(keepers.who("coordination"), case_id)
    assert shown.review is not None
    assert (shown.review.by, shown.review.verdict) == (officer.member_id, Verdict.UNJUSTIFIED)
    assert keepers.staff.acts().count("access:reviewed") == 1
    assert told.of(keepers.who("dpo")) == []


def test_where_members_hold_the_keys_two_custodians_open_it(keepers: Keepers) -> None:
    case_id = keepers.town.refer(BODY)
    keepers.town.follow(case_id)
    keepers.found()
    keepers.recovery.escrows.enrol_all(keepers.root)
    keepers.to_members()
    keepers.to_members("coordination")
    reader = keepers.who(READER)
    access = _exceptional(keepers).ask(reader, _reference(keepers, case_id), Why.DANGER)
    assert access.until is None
    with pytest.raises(AccessDenied):
        _read(keepers, keepers.who(READER), case_id)
    assert keepers.answer("school", access.id) is State.WAITING
    assert keepers.answer("dpo", access.id) is State.DONE
    subject = _read(keepers, keepers.who(READER), case_id).subject
    assert subject is not None
    assert subject.family_name == NAME


@pytest.mark.parametrize("column", ["until", "member_id"])
def test_an_access_prolonged_or_handed_on_by_sql_opens_nothing(
    keepers: Keepers, case_id: UUID, column: str
) -> None:
    _exceptional(keepers).ask(keepers.who(READER), _reference(keepers, case_id), Why.DANGER)
    reader = READER if column == "until" else "police"
    keepers.staff.wait(minutes=121 if column == "until" else 1)
    later = keepers.town.clock.now() + timedelta(hours=1)
    value = later if column == "until" else keepers.town.members[reader]
    changed = update(ACCESSES).values({column: value})
    with (
        broken_into(keepers.town.runtime.stores.main) as owned,
        owned.engine.begin() as connection,
    ):
        connection.execute(changed)
    # PostgreSQL does not even show the row to another body.
    with pytest.raises((IntegrityFailure, AccessDenied)):
        _read(keepers, keepers.who(reader), case_id)


def test_the_job_writes_its_end_down_once(keepers: Keepers, case_id: UUID) -> None:
    _exceptional(keepers).ask(keepers.who(READER), _reference(keepers, case_id), Why.DANGER)
    keepers.staff.wait(minutes=121)
    assert keepers.recovery.lending.end_loans(service(COUNCIL, "tick:loans")) == 1
    assert keepers.recovery.lending.end_loans(service(COUNCIL, "tick:loans")) == 0


def _exceptional(keepers: Keepers) -> ExceptionalService:
    return keepers.town.runtime.exceptional


def _read(keepers: Keepers, who: Principal, case_id: UUID) -> CaseFile:
    return keepers.town.runtime.cases.read(who, Reason.DUTY, case_id)


def _reference(keepers: Keepers, case_id: UUID) -> str:
    return _read(keepers, keepers.town.who("coordination"), case_id).head.reference or ""
