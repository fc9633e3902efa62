"""Searches by name: what they find, for whom, and what the register keeps of them."""

import hashlib
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from casework.audit.actions import Act
from casework.audit.lines import Asked
from casework.cases import orders
from casework.cases.gateway import searching as gateway
from casework.cases.searches import Answer, Likeness, Search
from casework.cases.service import searching as service
from casework.errors import AccessDenied
from casework.identity import Reason
from casework.matching.dates import Agreement, Birth
from tests.gathering import accepted, keep
from tests.scenery import MAILYS
from tests.town import Town

COORDINATOR, WORKER = "coordination", "street_work"
BORN = date(2010, 5, 17)


def refer(town: Town, family: str, given: str, born: date = BORN) -> UUID:
    person = replace(MAILYS, family_name=family, given_name=given, birth_date=born)
    return town.refer(persons=(person,))


def search(town: Town, words: str, body: str = COORDINATOR, birth: Birth | None = None) -> Answer:
    asked = Search(town.group_id, words, birth)
    return town.runtime.lookups.searches.search(town.who(body), Reason.DUTY, asked)


def found(answer: Answer) -> list[UUID]:
    return [one.head.id for one in answer.cases]


def resembling(town: Town, case_id: UUID, body: str = COORDINATOR) -> Answer:
    who = town.who(body)
    file = town.runtime.cases.read(who, Reason.DUTY, case_id)
    return town.runtime.lookups.searches.resembling(who, Reason.DUTY, file)


def leaves(town: Town) -> list[Any]:
    asked = Asked(acts=frozenset({Act.CASE_SEARCHED}))
    return list(town.runtime.register.read(town.who("dpo"), asked).lines)


def test_a_person_is_found_as_two_clerks_write_them_and_the_nearest_comes_first(
    town: Town,
) -> None:
    near, same = refer(town, "Corbingui", "Noé"), refer(town, "Corbin-Guy", "Noé")
    refer(town, "Autrenom", "Noé")
    answer = search(town, "noe CORBINGUY")
    assert found(answer) == [same, near]
    assert [one.likeness for one in answer.cases] == [Likeness.SAME, Likeness.NEAR]
    assert [one.family_name for one in answer.cases] == ["Corbin-Guy", "Corbingui"]
    assert found(search(town, "corbin guy noé")) == [same, near]


def test_two_persons_of_one_name_are_both_told_and_a_date_orders_them(town: Town) -> None:
    older, younger = (refer(town, "Corbinguy", "Noé", day) for day in (date(2008, 3, 4), BORN))
    assert sorted(found(search(town, "Corbinguy Noé"))) == [older, younger]
    for birth in (Birth(2010, BORN), Birth(2010)):
        answer = search(town, "Corbinguy Noé", birth=birth)
        assert found(answer) == [younger, older]
        assert answer.cases[1].birth is Agreement.OTHER
    turned = search(town, "Corbinguy Noé", birth=Birth(2008, date(2008, 4, 3)))
    assert (found(turned)[0], turned.cases[0].birth) == (older, Agreement.INVERTED)


def test_who_is_not_named_finds_nothing_by_the_very_name(town: Town) -> None:
    case_id = accepted(town)
    for body in ("landlord", "school"):
        assert search(town, "Zéphirinquois Maïlys", body) == Answer(())
    town.name(case_id, "school")
    assert found(search(town, "Zéphirinquois Maïlys", "school")) == [case_id]
    assert search(town, "Zéphirinquois Maïlys", "landlord") == Answer(())


def test_links_and_protection_keep_a_case_from_searches_as_from_lists(town: Town) -> None:
    case_id = accepted(town)
    keep(town, case_id)
    town.name(case_id, "school")
    guards = town.runtime.safeguards
    guards.links.declare(town.who("school"), Reason.DUTY, case_id)
    assert found(search(town, "Zéphirinquois", "school")) == []
    assert found(search(town, "Zéphirinquois")) == [case_id]
    guards.protection.protect(town.who(COORDINATOR), Reason.DUTY, case_id)
    assert found(search(town, "Zéphirinquois")) == []


def test_another_group_is_refused_and_so_is_a_group_of_victims(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    who = town.who(COORDINATOR)
    elsewhere = UUID("01930000-0000-7000-8000-00000000dead")
    with pytest.raises(AccessDenied):
        town.runtime.lookups.searches.search(who, Reason.DUTY, Search(elsewhere, "Zéphirinquois"))
    monkeypatch.setattr(gateway, "SEARCHED_KINDS", frozenset[Any]())
    with pytest.raises(AccessDenied):
        search(town, "Zéphirinquois")


def test_a_search_leaves_two_lines_and_no_name(town: Town) -> None:
    case_id = refer(town, "Corbinguy", "Noé")
    refer(town, "Autrenom", "Maïlys")
    search(town, "Corbinguy Noé", birth=Birth(2010, BORN))
    shown, scanned = leaves(town)
    assert (scanned.cases, scanned.compartments) == ((), ())
    assert scanned.detail["scanned"] == 2
    assert scanned.detail["group"] == str(town.group_id)
    assert (shown.cases, shown.detail["shown"]) == ((case_id,), 1)
    said = str([one.detail for one in (shown, scanned)]).lower()
    assert not any(word in said for word in ("corbinguy", "noé", "2010-05-17"))


def test_the_line_of_what_is_compared_binds_which_names_were(town: Town) -> None:
    refer(town, "Corbinguy", "Noé")
    search(town, "Autrenom")
    first = leaves(town)[1].detail["scanned_digest"]
    with town.runtime.ledger.consult(town.who(COORDINATOR), Reason.DUTY) as work:
        listed = town.runtime.listing.load(work, orders.Asked())
    ids = b"".join(sorted(one.compartment_id.bytes for one in listed.held))
    assert first == hashlib.sha256(ids).hexdigest()


def test_nothing_found_and_nothing_to_search_leave_the_same_lines(town: Town) -> None:
    refer(town, "Corbinguy", "Noé")
    answers = [search(town, "Corbinguy", "landlord"), search(town, "Personnevrac", "landlord")]
    assert answers[0] == answers[1] == Answer(())
    told = [(one.act, sorted(one.detail.items()), one.cases) for one in leaves(town)]
    assert told[:2] == told[2:]


def test_names_are_open_some_at_a_time_and_each_time_has_its_line(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = [refer(town, "Corbinguy", f"Noé {one}") for one in ("Alba", "Brun", "Cléo")]
    monkeypatch.setattr(gateway, "AT_ONCE", 2)
    assert sorted(found(search(town, "Corbinguy"))) == sorted(cases)
    assert [one.detail.get("scanned") for one in leaves(town)] == [None, 1, 2]


def test_the_coordination_is_told_who_may_be_the_same_a_twin_or_a_namesake(town: Town) -> None:
    same = refer(town, "CORBINGUY", "Noe")
    twin = refer(town, "Corbinguy", "Maïlys")
    namesake = refer(town, "Corbinguy", "Noé", date(2007, 2, 3))
    refer(town, "Corbinguy", "Léa", date(2007, 2, 3))
    case_id = refer(town, "Corbinguy", "Noé")
    told = {one.head.id: one.likeness for one in resembling(town, case_id).cases}
    assert told == {same: Likeness.SAME, twin: Likeness.TWIN, namesake: Likeness.NAMESAKE}
    shown, scanned = leaves(town)[:2]
    assert (scanned.case_id, scanned.detail["scanned"]) == (case_id, 5)
    assert sorted(shown.cases) == sorted(told)


def test_who_referred_is_told_of_no_resemblance(town: Town) -> None:
    refer(town, "Corbinguy", "Noé")
    case_id = refer(town, "Corbinguy", "Noé")
    with pytest.raises(AccessDenied):
        resembling(town, case_id, WORKER)


def test_keys_on_their_way_are_taken_in_by_the_search(town: Town) -> None:
    case_id = accepted(town)
    town.name(case_id, "school")
    answer = search(town, "Zéphirinquois", "school")
    assert (found(answer), answer.unread) == ([case_id], 0)


def test_a_name_that_stays_shut_is_counted_and_not_compared(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    case_id = accepted(town)
    town.name(case_id, "school")
    monkeypatch.setattr(service, "_DELIVERED", 0)
    answer = search(town, "Zéphirinquois", "school")
    assert (found(answer), answer.unread) == ([], 1)
