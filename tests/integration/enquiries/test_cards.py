"""The cards of a town in which things happened, from readings of cases to what the officer sees."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import update

from casework.audit import recent
from casework.audit.actions import Act, Outcome
from casework.audit.entry import Entry
from casework.audit.lines import Asked, Line
from casework.cases.values import NewPerson
from casework.db.engine import Scope
from casework.db.model import Model
from casework.enquiries import rules
from casework.enquiries.cards import Counted, Period
from casework.enquiries.rules import Card
from casework.errors import AccessDenied
from casework.identity import Principal, Reason, stranger
from tests.gathering import accepted, close, keep, today
from tests.town import COUNCIL, Town

MANDATES = Model.metadata.tables["mandates"]
NAMESAKE = NewPerson("subject", "MEMBRE STREET_WORK", "Inventine", date(2010, 5, 17))


def cards(town: Town, period: Period = Period.WEEK) -> dict[Card, Counted]:
    return {one.card: one for one in town.runtime.examining.cards.look(town.who("dpo"), period)}


def found(town: Town, period: Period = Period.WEEK) -> dict[Card, int]:
    return {card: len(one.lines) for card, one in cards(town, period).items() if one.lines}


def read(town: Town, case_id: UUID, body: str = "street_work", why: Reason = Reason.DUTY) -> None:
    town.runtime.cases.read(town.who(body), why, case_id)


def lines_of(town: Town, asked: Asked) -> tuple[Line, ...]:
    return town.runtime.register.read(town.who("dpo"), asked).lines


def test_a_quiet_week_counts_nothing_and_is_itself_one_line(town: Town) -> None:
    read(town, accepted(town))
    assert found(town) == {}
    newest = lines_of(town, Asked())[0]
    assert (newest.act, newest.detail["shown"]) == (Act.REGISTER_READ, 1)


def test_readings_at_night_for_another_reason_and_of_a_closed_case_are_counted(town: Town) -> None:
    case_id = accepted(town)
    keep(town, case_id)
    close(town, case_id)
    town.clock.advance(days=1, hours=13)
    reader = town.who("coordination")
    town.runtime.safeguards.stating.state(reader, Reason.DUTY, case_id, "Une raison inventée")
    read(town, case_id, "coordination", Reason.OTHER)
    assert found(town) == {Card.HOURS: 1, Card.OTHER: 1, Card.CLOSED: 1}
    (line,) = lines_of(town, Asked(lines=cards(town)[Card.HOURS].lines))
    assert (line.act, line.case_id, line.reason) == (Act.CASE_READ, case_id, "other")


def test_a_reader_of_the_same_name_is_told_without_the_name(town: Town) -> None:
    read(town, accepted(town))
    case_id = accepted(town, persons=(NAMESAKE,))
    read(town, case_id, "coordination")
    read(town, case_id)
    (seq,) = cards(town)[Card.SAME_NAME].lines
    said, reading = lines_of(town, Asked(lines=(seq, seq - 1)))
    assert (said.act, said.detail) == (Act.CASE_READ, {"same_name": 1})
    assert "same_name" not in reading.detail
    assert (reading.case_id, reading.member_id) == (said.case_id, said.member_id)


def test_a_member_who_is_gone_and_a_case_no_meeting_heard_are_counted(town: Town) -> None:
    case_id = accepted(town)
    town.clock.advance(days=63)
    read(town, case_id, "coordination")
    assert found(town) == {Card.UNHEARD: 1}
    town.name(case_id, "school")
    read(town, case_id, "school")
    assert found(town) == {Card.UNHEARD: 1}
    _end_mandate(town, "school")
    town.clock.advance(days=1)
    with pytest.raises(AccessDenied):
        read(town, case_id, "school")
    assert found(town) == {Card.UNHEARD: 1, Card.ENDED: 1}


def _end_mandate(town: Town, body: str) -> None:
    """Make today the last day of a mandate."""
    with town.runtime.stores.main.writing(Scope(COUNCIL, whole=True)) as session:
        own = MANDATES.c.member_id == town.members[body]
        session.execute(update(MANDATES).where(own).values(until_on=today(town)))


def test_many_cases_in_a_day_are_compared_with_the_same_member_s_past(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "LEAST", 3)
    cases = [accepted(town) for _ in range(3)]
    for body, opened in (("street_work", cases[:1]), ("coordination", cases)):
        for case_id in opened:
            read(town, case_id, body)
    town.clock.advance(days=9)
    for case_id in cases:
        read(town, case_id)
        read(town, case_id, "coordination")
    (counted,) = [cards(town)[Card.VOLUME]]
    members = {line.member_id for line in lines_of(town, Asked(lines=counted.lines))}
    assert (len(counted.lines), members) == (3, {town.members["street_work"]})
    assert not counted.cut
    past = [one for one in lines_of(town, Asked()) if "member0" in one.detail]
    assert {one.detail["member1"] for one in past} <= {str(one) for one in town.members.values()}


def test_too_many_lines_shorten_the_period_and_say_so_and_a_flood_hides_nothing(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recent, "MOST_READINGS", 2)
    monkeypatch.setattr(recent, "_MOST_OF_RARE", 1)
    case_id = accepted(town)
    recorded(town, town.who("school"), Entry(Act.DECOY_OPENED, case_id))
    for _ in range(3):
        town.clock.advance(days=1)
        read(town, case_id)
        recorded(town, stranger(COUNCIL), Entry(Act.SESSION_REFUSED, outcome=Outcome.REFUSED))
    shown = cards(town)
    assert [shown[one].cut for one in (Card.HOURS, Card.ENDED, Card.DECOY)] == [True, True, False]
    assert shown[Card.HOURS].since == today(town) - timedelta(days=1)
    assert len(shown[Card.DECOY].lines) == 1


def recorded(town: Town, who: Principal, entry: Entry) -> None:
    with town.runtime.ledger.begin(who, Reason.SIGN_IN) as work:
        work.record(entry)


def test_a_register_too_long_to_walk_is_looked_at_from_a_later_day_on(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    case_id = accepted(town)
    for _ in range(3):
        town.clock.advance(days=1)
        read(town, case_id)
    monkeypatch.setattr(recent, "_MOST_PASSED", 2)
    shown = cards(town)
    assert shown[Card.DECOY].cut
    assert shown[Card.DECOY].since >= today(town) - timedelta(days=1)
