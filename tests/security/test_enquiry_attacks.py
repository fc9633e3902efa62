"""Enquiries against members who are not the officer, and against whoever writes by SQL."""

from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from casework.audit.verify import Extent
from casework.db.model import Model
from casework.enquiries.values import NewEnquiry
from casework.keys.values import Withheld
from tests.office import Desk, office_of
from tests.postgres import broken_into
from tests.town import Town

ENQUIRIES = Model.metadata.tables["enquiries"]
NOBODY = UUID(int=7)
ASKED = NewEnquiry((0,), "hours", "Pourquoi ce soir-là, au fait ?", "Mme Inventée")
LIST = "/dpd/examen/enquetes"
PAGES = (
    *("/dpd/examen", "/dpd/examen?jours=no", LIST, f"{LIST}?avant=no", f"{LIST}/{{}}"),
    *(f"{LIST}/nouvelle", f"{LIST}/nouvelle?entrees=0", f"{LIST}/nouvelle?entrees=no"),
)
WRITES = {
    LIST: {"entrees": "0", "question": "Pourquoi ?", "addressee": "Mme Inventée"},
    f"{LIST}/{{}}/reponse": {"version": "1", "answer": "Parce que."},
    f"{LIST}/{{}}/conclusion": {"version": "1", "conclusion": "founded"},
}


@pytest.fixture
def enquiry_id(town: Town) -> UUID:
    return town.runtime.examining.enquiries.open(town.who("dpo"), ASKED)


def answers_of(desk: Desk, enquiry_id: UUID) -> list[TestResponse]:
    """Return everything that a member is answered, whatever they ask and however wrongly."""
    page, asked = desk.get("/"), [one.format(enquiry_id) for one in PAGES]
    answers = [desk.get(one) for one in asked]
    for path, fields in WRITES.items():
        answers += [desk.press(path.format(enquiry_id), page, **one) for one in (fields, {})]
    return answers


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
def test_whoever_is_not_the_officer_is_told_the_same_everywhere(
    town: Town, tmp_path: Path, enquiry_id: UUID
) -> None:
    office = office_of(town, tmp_path)
    for body in ("coordination", "street_work", "archives"):
        desk = office.at(body)
        absent = desk.get(f"/situations/{NOBODY}")
        told = {(one.status_code, one.data) for one in answers_of(desk, enquiry_id)}
        assert told == {(404, absent.data)}, body
    found = town.runtime.examining.enquiries.page(town.who("dpo")).enquiries
    assert [(one.id, one.state) for one in found] == [(enquiry_id, "open")]


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
def test_the_officer_opens_each_of_these_pages(
    town: Town, tmp_path: Path, enquiry_id: UUID
) -> None:
    desk = office_of(town, tmp_path).at("dpo")
    statuses = [desk.get(one.format(enquiry_id)).status_code for one in PAGES]
    assert statuses == [200, 422, 200, 422, 200, 303, 200, 422]
    page = desk.get(f"{LIST}/{enquiry_id}")
    for version, (path, fields) in enumerate(list(WRITES.items())[1:], start=1):
        sent = {**fields, "version": str(version)}
        said = [desk.press(path.format(enquiry_id), page, **sent).status_code for _ in range(2)]
        assert said == [303, 409]


def test_a_text_moved_to_another_enquiry_stays_shut_and_the_register_names_the_place(
    town: Town, enquiry_id: UUID
) -> None:
    other = town.runtime.examining.enquiries.open(town.who("dpo"), ASKED)
    with broken_into(town.runtime.stores.main) as owned, owned.engine.begin() as connection:
        asked = select(ENQUIRIES.c.question_sealed).where(ENQUIRIES.c.id == enquiry_id)
        moved = update(ENQUIRIES).where(ENQUIRIES.c.id == other)
        connection.execute(moved.values(question_sealed=connection.scalar(asked)))
    found = town.runtime.examining.enquiries.read(town.who("dpo"), other)
    assert found.question == Withheld("broken")
    assert found.addressee == ASKED.addressee
    faults = town.runtime.register.verify(town.who("dpo"), Extent(rows=True)).faults
    assert [one.where for one in faults] == [f"enquiries.question_sealed:{other}"]


def test_an_enquiry_given_to_another_body_by_sql_does_not_open_for_it(
    town: Town, enquiry_id: UUID
) -> None:
    school = town.bodies["school"]
    with broken_into(town.runtime.stores.main) as owned, owned.engine.begin() as connection:
        connection.execute(update(ENQUIRIES).values(organisation_id=school))
    impostor = replace(town.who("dpo"), organisation_id=school)
    found = town.runtime.examining.enquiries.read(impostor, enquiry_id)
    assert {found.question, found.addressee, found.lines, found.card} == {Withheld("no-key")}
