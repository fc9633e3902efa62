"""What the forms of accounts accept."""

import pytest
from flask import Flask
from marshmallow import ValidationError

from casework import i18n
from casework.accounts.schemas import FirstPasswordSchema, SignInSchema


@pytest.fixture(autouse=True)
def _language() -> object:
    app = Flask("house")
    i18n.install(app)
    with app.app_context():
        yield


def test_a_password_is_kept_exactly_as_typed() -> None:
    typed = "  espace,\u00a0insécable\tet tabulation "
    assert SignInSchema().load({"login": " anne ", "password": typed})["password"] == typed


@pytest.mark.parametrize("password", ["", 7, None, "x" * 201])
def test_what_is_no_password_is_refused(password: object) -> None:
    with pytest.raises(ValidationError) as refused:
        SignInSchema().load({"login": "anne", "password": password})
    assert list(refused.value.messages) == ["password"]


def test_two_passwords_that_differ_are_refused() -> None:
    given = {"login": "anne", "activation": "ABCD", "code": "123456"}
    with pytest.raises(ValidationError) as refused:
        FirstPasswordSchema().load(
            {**given, "new_password": "une phrase", "password": "Une phrase"}
        )
    assert list(refused.value.messages) == ["password"]
