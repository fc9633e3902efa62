"""Recorded steps: what the charter allows, what the procedure guards, what stays readable."""

from collections.abc import Mapping
from uuid import UUID

import pytest

from casework.audit.actions import Act
from casework.audit.lines import Asked
from casework.cases.orders import StepOrder
from casework.cases.procedures.steps import Step
from casework.errors import AccessDenied, Conflict, InvalidInput, StepRefused
from casework.identity import Reason
from tests.office import Office
from tests.town import Town

SIGNAL = {"signalled_to": "prosecutor", "signalled_on": "2026-11-20", "persons_told": "yes"}


def take(town: Town, case_id: UUID, answers: Mapping[str, str], body: str = "coordination") -> None:
    version = town.runtime.cases.read(town.who("coordination"), Reason.DUTY, case_id).head.version
    order = StepOrder(case_id, version, Step.SIGNAL, answers)
    town.runtime.stepping.take(town.who(body), Reason.DUTY, order)


@pytest.fixture
def followed(town: Town) -> UUID:
    case_id = town.refer()
    town.follow(case_id)
    town.name(case_id, "school")
    return case_id


def test_a_step_is_read_by_those_who_read_its_part(town: Town, followed: UUID) -> None:
    take(town, followed, SIGNAL)
    for body in ("coordination", "school"):
        (taken,) = town.runtime.cases.read(town.who(body), Reason.DUTY, followed).steps
        assert (taken.step, taken.answers) == (Step.SIGNAL, SIGNAL)


def test_a_step_leaves_its_line_and_none_of_its_words(town: Town, followed: UUID) -> None:
    take(town, followed, SIGNAL)
    asked = Asked(acts=frozenset({Act.CASE_SIGNALLED}))
    (line,) = town.runtime.register.read(town.who("dpo"), asked).lines
    assert line.case_id == followed
    assert line.article
    assert "prosecutor" not in str(line)


def test_a_step_that_the_charter_does_not_open_is_as_if_the_case_were_not(
    town: Town, followed: UUID
) -> None:
    for body in ("school", "police"):
        with pytest.raises(AccessDenied):
            take(town, followed, SIGNAL, body)
    assert town.runtime.cases.read(town.who("coordination"), Reason.DUTY, followed).steps == ()


def test_a_step_of_another_procedure_is_refused_to_those_who_know_the_case_alone(
    town: Town, followed: UUID
) -> None:
    order = StepOrder(followed, 99, Step.SUMMON, {})
    with pytest.raises(Conflict):
        town.runtime.stepping.take(town.who("coordination"), Reason.DUTY, order)
    with pytest.raises(AccessDenied):
        town.runtime.stepping.take(town.who("police"), Reason.DUTY, order)


def test_a_page_of_an_older_version_takes_no_step(town: Town, followed: UUID) -> None:
    order = StepOrder(followed, 1, Step.SIGNAL, SIGNAL)
    with pytest.raises(Conflict):
        town.runtime.stepping.take(town.who("coordination"), Reason.DUTY, order)


def test_what_lacks_is_told_by_its_field_and_nothing_is_recorded(
    town: Town, followed: UUID
) -> None:
    with pytest.raises(InvalidInput) as refused:
        take(town, followed, {"signalled_to": "prosecutor"})
    assert set(refused.value.fields) == {"signalled_on", "persons_told"}
    with pytest.raises(StepRefused) as guarded:
        take(town, followed, {**SIGNAL, "persons_told": "no"})
    assert (guarded.value.reason, guarded.value.source) == ("untold-because", "CASF, L. 226-2-1")
    assert town.runtime.cases.read(town.who("coordination"), Reason.DUTY, followed).steps == ()


def test_a_step_is_taken_on_its_page_and_told_in_the_timeline(office: Office) -> None:
    case_id = office.town.refer()
    office.town.follow(case_id)
    desk = office.at("coordination")
    url = f"/situations/{case_id}/etapes/signal"
    page = desk.get(f"/situations/{case_id}")
    assert "Inscrire un signalement" in page.text
    form = desk.get(url)
    short = desk.post(url, form, signalled_to="prosecutor", persons_told="yes")
    assert short.status_code == 422
    assert "Ce champ est nécessaire." in short.text
    told = {"signalled_to": "prosecutor", "signalled_on": "20/11/2026", "persons_told": "yes"}
    assert desk.post(url, form, **told).status_code == 303
    shown = desk.get(f"/situations/{case_id}").text
    assert "Signalement inscrit." in shown
    assert "Le procureur de la République" in shown


def test_the_page_of_a_step_that_cannot_be_taken_does_not_exist(office: Office) -> None:
    case_id = office.town.refer()
    office.town.follow(case_id)
    office.town.name(case_id, "school")
    for body, step in (
        ("coordination", "summon"),
        ("coordination", "nonsense"),
        ("school", "signal"),
    ):
        answer = office.at(body).get(f"/situations/{case_id}/etapes/{step}")
        assert answer.status_code == 404
