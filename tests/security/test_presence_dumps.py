"""« Déjà suivie ? » against whoever holds the databases, their files, or writes in them."""

import logging
import re
from datetime import date
from pathlib import Path
from typing import Final

import pytest
from sqlalchemy import select, text, update

from casework.cases.values import NewPerson
from casework.db.engine import Scope, narrow
from casework.db.model import KeyStoreModel, Model
from casework.web.resume import Carried, read
from tests.asking import ask, told_to
from tests.integration.api.program import Program, program_of
from tests.neighbours import NAMES, Neighbours
from tests.office import Office, office_of
from tests.planted import Planted, told_of
from tests.postgres import broken_into
from tests.stored import dump, files, opened_leaves
from tests.town import COUNCIL

SQLITE: Final = pytest.mark.parametrize("address", ["sqlite"], indirect=True)
POSTGRESQL: Final = pytest.mark.parametrize("address", ["postgresql"], indirect=True)
PRESENCES: Final = KeyStoreModel.metadata.tables["presences"]
QUESTIONS: Final = Model.metadata.tables["presence_questions"]


@pytest.fixture
def office(neighbours: Neighbours, tmp_path: Path) -> Office:
    return office_of(neighbours.town, tmp_path)


@pytest.fixture
def program(neighbours: Neighbours, tmp_path: Path) -> Program:
    return program_of(neighbours.town, tmp_path)


def test_a_dump_of_both_databases_joins_nothing_to_nothing(neighbours: Neighbours) -> None:
    """One person in two groups, twice in one: no value that is stored is there twice."""
    neighbours.follow_east()
    neighbours.follow_east()
    neighbours.follow(neighbours.west, "street_work", "coordination")
    for names in (NAMES, NAMES, ("Personne", "Inventée")):
        neighbours.ask(names=names)
    with neighbours.town.keystore.reading(Scope(COUNCIL)) as session:
        boxes = list(session.scalars(select(PRESENCES.c.tags_sealed)))
    with neighbours.town.runtime.stores.main.reading(Scope(COUNCIL, whole=True)) as session:
        answers = list(session.scalars(select(QUESTIONS.c.answer_sealed)))
    assert (len(boxes), len(answers)) == (3, 3)
    for values in (boxes, answers):
        assert len({len(one) for one in values}) == 1
        pieces = [one[at : at + 16] for one in values for at in range(len(one) - 15)]
        assert len(pieces) - len(set(pieces)) <= 1


@SQLITE
def test_a_name_that_is_asked_stands_in_no_file_table_line_log_title_or_address(
    neighbours: Neighbours,
    office: Office,
    program: Program,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    person = NewPerson("subject", "Kervadoualen", "Théodulphine", date(2009, 3, 28))
    told = Planted.of(told_of(person))
    sent = {"family_name": person.family_name, "given_name": person.given_name}
    sent["birth_date"] = "28/03/2009"
    neighbours.follow_east(
        family_name=person.family_name, given_name=person.given_name, birth_date=person.birth_date
    )
    with caplog.at_level(logging.DEBUG):
        asked = ask(office.at("street_work"), neighbours, **sent)
        page = office.at("street_work").get(asked.headers["Location"])
        reply = told_to(program, neighbours, **sent)
        refused = ask(office.at("street_work"), neighbours, **sent, group_id="no")
    assert "contactez" in page.text
    assert refused.status_code == 422
    stores = neighbours.town.runtime.stores
    kept = {**files(tmp_path), **dump(stores.main), **dump(stores.keystore_database)}
    kept |= {str(n): leaf for n, leaf in enumerate(opened_leaves(neighbours.town))}
    kept |= {
        "log": caplog.text.encode(),
        "asked": asked.data,
        "page": page.data,
        "reply": reply.data,
    }
    kept |= {"headers": str((asked.headers, page.headers, reply.headers)).encode()}
    assert {name: found for name, one in kept.items() if (found := told.found_in(one))} == {}
    assert told.found_in(refused.data)
    carried = re.findall(r'name="resume" value="([^"]+)"', page.text)
    assert carried
    with office.app.test_request_context():
        assert {read(one) for one in carried} == {Carried(asked.headers["Location"])}


def test_the_box_of_one_case_put_in_place_of_another_s_answers_nothing(
    neighbours: Neighbours,
) -> None:
    """By whoever writes to the key store: to have a case they know answer for somebody else."""
    known = neighbours.follow_east()
    neighbours.follow(neighbours.west, "street_work", "coordination", given_name="Océane")
    with broken_into(neighbours.town.keystore) as owned, owned.engine.begin() as connection:
        other = select(PRESENCES.c.tags_sealed).where(PRESENCES.c.case_id != known)
        box = connection.execute(other).scalar_one()
        moved = update(PRESENCES).where(PRESENCES.c.case_id == known)
        connection.execute(moved.values(tags_sealed=box))
    assert not neighbours.ask().followed
    found = neighbours.ask(names=("Zéphirinquois", "Océane")).contact
    assert found is not None
    assert found.group == "Groupe Ouest"


@POSTGRESQL
def test_a_body_with_raw_sql_finds_its_own_questions_and_no_other(neighbours: Neighbours) -> None:
    neighbours.ask()
    neighbours.ask("police", neighbours.east)
    main = neighbours.town.runtime.stores.main
    for body, count in (("street_work", 1), ("police", 1), ("mission", 0)):
        with main.engine.begin() as connection:
            narrow(connection, Scope(COUNCIL, neighbours.town.bodies[body]))
            found = connection.execute(text("SELECT count(*) FROM presence_questions"))
            assert found.scalar_one() == count, body
