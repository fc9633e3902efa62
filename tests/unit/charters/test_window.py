"""Days on which rules hold: what is decided on a day, and what the rows of that day are."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.charters.decision import decide
from casework.charters.loading import check, load
from casework.charters.outcome import Wanted
from casework.charters.refusals import Refusal
from casework.charters.vocabulary import CharterAct, CompartmentClass
from casework.charters.window import ANY_DAY, Window
from tests.unit.charters.gsn import TEXT, case, gsn, member
from tests.unit.charters.test_loading import line_of, nbsp

DAYS = st.dates(date(2027, 1, 1), date(2027, 1, 31))
WINDOWS = st.builds(Window, st.none() | DAYS, st.none() | DAYS)
FIRST, LAST = date(2027, 1, 10), date(2027, 1, 20)
SHEET = Wanted(CharterAct.READ, CompartmentClass.SHEET)
RULE = 'id = "named-reads"\n'


def dated(extra: str) -> str:
    return TEXT.replace(RULE, RULE + extra, 1)


def of_charter(extra: str) -> str:
    return TEXT.replace("version = 1\n", f"version = 1\n{extra}", 1)


SEASON = dated("valid_from = 2027-01-10\nvalid_to = 2027-01-20\n")


@given(WINDOWS, WINDOWS, DAYS)
def test_two_windows_meet_on_the_days_that_both_hold(one: Window, other: Window, day: date) -> None:
    if one.holds(day) and other.holds(day):
        assert one.meets(other)
    if one.is_backwards:
        assert not one.holds(day)


@given(WINDOWS, WINDOWS)
def test_windows_that_meet_share_a_day(one: Window, other: Window) -> None:
    some = [date(2027, 1, 1) + timedelta(days=number) for number in range(-1, 33)]
    shared = any(one.holds(day) and other.holds(day) for day in some)
    if not one.is_backwards and not other.is_backwards:
        assert one.meets(other) is shared


@given(WINDOWS, DAYS)
def test_a_window_changes_its_mind_only_on_its_turns(window: Window, day: date) -> None:
    changed = window.holds(day) is not window.holds(day - timedelta(days=1))
    assert not changed or day in window.turns()


@pytest.mark.parametrize(
    ("day", "allowed"),
    [
        (FIRST - timedelta(days=1), False),
        (FIRST, True),
        (LAST, True),
        (LAST + timedelta(days=1), False),
    ],
)
def test_a_rule_opens_from_its_first_day_to_its_last(day: date, *, allowed: bool) -> None:
    decision = decide(load(SEASON).on(day), member(), SHEET, case(named=True))
    assert decision.allowed is allowed
    assert decision.reason == ("granted" if allowed else Refusal.NO_RULE)


def test_a_dated_rule_opens_nothing_before_somebody_says_the_day() -> None:
    assert not decide(load(SEASON), member(), SHEET, case(named=True)).allowed


def test_other_rules_hold_on_any_day() -> None:
    for day in (date.min, FIRST, date.max):
        assert decide(load(SEASON).on(day), member(), SHEET, case(lead=True)).allowed


def test_a_charter_without_dates_is_itself_on_any_day() -> None:
    assert gsn().on(FIRST) is gsn()
    assert gsn().turns == ()


def test_days_between_two_turns_share_one_compiled_charter() -> None:
    charter = load(SEASON)
    assert charter.on(FIRST) is charter.on(LAST)
    assert charter.on(FIRST).period != charter.on(LAST + timedelta(days=1)).period
    assert charter.on(FIRST).digest == charter.digest
    assert charter.on(FIRST).on(date.max) is charter.on(FIRST)


def test_outside_the_dates_of_the_charter_no_rule_holds() -> None:
    charter = load(of_charter("valid_from = 2027-01-10\nvalid_to = 2027-01-20\n"))
    for day, count in ((FIRST, len(charter.rules)), (FIRST - timedelta(days=1), 0)):
        assert len(charter.on(day).rules) == count
    opened = decide(charter.on(LAST + timedelta(days=1)), member(), SHEET, case(named=True))
    assert not opened.allowed


def test_all_rules_at_once_is_the_widest_the_charter_can_be() -> None:
    charter = load(SEASON)
    assert charter.undated().rules == gsn().rules
    assert all(rule.window == ANY_DAY for rule in charter.undated().rules)


@pytest.mark.parametrize(
    ("worse", "key", "sentence"),
    [
        (
            dated("valid_from = 2027-01-20\nvalid_to = 2027-01-10\n"),
            "valid_to",
            "« valid_to » précède « valid_from »",
        ),
        (
            of_charter("valid_from = 2027-01-20\nvalid_to = 2027-01-10\n"),
            "valid_to",
            "« valid_to » précède « valid_from »",
        ),
        (
            of_charter("valid_from = 2028-01-01\n").replace(
                RULE, f"{RULE}valid_from = 2027-01-10\nvalid_to = 2027-12-31\n", 1
            ),
            "valid_from = 2027",
            "ne rencontrent jamais celles de la charte.",
        ),
    ],
)
def test_dates_that_never_meet_are_a_fault_at_their_line(
    worse: str, key: str, sentence: str
) -> None:
    (fault,) = check(worse)
    assert nbsp(sentence) in fault.sentence
    assert fault.line == line_of(worse, key)


def test_a_rule_that_would_break_a_wall_one_day_is_refused_today() -> None:
    worse = dated("valid_from = 2099-01-01\n").replace(
        'recipients = ["named"]\nacts = ["read"]\nclasses = ["identity", "sheet", "attachments"]',
        'recipients = ["dpo"]\nacts = ["read"]\nclasses = ["identity", "sheet", "attachments"]',
        1,
    )
    assert any("jamais accès au contenu" in fault.sentence for fault in check(worse))
