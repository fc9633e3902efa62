"""What a step was answered, held against what it asks."""

from datetime import date

import pytest

from casework.cases.procedures.answers import check_answers
from casework.cases.procedures.procedure import Field, FieldKind
from casework.charters.vocabulary import ListName
from casework.errors import InvalidInput
from tests.unit.charters.gsn import gsn

GSN = gsn()
TODAY = date(2026, 11, 23)
DAY = Field(name="on", kind=FieldKind.DAY)
COMING = Field(name="on", kind=FieldKind.DAY, coming=True)
CODES = Field(name="codes", kind=FieldKind.CODES, list=ListName.DELAY_REASONS)
CHOICE = Field(name="choice", kind=FieldKind.CODE, choices=("one", "two"))
YES_NO = Field(name="told", kind=FieldKind.YES_NO, required=False)
LINE = Field(name="place", kind=FieldKind.LINE)
TEXT = Field(name="words", kind=FieldKind.TEXT)


def faults(field: Field, **said: str) -> list[str]:
    with pytest.raises(InvalidInput) as refused:
        check_answers((field,), said, GSN, TODAY)
    assert all(any(sentences) for sentences in refused.value.fields.values())
    return sorted(refused.value.fields)


def test_what_was_answered_comes_back_without_what_is_empty() -> None:
    said = {"on": "2026-11-20", "told": ""}
    assert check_answers((DAY, YES_NO), said, GSN, TODAY) == {"on": "2026-11-20"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (DAY, ""),
        (DAY, "20/11/2026"),
        (DAY, "2026-11-24"),
        (COMING, "2026-11-22"),
        (CHOICE, "three"),
        (CODES, "danger,invented"),
        (YES_NO, "perhaps"),
        (LINE, "x" * 161),
        (TEXT, "Vu avec 2 10 05 67 482 123 45"),
        (TEXT, "x" * (GSN.texts.free_text_max + 1)),
    ],
)
def test_an_answer_that_does_not_fit_is_told_by_its_field(field: Field, value: str) -> None:
    assert faults(field, **{field.name: value}) == [field.name]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (CHOICE, "two"),
        (CODES, "danger"),
        (CODES, "danger,address_unknown"),
        (YES_NO, "yes"),
        (YES_NO, "no"),
        (LINE, "x" * 160),
        (TEXT, "x" * GSN.texts.free_text_max),
    ],
)
def test_an_answer_that_fits_is_taken_as_it_is(field: Field, value: str) -> None:
    said = {field.name: value}
    assert check_answers((field,), said, GSN, TODAY) == said


def test_of_one_code_several_are_no_answer() -> None:
    assert faults(CHOICE, choice="one,two") == ["choice"]


def test_a_field_that_nobody_asked_for_is_refused() -> None:
    assert faults(DAY, on="2026-11-20", more="x") == ["more"]


def test_today_has_come_and_is_coming() -> None:
    for field in (DAY, COMING):
        assert check_answers((field,), {"on": "2026-11-23"}, GSN, TODAY)
