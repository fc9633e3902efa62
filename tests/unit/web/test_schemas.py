from collections.abc import Callable
from datetime import date
from enum import StrEnum
from uuid import UUID

import pytest
from flask import Flask, request
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import fields

from casework.errors import InvalidInput
from casework.web.forms import FormState
from casework.web.load import load
from casework.web.schemas import Choice, Flag, FrenchDate, Identifier, Number, StrictSchema, Text
from casework.web.typed_dates import Era
from tests.unit.web.house import House


class Ground(StrEnum):
    ABSENCE = "absence"
    STREET = "street"


class ReferralSchema(StrictSchema):
    name = Text(12, required=True)
    fact = Text(20, lines=True)
    born_on = FrenchDate(Era.PAST)
    case_id = Identifier()
    version = Number(1, 9)
    ground = Choice(Ground)
    told = Flag()
    grounds = fields.List(Choice(Ground), load_default=list)


Load = Callable[..., dict[str, object]]


@pytest.fixture
def given_form() -> Load:
    house = House()

    def read(**data: object) -> dict[str, object]:
        with house.app.test_request_context(method="POST", data=data):
            return load(ReferralSchema)

    return read


@pytest.fixture
def given_json() -> Load:
    house = House()

    def read(**data: object) -> dict[str, object]:
        with house.app.test_request_context(method="POST", json=data):
            return load(ReferralSchema)

    return read


def faults(read: Load, **data: object) -> dict[str, list[str]]:
    with pytest.raises(InvalidInput) as refused:
        read(**data)
    return refused.value.fields


def test_a_form_becomes_values(given_form: Load) -> None:
    values = given_form(
        name=" Exemple ",
        fact="un\r\ndeux",
        born_on="4/3/10",
        case_id=str(UUID(int=5)),
        version="3",
        ground="street",
        told="yes",
        grounds=["street", "absence"],
        csrf_token="t",
        button="next",
        resume="r",
    )
    assert values == {
        "name": "Exemple",
        "fact": "un\ndeux",
        "born_on": date(2010, 3, 4),
        "case_id": UUID(int=5),
        "version": 3,
        "ground": Ground.STREET,
        "told": True,
        "grounds": [Ground.STREET, Ground.ABSENCE],
    }


def test_what_is_left_empty_is_absent(given_form: Load, given_json: Load) -> None:
    empty = {"fact": None, "born_on": None, "case_id": None, "version": None, "ground": None}
    expected: dict[str, object] = {"name": "A", **empty, "told": False, "grounds": []}
    assert given_form(name="A", fact=" ", born_on="", ground="") == expected
    assert given_json(name="A", fact=None, told=False) == expected


@pytest.mark.parametrize("name", ["", "  ", "\u200b", None])
def test_a_needed_field_is_asked_for_in_french(given_json: Load, name: object) -> None:
    assert faults(given_json, name=name) == {"name": ["Ce champ est nécessaire."]}


def test_all_faults_are_told_at_once_and_never_a_value(given_form: Load) -> None:
    told = faults(
        given_form,
        name="x" * 13,
        born_on="32/13",
        case_id="7",
        version="12",
        ground="other",
        told="si",
    )
    assert set(told) == {"name", "born_on", "case_id", "version", "ground", "told"}
    assert "other" not in str(told)


def test_an_unknown_field_is_refused_without_repeating_hostile_names(given_form: Load) -> None:
    assert faults(given_form, name="A", admin="yes") == {
        "admin": ["Ce champ n’est pas attendu ici."]
    }
    assert set(faults(given_form, name="A", **{"<script>": "yes"})) == {"_schema"}


def test_a_scalar_sent_twice_is_refused(given_form: Load) -> None:
    assert set(faults(given_form, name=["A", "B"])) == {"name"}


@pytest.mark.parametrize("bad", ["\ud800", "a\x00b", "\u202eabc"])
def test_unwritable_text_is_refused(given_json: Load, bad: str) -> None:
    assert set(faults(given_json, name=bad)) == {"name"}


@pytest.mark.parametrize("bad", [True, 1.5, "1e3", [], {}, 2**63, "٣", "9" * 5000])
def test_only_a_small_whole_number_is_a_number(given_json: Load, bad: object) -> None:
    assert set(faults(given_json, name="A", version=bad)) == {"version"}


@pytest.mark.parametrize("bad", [7, ["x"], {"a": 1}, True])
@pytest.mark.parametrize("field", ["name", "born_on", "case_id", "ground"])
def test_json_of_another_type_is_a_fault_and_no_crash(
    given_json: Load, field: str, bad: object
) -> None:
    assert field in faults(given_json, **{"name": "A", field: bad})


@pytest.mark.parametrize(
    "body", ["", "{", "[]", "3", "null", "[" * 100_000, '{"name": ' + "9" * 5000 + "}"]
)
def test_a_body_that_is_no_object_is_refused(body: str) -> None:
    with (
        House().app.test_request_context(method="POST", data=body, content_type="application/json"),
        pytest.raises(InvalidInput),
    ):
        load(ReferralSchema)


HOUSE = House()
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
)


@given(st.dictionaries(st.sampled_from(list(ReferralSchema().fields)), ANYTHING))
def test_no_json_makes_it_crash(body: dict[str, object]) -> None:
    with HOUSE.app.test_request_context(method="POST", json=body):
        try:
            values = load(ReferralSchema)
        except InvalidInput:
            return
        assert isinstance(values["name"], str)


def test_a_refused_form_keeps_what_was_typed() -> None:
    app: Flask = House().app
    with app.test_request_context(method="POST", data={"born_on": "32/13", "grounds": ["a", "b"]}):
        state = FormState.refused(InvalidInput({"born_on": ["Non."]}))
        assert request.form
    assert state.value("born_on") == "32/13"
    assert state.errors_of("born_on") == ["Non."]
    assert state.holds("grounds", "b")
    assert not state.holds("grounds", "c")


def test_a_form_shows_values_as_people_write_them() -> None:
    state = FormState({"on": date(2026, 11, 3), "told": True, "ground": Ground.STREET})
    assert state.value("on") == "03/11/2026"
    assert state.holds("told", "yes")
    assert state.holds("ground", "street")
    assert state.value("absent") == ""
    assert not state.holds("absent", "None")
