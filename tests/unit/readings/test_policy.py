"""What may be told of a reading."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from casework.audit.actions import Act
from casework.audit.lines import Line
from casework.audit.stamps import read_code
from casework.cases.values import TracedCase, TracedPerson
from casework.errors import InvalidInput
from casework.readings.policy import ACCESSES, OPENINGS, OWN, Masked, Named
from casework.readings.telling import compartment_of, report_lines
from casework.readings.values import ReportLine, Whom

REFERRER, COORDINATOR, OTHER, BODY, CASE = (UUID(int=number) for number in range(1, 6))
NAMED = Named(REFERRER, date(2026, 11, 10), date(2026, 11, 20))
MASKED = Masked(REFERRER, frozenset({COORDINATOR}), (NAMED,))
MORNING = datetime(2026, 11, 12, 8, 30, tzinfo=UTC)
READ = Line(7, MORNING, Act.CASE_READ, "allowed", reason="duty")


@pytest.mark.parametrize(
    ("reader", "day", "hidden"),
    [
        (REFERRER, 9, True),
        (REFERRER, 10, False),
        (REFERRER, 20, False),
        (REFERRER, 21, True),
        (OTHER, 9, False),
        (COORDINATOR, 9, False),
        (None, 9, False),
    ],
)
def test_whoever_referred_is_told_only_of_days_on_which_they_were_named(
    reader: UUID | None, day: int, *, hidden: bool
) -> None:
    assert MASKED.hides(reader, date(2026, 11, day)) is hidden


def test_a_coordinator_who_referred_is_told_as_a_coordinator() -> None:
    masked = replace(MASKED, referrer_id=COORDINATOR, named=())
    assert not masked.hides(COORDINATOR, date(2026, 11, 9))


def test_nothing_told_is_a_refusal_a_referral_or_the_mark_of_a_decoy() -> None:
    never = {Act.ACCESS_REFUSED, Act.DECOY_OPENED, Act.DECOY_PLACED, Act.REFERRAL_SENT}
    assert not (OWN | OPENINGS | ACCESSES) & never


def test_readings_of_a_day_that_are_alike_are_one_line_and_hours_are_not_told() -> None:
    mine = replace(READ, organisation_id=BODY, member_id=OTHER, case_id=CASE)
    later = replace(mine, at=MORNING.replace(hour=15))
    night = replace(mine, at=datetime(2026, 11, 12, 23, 30, tzinfo=UTC))
    job = replace(READ, case_id=CASE)
    lines = [mine, later, night, job, replace(mine, member_id=COORDINATOR)]
    assert report_lines(lines, lambda _: True, names=False) == (
        ReportLine(date(2026, 11, 12), BODY, Act.CASE_READ, "duty", 3),
        ReportLine(date(2026, 11, 13), BODY, Act.CASE_READ, "duty", 1),
    )
    named = report_lines(lines, lambda _: True, names=True)
    assert [(one.member_id, one.count) for one in named] == [
        (COORDINATOR, 1),
        (OTHER, 2),
        (OTHER, 1),
    ]
    assert report_lines(lines, lambda _: False, names=False) == ()


def test_a_person_is_found_by_their_place_on_the_sheet() -> None:
    persons = (
        TracedPerson(UUID(int=11), UUID(int=21), "subject"),
        TracedPerson(UUID(int=12), UUID(int=22), "legal_representative"),
    )
    case = TracedCase(CASE, UUID(int=9), "SN-2026-001", REFERRER, (), persons)
    assert compartment_of(case, Whom.SUBJECT) is None
    assert compartment_of(case, Whom.REPRESENTATIVE_1) == UUID(int=22)
    with pytest.raises(InvalidInput):
        compartment_of(case, Whom.REPRESENTATIVE_2)


@pytest.mark.parametrize("typed", ["abcde-fgh23", " ABCDE FGH23 ", "abcdefgh23"])
def test_a_code_is_read_as_people_type_it(typed: str) -> None:
    assert read_code(typed) == "ABCDE-FGH23"


def test_figures_that_no_code_has_are_the_letters_they_were_on_paper() -> None:
    assert read_code("0BCD1-8GH23") == "OBCDI-BGH23"


@pytest.mark.parametrize("typed", ["", "ABCDE", "ABCDE-FGH239", "ABCDE-FGH2É", "'; DROP TABLE"])
def test_what_is_no_code_is_refused(typed: str) -> None:
    with pytest.raises(InvalidInput):
        read_code(typed)
