"""The form of a report to the mayor: what it must hold, and the referral that it makes."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from marshmallow import ValidationError

from casework import i18n
from casework.cases.ceilings import ceiling
from casework.cases.forms.reminder import FORM, ConcernedPage, reminder_referral
from casework.cases.procedures.steps import Step
from casework.cases.values import NewReferral
from casework.charters.vocabulary import CaseKind
from casework.web import dates
from tests.fakes import FixedClock

GROUP = UUID(int=7)


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    """Let forms ask what day it is."""
    app = Flask(__name__)
    i18n.install(app)
    dates.install(app, FixedClock())
    with app.test_request_context():
        yield


MINOR = {
    "age": "minor",
    "family_name": "Grondinelle",
    "given_name": "Théodule",
    "birth_date": "17/05/2012",
    "commune": "67447",
    "parent_family_name": "Grondinelle",
}
FACT = {"reason": "noise", "fact": "Musique.", "fact_on": "20/11/2026", "place": "Square inventé"}
SAID = {"origin": "municipal_police", "reporter": "Mme Pervanchou"}


def faults(**changed: str) -> dict[str, Any]:
    with pytest.raises(ValidationError) as refused:
        ConcernedPage().load({**MINOR, **changed})
    assert isinstance(refused.value.messages, dict)
    return refused.value.messages


def made(**changed: str) -> NewReferral:
    typed = {**MINOR, **FACT, **SAID, **changed}
    values: dict[str, Any] = {}
    for number, page in FORM.pages.items():
        names = FORM.names(number)
        values |= page().load({name: typed[name] for name in names if typed.get(name)})
    return reminder_referral(GROUP, values)


def test_a_minor_without_a_date_of_birth_is_not_reported() -> None:
    assert set(faults(birth_date="")) == {"birth_date"}


@pytest.mark.parametrize(("age", "birth_date"), [("minor", "17/05/1985"), ("adult", "17/05/2012")])
def test_a_date_of_birth_and_the_age_that_is_said_agree(age: str, birth_date: str) -> None:
    assert set(faults(age=age, birth_date=birth_date)) == {"birth_date"}


def test_an_age_is_minor_or_adult_and_nothing_else() -> None:
    assert "age" in faults(age="old")


def test_an_adult_may_be_reported_without_a_date_of_birth_and_without_parents() -> None:
    report = made(age="adult", birth_date="")
    (person,) = report.persons
    assert (person.relation, person.birth_date) == ("subject", None)
    kept_until = ceiling(CaseKind.REMINDER, (None,), date(2026, 11, 23))
    assert kept_until == date(2029, 11, 23)


def test_a_report_keeps_its_place_as_its_first_step_and_informs_nobody_yet() -> None:
    report = made()
    assert [one.relation for one in report.persons] == ["subject", "legal_representative"]
    assert [(one.step, one.answers) for one in report.records] == [
        (Step.REFER, {"place": "Square inventé"})
    ]
    assert (report.kind, report.informed_on, report.delay_reason) == (
        CaseKind.REMINDER,
        None,
        None,
    )


def test_every_field_says_who_will_read_it_and_is_read_over() -> None:
    names = {name for page in FORM.pages for name in FORM.names(page)}
    assert set(FORM.parts) == names == set(FORM.labels)
    assert {name for section in FORM.sections for name in section.names} == names
