"""A text asks its author before it is kept; a social-security number is not kept at all."""

from uuid import UUID

import pytest

from casework.errors import InvalidInput
from casework.identity import Reason
from tests.office import Office
from tests.town import Town

DOUBTFUL = "Il est schizophrène."
NUMBER = "2 10 05 67 482 123 45"


@pytest.fixture
def followed(town: Town) -> UUID:
    case_id = town.refer()
    town.follow(case_id)
    return case_id


def test_a_text_is_kept_once_its_author_has_read_it_again(office: Office) -> None:
    case_id = office.town.refer()
    office.town.follow(case_id)
    desk, url = office.at("coordination"), f"/situations/{case_id}/contributions"
    page = desk.get(f"/situations/{case_id}")
    asked = desk.press(url, page, text=DOUBTFUL)
    assert asked.status_code == 422
    assert "Cela parle-t-il de santé" in asked.text
    assert DOUBTFUL in asked.text
    assert "J’ai relu ce texte et je le garde ainsi." in asked.text
    assert DOUBTFUL not in desk.get(f"/situations/{case_id}").text
    assert desk.press(url, page, text=DOUBTFUL, reread="yes").status_code == 303
    assert DOUBTFUL in desk.get(f"/situations/{case_id}").text


def test_what_is_asked_while_writing_is_answered_and_forgotten(office: Office) -> None:
    desk = office.at("street_work")
    page = desk.get("/saisines/nouvelle")
    answer = desk.press("/relecture", page, text=DOUBTFUL)
    assert "Cela parle-t-il de santé" in answer.get_json()["questions"][0]
    assert DOUBTFUL not in answer.text
    assert desk.press("/relecture", page, text="Il est venu mardi.").json == {"questions": []}
    assert desk.press("/relecture", page, text="").json == {"questions": []}


def test_rule_06_a_social_security_number_is_refused_wherever_one_writes(
    town: Town, followed: UUID
) -> None:
    coordinator = town.who("coordination")
    cases = town.runtime.cases
    with pytest.raises(InvalidInput):
        cases.contribute(coordinator, Reason.DUTY, followed, NUMBER)
    with pytest.raises(InvalidInput):
        cases.note(coordinator, Reason.DUTY, followed, NUMBER)
    with pytest.raises(InvalidInput):
        town.refer(fact=f"Vu avec {NUMBER}")


def test_rule_06_not_even_by_saying_one_has_read_it_again(office: Office) -> None:
    case_id = office.town.refer()
    office.town.follow(case_id)
    desk = office.at("coordination")
    page = desk.get(f"/situations/{case_id}")
    answer = desk.press(f"/situations/{case_id}/contributions", page, text=NUMBER, reread="yes")
    assert answer.status_code == 422
    assert "Retirez ce numéro" in answer.text
