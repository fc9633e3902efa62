"""The end of a case, step by step, by a clock that moves and the people who sign."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from casework.audit.verify import Extent, verify
from casework.cases.procedures.steps import CaseState
from casework.charters.vocabulary import CaseKind
from casework.db.engine import Scope
from casework.errors import AccessDenied
from casework.identity import Reason
from casework.retention.policy import ListState, SweepStep
from tests.gathering import (
    accepted,
    close,
    fact,
    keep,
    listed,
    rows,
    sweep,
    today,
    visa,
)
from tests.town import COUNCIL, Town

_OF_CASES = (
    "cases", "persons", "referrals", "contributions", "decisions", "actions", "namings",
    "admissions", "compartments", "rings", "grants", "agenda_items",
)  # fmt: skip


def test_a_closed_case_leaves_the_named_and_stays_with_the_coordination(town: Town) -> None:
    case_id = accepted(town)
    keep(town, case_id)
    close(town, case_id)
    done = sweep(town)
    assert done.of_step(SweepStep.RESTRICTED) == 1
    assert fact(town, case_id, "state") == CaseState.RESTRICTED
    with pytest.raises(AccessDenied):
        town.runtime.cases.read(town.who("street_work"), Reason.DUTY, case_id)
    reader = town.who("coordination")
    town.runtime.safeguards.stating.state(reader, Reason.DUTY, case_id, "Une raison inventée")
    opened = town.runtime.cases.read(reader, Reason.DUTY, case_id)
    assert opened.subject is not None
    assert opened.subject.family_name == "Zéphirinquois"


def test_rule_14_at_expiry_a_case_leaves_everyones_reach_before_it_is_destroyed(town: Town) -> None:
    case_id = accepted(town)
    list_id = listed(town, case_id)
    assert fact(town, case_id, "state") == CaseState.SEALED
    with pytest.raises(AccessDenied) as refused:
        town.runtime.cases.read(town.who("coordination"), Reason.DUTY, case_id)
    assert refused.value.reason == "sealed"
    sweep(town)
    assert fact(town, case_id, "state") == CaseState.SEALED
    visa(town, list_id)
    sweep(town)
    assert fact(town, case_id, "state") is None


def test_an_erased_case_leaves_a_certificate_and_nothing_else(town: Town) -> None:
    case_id = accepted(town)
    keep(town, case_id)
    town.runtime.cases.contribute(town.who("coordination"), Reason.DUTY, case_id, "Un fait.")
    list_id = listed(town, case_id)
    visa(town, list_id)
    assert sweep(town).of_step(SweepStep.ERASED) == 1
    assert {table: rows(town, table) for table in _OF_CASES} == dict.fromkeys(_OF_CASES, 0)
    assert town.runtime.stores.keystore.count(COUNCIL) == 0
    (kept,) = town.runtime.retention.certificates(town.who("dpo"))
    assert (kept.case_id, kept.kind, kept.list_id) == (case_id, CaseKind.FOLLOWUP, list_id)
    assert kept.compartments == 3
    assert kept.backups_until == today(town) + timedelta(days=14)
    assert _act(town, kept.leaf) == "case:erased"
    (done,) = town.runtime.retention.lists(town.who("archives"))
    assert done.state is ListState.ELIMINATED


def test_the_register_verifies_after_an_erasure_to_the_last_row(town: Town) -> None:
    case_id, other = accepted(town), accepted(town)
    keep(town, case_id)
    visa(town, listed(town, case_id))
    sweep(town)
    keys = town.runtime.register_keys.of(COUNCIL)
    result = verify(town.runtime.stores.main, keys, COUNCIL, Extent(rows=True))
    assert result.faults == ()
    assert fact(town, other, "state") == CaseState.ACCEPTED


def test_a_sweep_run_again_does_nothing_more(town: Town) -> None:
    case_id = accepted(town)
    visa(town, listed(town, case_id))
    sweep(town)
    again = sweep(town)
    assert (again.steps, again.resumed, again.drafts) == ((), 0, 0)
    assert rows(town, "certificates") == 1
    assert rows(town, "elimination_lists") == 1


def test_a_referral_refused_is_gone_with_the_next_sweep(town: Town) -> None:
    case_id = town.refer()
    town.runtime.referrals.refuse(town.who("coordination"), Reason.DUTY, case_id, version=1)
    assert fact(town, case_id, "state") == CaseState.REFUSED
    assert sweep(town).resumed == 1
    assert {table: rows(town, table) for table in _OF_CASES} == dict.fromkeys(_OF_CASES, 0)
    assert rows(town, "tallies") == 1


def test_a_sweep_leaves_lines_of_what_it_did_and_for_which_cases(town: Town) -> None:
    case_id = accepted(town)
    visa(town, listed(town, case_id))
    sweep(town)
    acts = _acts(town)
    for act in ("case:restricted", "case:sealed", "elimination:listed", "elimination:visaed",
                "case:erased", "certificate:issued", "job:ran"):  # fmt: skip
        assert act in acts


def _act(town: Town, leaf: int | None) -> str:
    return _acts(town)[-1 if leaf is None else leaf]


def _acts(town: Town) -> list[str]:
    with town.runtime.stores.main.reading(Scope(COUNCIL, whole=True)) as session:
        found = session.execute(text("SELECT kind FROM audit_leaves ORDER BY seq"))
        return [str(kind) for (kind,) in found]
