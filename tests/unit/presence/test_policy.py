"""Who asks, who answers, and thirty an hour."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.charters.charter import Charter, Presence
from casework.charters.facts import Standing
from casework.charters.loading import load
from casework.charters.vocabulary import CaseKind, Recipient
from casework.presence.policy import PER_HOUR, answers, may_ask, wait
from casework.presence.seals import SECRETS
from tests.neighbours import text_with_presence
from tests.town import CHARTER

NOW = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
MEMBER, COORDINATOR = Standing(mandated=True), Standing(mandated=True, coordinator=True)


def charter(*recipients: Recipient, kind: CaseKind = CaseKind.FOLLOWUP) -> Charter:
    made = load(CHARTER.read_text(encoding="utf-8"))
    return replace(made, kind=kind, presence=Presence(recipients=recipients))


def test_the_shipped_charter_asks_and_answers_nobody() -> None:
    shipped = load(CHARTER.read_text(encoding="utf-8"))
    assert not shipped.presence.on
    assert not may_ask(shipped, COORDINATOR)
    assert not answers(shipped, CaseKind.FOLLOWUP)


def test_a_charter_names_who_asks() -> None:
    assert may_ask(load(text_with_presence()), MEMBER)
    assert not may_ask(charter(Recipient.COORDINATOR), MEMBER)
    assert may_ask(charter(Recipient.COORDINATOR), COORDINATOR)
    assert not may_ask(charter(Recipient.MEMBER), Standing(person=True))


@pytest.mark.parametrize("to", [one for one in CaseKind if one is not CaseKind.FOLLOWUP])
def test_no_question_crosses_procedures(to: CaseKind) -> None:
    assert not answers(charter(Recipient.MEMBER), to)


def test_victims_are_out_whatever_a_charter_says() -> None:
    """The wall stands in code twice: no rule lets them in, and there is no secret for them."""
    planted = charter(Recipient.MEMBER, kind=CaseKind.VICTIM)
    assert planted.presence.on
    assert not may_ask(planted, COORDINATOR)
    assert not answers(planted, CaseKind.VICTIM)
    assert SECRETS.keys() == set(CaseKind) - {CaseKind.VICTIM}
    assert len(set(SECRETS.values())) == len(SECRETS)


def test_the_thirty_first_question_waits_until_the_first_is_an_hour_old() -> None:
    asked = [NOW - timedelta(minutes=one) for one in range(PER_HOUR)]
    assert wait(asked[1:], NOW) == 0
    assert wait(asked, NOW) == timedelta(minutes=60 - (PER_HOUR - 1)).total_seconds()


@given(st.lists(st.integers(0, 7200), max_size=80))
def test_whoever_waits_as_told_may_ask_and_nobody_sooner(ages: list[int]) -> None:
    asked = [NOW - timedelta(seconds=one) for one in ages]
    seconds = wait(asked, NOW)
    assert wait(asked, NOW + timedelta(seconds=seconds)) == 0
    if seconds:
        assert wait(asked, NOW + timedelta(seconds=seconds - 1)) == 1
