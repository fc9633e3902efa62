"""Before anybody is served each door is tried with cases that nobody may see."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text, true

from casework.cases.gateway import listing, paging
from casework.cases.gateway.admission import Admission
from casework.cases.gateway.agenda import Agenda
from casework.cases.gateway.drafting import Drafting
from casework.cases.gateway.reading import CaseReading
from casework.db import sight
from casework.db.engine import Scope
from casework.errors import Misconfigured
from casework.operations.doors import require_shut
from tests.town import COUNCIL, Town

COUNTED = ("cases", "admissions", "namings", "actions", "persons", "contributions", "drafts")


def rows(town: Town) -> list[int]:
    with town.runtime.stores.main.reading(Scope(COUNCIL, whole=True)) as session:
        counts = [text(f"SELECT count(*) FROM {table}") for table in (*COUNTED, "audit_leaves")]
        return [session.execute(one.execution_options(**sight.SHUT)).scalar_one() for one in counts]


def test_no_case_comes_where_nobody_may_see_it_and_nothing_stays(town: Town) -> None:
    town.refer()
    before = rows(town)
    assert require_shut(town.runtime) == 4
    assert rows(town) == before


def everything(*_: Any, **__: Any) -> Any:
    return true()


def load_all(self: Any, work: Any, case_id: Any) -> Any:
    return self, work, case_id


LEFT_OPEN: list[tuple[Any, str, Callable[..., Any], str]] = [
    (paging, "visible", everything, "list "),
    (listing, "visible", everything, "triage "),
    (Admission, "reads", lambda *_: True, "reads "),
    (Admission, "lists", lambda *_: True, "lists "),
    (Agenda, "_listed", everything, "agenda "),
    (Agenda, "_listed", everything, "put "),
    (CaseReading, "load", load_all, "case "),
    (Drafting, "row", load_all, "draft "),
    (sight, "_may_run", lambda *_: True, "a statement that declares no decision"),
]


@pytest.mark.parametrize(("place", "name", "instead", "said"), LEFT_OPEN)
def test_a_door_left_open_is_named_and_nobody_is_served(
    town: Town, monkeypatch: pytest.MonkeyPatch, place: Any, name: str, instead: Any, said: str
) -> None:
    paging._page.cache_clear()
    monkeypatch.setattr(place, name, instead)
    with pytest.raises(Misconfigured) as refused:
        require_shut(town.runtime)
    paging._page.cache_clear()
    assert any(f": {said}" in fault for fault in refused.value.faults)
