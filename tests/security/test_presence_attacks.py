"""« Déjà suivie ? » against whoever asks too much, measures answers, or holds the databases."""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import pytest
from sqlalchemy import Engine, event

from casework.charters.vocabulary import CaseKind
from casework.db.model import KeyStoreModel, Model
from casework.errors import AccessDenied, IntegrityFailure
from casework.presence.policy import PER_HOUR
from casework.web.dates import PARIS
from tests.asking import NOBODY, PAGE, TOLD, answered, ask, told_to
from tests.integration.api.program import Program, program_of
from tests.neighbours import Neighbours
from tests.office import Office, office_of

SQLITE: Final = pytest.mark.parametrize("address", ["sqlite"], indirect=True)
POSTGRESQL: Final = pytest.mark.parametrize("address", ["postgresql"], indirect=True)
PRESENCES: Final = KeyStoreModel.metadata.tables["presences"]
QUESTIONS: Final = Model.metadata.tables["presence_questions"]
HALVES: Final = (
    *({"birth_date": one} for one in ("17/05", "2010", "17/05/10", "**/05/2010", "")),
    {"birth_date": "17/05/2090"},
    *({"family_name": one} for one in ("***", "")),
    *({"given_name": one} for one in ("%", "x" * 81)),
)
SPENT: Final = (
    "Vous avez posé 30 questions en une heure\u00a0: c’est la limite. La prochaine sera possible à"
    " {0.hour}\u00a0h\u00a0{0.minute:02}. Rien n’a été cherché."
)


@pytest.fixture
def office(neighbours: Neighbours, tmp_path: Path) -> Office:
    return office_of(neighbours.town, tmp_path)


@pytest.fixture
def program(neighbours: Neighbours, tmp_path: Path) -> Program:
    return program_of(neighbours.town, tmp_path)


@contextmanager
def heard(*engines: Engine) -> Iterator[list[str]]:
    """Collect what is said to the databases, without the values."""
    said: list[str] = []

    def hear(_c: Any, _u: Any, statement: str, _p: Any, _x: Any, _m: bool) -> None:
        said.append(" ".join(statement.split()))

    for engine in engines:
        event.listen(engine, "before_cursor_execute", hear)
    yield said
    for engine in engines:
        event.remove(engine, "before_cursor_execute", hear)


# Whoever measures


@SQLITE
def test_yes_and_no_are_pages_of_one_length_and_answers_of_one_length(
    neighbours: Neighbours, office: Office, program: Program
) -> None:
    neighbours.follow_east()
    desk = office.at("street_work")
    yes, no = (answered(desk, neighbours, **told) for told in (TOLD, NOBODY))
    assert "contactez Mme Invention Membre-mission" in yes.text
    assert '<p class="notice-title">Non</p>' in no.text
    assert len(yes.data) == len(no.data)
    assert Counter(yes.headers.keys()) == Counter(no.headers.keys())
    sent = [told_to(program, neighbours, **told) for told in (TOLD, NOBODY)]
    assert [one.json["followed"] for one in sent] == [True, False]
    assert len(sent[0].data) == len(sent[1].data)


def test_yes_and_no_say_the_same_to_both_databases(neighbours: Neighbours) -> None:
    """Not a clock, which would only sometimes notice: the same statements in the same order.

    The line of a yes is found by its case too: that is one row more in one of them.
    """
    neighbours.follow_east()
    neighbours.ask()
    stores = neighbours.town.runtime.stores
    with heard(stores.main.engine, stores.keystore_database.engine) as yes:
        assert neighbours.ask().followed
    with heard(stores.main.engine, stores.keystore_database.engine) as no:
        assert not neighbours.ask(names=("Zéphirinquois", "Océane")).followed
    assert [_shape(one) for one in yes] == [_shape(one) for one in no]


def _shape(statement: str) -> str:
    return re.sub(r"\(\?(?:, \?)*\)|\(%\(.*\)|\$\d+|_\d+", "", statement.partition("VALUES")[0])


@SQLITE
def test_page_and_program_count_the_same_hour(
    neighbours: Neighbours, office: Office, program: Program
) -> None:
    desk = office.at("street_work")
    neighbours.follow_east()
    for number in range(PER_HOUR):
        if number % 10:
            neighbours.ask()
        else:
            assert told_to(program, neighbours).status_code == 200
    page, reply = ask(desk, neighbours), told_to(program, neighbours)
    assert (page.status_code, reply.status_code) == (429, 429)
    assert page.headers["Retry-After"] == reply.headers["Retry-After"] == "3600"
    free = neighbours.town.clock.now().astimezone(PARIS) + timedelta(hours=1)
    assert SPENT.format(free) in page.text
    assert "contactez" not in page.text
    assert reply.json["code"] == "questions-spent"


@SQLITE
def test_half_a_person_is_no_question(neighbours: Neighbours, program: Program) -> None:
    neighbours.follow_east()
    for told in HALVES:
        reply = told_to(program, neighbours, **told)
        assert reply.status_code == 422, told
        assert b"followed" not in reply.data
    assert told_to(program, neighbours).json["followed"]


# Whoever may not ask


@SQLITE
def test_whoever_no_charter_lets_ask_is_told_the_same_everywhere(
    neighbours: Neighbours, office: Office
) -> None:
    neighbours.follow_east()
    for body in ("landlord", "dpo", "archives"):
        desk = office.at(body)
        absent = desk.get(f"/situations/{UUID(int=7)}")
        group = {"group_id": str(neighbours.west)}
        answers = [desk.get(PAGE), ask(desk, neighbours)]
        answers.append(desk.press(f"{PAGE}/inscriptions", desk.get("/"), **group))
        assert {(one.status_code, one.data) for one in answers} == {(404, absent.data)}, body


@SQLITE
def test_a_group_one_does_not_sit_in_and_one_that_is_off_are_alike(
    neighbours: Neighbours, office: Office
) -> None:
    desk = office.at("street_work")
    groups = (neighbours.east, neighbours.town.group_id, UUID(int=7))
    answers = [ask(desk, neighbours, group_id=str(one)) for one in groups]
    assert {one.status_code for one in answers} == {404}
    assert len({one.data for one in answers}) == 1


@SQLITE
def test_an_answer_is_shown_to_whoever_asked_and_for_some_minutes(
    neighbours: Neighbours, office: Office
) -> None:
    neighbours.follow_east()
    asked = ask(office.at("street_work"), neighbours).headers["Location"]
    for body in ("school", "coordination", "mission", "dpo"):
        assert office.at(body).get(asked).status_code == 404
    assert "contactez" in office.at("street_work").get(asked).text
    neighbours.town.clock.advance(minutes=15)
    assert office.at("street_work").get(asked).status_code == 404


def test_a_victim_s_group_answers_nobody_whatever_its_row_says(
    neighbours: Neighbours, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its kind changed behind our back: there is no secret under which it could be looked for."""
    charters = neighbours.town.runtime.charters
    neighbours.ask()
    own = charters._known[neighbours.charter_id]
    monkeypatch.setitem(charters._known, neighbours.charter_id, replace(own, kind=CaseKind.VICTIM))
    with pytest.raises(AccessDenied):
        neighbours.ask()
    with pytest.raises(IntegrityFailure):
        neighbours.town.runtime.presence_index.seals.of(CaseKind.VICTIM, 1)
