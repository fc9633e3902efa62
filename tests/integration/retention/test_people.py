"""Who holds, signs, looks and runs; and what they are shown."""

from datetime import timedelta
from pathlib import Path

import pytest

from casework.cases.orders import Asked
from casework.cases.procedures.steps import CaseState
from casework.charters.vocabulary import CaseKind
from casework.errors import AccessDenied, Conflict, StepRefused
from casework.identity import Reason, operator
from casework.months import months_after
from casework.retention.policy import HoldReason, SweepStep
from casework.retention.values import ListLine, NewHold
from tests.gathering import (
    JOB,
    accepted,
    close,
    fact,
    keep,
    listed,
    overview,
    rows,
    sweep,
    today,
    visa,
    wait,
)
from tests.office import office_of
from tests.town import COUNCIL, Town


def test_an_elimination_list_says_kind_years_and_how_many(town: Town) -> None:
    list_id = listed(town, accepted(town), accepted(town))
    (found,) = town.runtime.retention.lists(town.who("archives"))
    assert found.id == list_id
    assert found.lines == (ListLine(CaseKind.FOLLOWUP, 2026, 2026, 2),)
    assert found.count == 2


def test_a_held_case_is_neither_sealed_nor_erased_until_the_hold_is_lifted(town: Town) -> None:
    case_id, other = accepted(town), accepted(town)
    hold = NewHold(HoldReason.RIGHTS_REQUEST, today(town) + timedelta(days=200))
    hold_id = town.runtime.retention.hold(town.who("dpo"), case_id, hold)
    close(town, case_id)
    list_id = listed(town, other)
    assert fact(town, case_id, "state") == CaseState.RESTRICTED
    town.runtime.retention.lift_hold(town.who("coordination"), hold_id)
    assert sweep(town).of_step(SweepStep.SEALED) == 1
    later = NewHold(HoldReason.COURT_ORDER, today(town) + timedelta(days=30))
    town.runtime.retention.hold(town.who("coordination"), other, later)
    visa(town, list_id)
    sweep(town)
    assert fact(town, other, "state") == CaseState.SEALED
    wait(town, until=today(town) + timedelta(days=31))
    sweep(town)
    assert fact(town, other, "state") is None


def test_a_case_on_hold_is_not_let_go_by_a_refusal(town: Town) -> None:
    case_id = town.refer()
    hold = NewHold(HoldReason.COMPLAINT, today(town))
    town.runtime.retention.hold(town.who("dpo"), case_id, hold)
    with pytest.raises(StepRefused) as refused:
        town.runtime.referrals.refuse(town.who("coordination"), Reason.DUTY, case_id, version=1)
    assert refused.value.reason == "on-hold"
    wait(town, until=today(town) + timedelta(days=1))
    town.runtime.referrals.refuse(town.who("coordination"), Reason.DUTY, case_id, version=1)
    assert fact(town, case_id, "state") == CaseState.REFUSED


def test_a_visa_is_for_the_list_that_was_seen(town: Town) -> None:
    list_id = listed(town, accepted(town), accepted(town))
    with pytest.raises(Conflict):
        visa(town, list_id, count=1)
    visa(town, list_id, count=2)
    assert sweep(town).of_step(SweepStep.ERASED) == 2


def test_a_preview_says_what_the_sweep_then_does(town: Town) -> None:
    closed, refused, _, sealed = accepted(town), town.refer(), accepted(town), accepted(town)
    visa(town, listed(town, sealed))
    close(town, closed)
    town.runtime.referrals.refuse(town.who("coordination"), Reason.DUTY, refused, version=1)
    wait(town, until="2027-06-23")
    ahead = town.runtime.retention.preview(town.who("dpo"))
    assert ahead == town.runtime.retention.preview(operator(COUNCIL, "root"))
    assert len(ahead.steps) > 3
    assert sweep(town) == ahead


def test_rule_20_the_overview_counts_and_names_nobody(town: Town) -> None:
    founded = today(town)
    listed(town, accepted(town))
    town.refer()
    seen = overview(town)
    assert {(one.state, one.count) for one in seen.standings} == {
        (CaseState.SEALED, 1),
        (CaseState.REFERRED, 1),
    }
    assert seen.late_lists == ()
    standing = seen.register.standing
    assert standing.parts_on == months_after(founded, standing.terms.searchable)
    assert standing.who_on == months_after(founded, standing.terms.kept)
    assert seen.register.article is not None
    assert (seen.register.article.number, seen.register.article.title) == (
        "15",
        "Registre des accès",
    )
    wait(town, until=today(town) + timedelta(days=95))
    late = overview(town)
    assert late.late_lists == (late.lists[0].id,)


@pytest.mark.parametrize("body", ["coordination", "school", "dpo", "archives"])
def test_no_person_runs_a_sweep(town: Town, body: str) -> None:
    with pytest.raises(AccessDenied):
        town.runtime.retention.sweep(town.who(body))


@pytest.mark.parametrize("body", ["coordination", "school", "dpo"])
def test_only_the_archives_give_a_visa(town: Town, body: str) -> None:
    list_id = listed(town, accepted(town))
    before = rows(town, "certificates")
    with pytest.raises(AccessDenied) as refused:
        visa(town, list_id, by=body)
    assert refused.value.reason == "other-function"
    sweep(town)
    assert rows(town, "certificates") == before


def test_a_member_neither_holds_nor_looks(town: Town) -> None:
    case_id = accepted(town)
    retention, member = town.runtime.retention, town.who("school")
    hold = NewHold(HoldReason.COMPLAINT, today(town))
    with pytest.raises(AccessDenied):
        retention.hold(member, case_id, hold)
    for look in (retention.lists, retention.certificates, retention.preview):
        with pytest.raises(AccessDenied):
            look(member)
    for by, whole in ((member, False), (member, True), (JOB, True), (town.who("archives"), True)):
        with pytest.raises(AccessDenied):
            retention.watched(by, whole=whole)


def test_who_may_hold_no_case_is_not_told_which_references_exist(
    town: Town, tmp_path: Path
) -> None:
    keep(town, accepted(town))
    desk = office_of(town, tmp_path).at("archives")
    place, until = "/dpd/conservation", (today(town) + timedelta(days=30)).isoformat()
    told = [
        desk.press(f"{place}/gels", desk.get(place), situation=one, why="complaint", until_on=until)
        for one in ("SN-2026-001", "SN-2026-999")
    ]
    assert [one.status_code for one in told] == [404, 404]
    assert told[0].data == told[1].data


def test_who_looks_after_archives_or_forgetting_lists_no_case(town: Town) -> None:
    accepted(town)
    for body in ("archives", "dpo"):
        assert town.runtime.cases.list_cases(town.who(body), Reason.CONTROL, Asked()) == []
