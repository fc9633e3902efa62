import re
from html import unescape

import pytest
from flask import Flask, request

from casework.web.guard import needs
from casework.web.permissions import Public
from casework.web.resume import carry_on, gather, read
from tests.unit.web.house import OURS, House, member, page, turned_out

TYPED = {"words": "Vu trois fois <b>", "password": "secret", "csrf_token": "t", "button": "next"}


def add(app: Flask) -> None:
    page(app, "/keep", lambda: f"kept {request.form['words']}", "GET", "POST")

    @needs(Public.SIGN_IN)
    def sign_in() -> object:
        return carry_on(request.form.get("resume", ""), "/home")

    app.add_url_rule("/connexion", "enter", sign_in, methods=["POST"])  # type: ignore[arg-type]


@pytest.fixture
def house() -> House:
    return House(add)


def hidden(html: str, name: str) -> str:
    return unescape(re.findall(rf'name="{name}" value="([^"]*)"', html)[0])


def test_what_was_typed_comes_back_after_signing_in_again(house: House) -> None:
    house.who = turned_out()
    client = house.client()
    ended = client.post("/keep?page=2", data=TYPED, headers=OURS)
    assert ended.status_code == 401
    sent = {"resume": hidden(ended.text, "resume"), "csrf_token": hidden(ended.text, "csrf_token")}
    back = client.post("/connexion", data=sent, headers=OURS).text
    house.who = member()
    assert 'action="/keep?page=2"' in back
    assert hidden(back, "words") == "Vu trois fois <b>"
    assert hidden(back, "button") == "next"
    assert "secret" not in back
    assert "<li>Vu trois fois &lt;b&gt;</li>" in back
    assert "<li>next</li>" not in back
    form = {"words": hidden(back, "words"), "csrf_token": client.get("/token").text}
    assert client.post("/keep", data=form, headers=OURS).text == "kept Vu trois fois <b>"


def test_a_page_asked_for_is_opened_after_signing_in(house: House) -> None:
    house.who = turned_out()
    client = house.client()
    ended = client.get("/keep?page=2")
    sent = {"resume": hidden(ended.text, "resume"), "csrf_token": hidden(ended.text, "csrf_token")}
    back = client.post("/connexion", data=sent, headers=OURS)
    assert (back.status_code, back.location) == (303, "/keep?page=2")


def test_a_form_of_another_site_is_never_carried(house: House) -> None:
    house.who = turned_out()
    crossed = house.client().post("/keep", data=TYPED, headers={"Sec-Fetch-Site": "cross-site"})
    assert crossed.status_code == 403
    assert "Vu trois fois" not in crossed.text
    assert 'name="resume"' not in crossed.text


@pytest.mark.parametrize("token", ["", "x", "WyIvIiwgW10sIGZhbHNlXQ.bad"])
def test_a_text_we_did_not_sign_carries_nothing(house: House, token: str) -> None:
    with house.app.test_request_context():
        assert read(token) is None


def test_a_changed_text_carries_nothing(house: House) -> None:
    with house.app.test_request_context("/keep", method="POST", data=TYPED, headers=OURS):
        token = gather()
        assert token
        assert read(token) is not None
        assert read(f"x{token}") is None


def test_an_address_that_does_not_exist_is_not_carried(house: House) -> None:
    with house.app.test_request_context("//evil.example/", method="GET"):
        assert gather() is None
