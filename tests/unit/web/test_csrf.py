import pytest
from flask import Flask, request
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.unit.web.house import OURS, House, member, page, turned_out


def keep(app: Flask) -> None:
    page(app, "/keep", lambda: f"kept {request.form.get('words', '')}", "POST")
    page(app, "/api/v1/cases", lambda: "made", "POST")


@pytest.fixture
def house() -> House:
    return House(keep)


def post(client: FlaskClient, token: str, **headers: str) -> TestResponse:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.post("/keep", data={"words": "text", "csrf_token": token}, headers=sent)


def token_of(client: FlaskClient) -> str:
    return client.get("/token").text


def test_a_form_of_ours_is_kept(house: House) -> None:
    client = house.client()
    assert post(client, token_of(client), **OURS).text == "kept text"
    assert post(client, token_of(client), Origin="https://localhost").text == "kept text"


def test_the_token_may_come_in_a_header(house: House) -> None:
    client = house.client()
    headers = {**OURS, "X-CSRF-Token": token_of(client)}
    assert client.post("/keep", headers=headers).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
        {"Sec_Fetch_Site": "none"},
        {"Sec_Fetch_Site": "cross-site", "Origin": "https://localhost"},
        {"Origin": "https://localhost.evil.example"},
        {"Origin": "null"},
        {},
    ],
)
def test_a_form_that_nothing_vouches_for_is_refused(house: House, headers: dict[str, str]) -> None:
    client = house.client()
    refused = post(client, token_of(client), **headers)
    assert refused.status_code == 403
    assert "text" not in refused.text.replace("text/", "").replace("plain_text", "")


@pytest.mark.parametrize("token", ["", "0" * 64, "é", "\udcff"])
def test_a_wrong_token_is_refused(house: House, token: str) -> None:
    client = house.client()
    token_of(client)
    headers = {**OURS}
    assert (
        client.post(
            "/keep", data={"csrf_token": token.encode("utf-8", "replace")}, headers=headers
        ).status_code
        == 403
    )


def test_a_token_is_bound_to_its_session(house: House) -> None:
    client = house.client()
    token = token_of(client)
    house.who = member(tag="another")
    assert post(client, token, **OURS).status_code == 403
    assert post(house.client(), token, **OURS).status_code == 403


def test_a_form_from_a_former_session_comes_back_ready_to_be_sent_again(house: House) -> None:
    client = house.client()
    token = token_of(client)
    house.who = member(tag="another")
    page_back = post(client, token, **OURS).text
    assert 'name="words" value="text"' in page_back
    assert 'action="/keep"' in page_back
    assert token not in page_back


def test_a_bearer_needs_no_token_and_no_origin(house: House) -> None:
    answer = house.client().post("/api/v1/cases", headers={"Authorization": "Bearer x"})
    assert answer.text == "made"


def test_a_cookie_on_the_api_is_worth_nothing_without_the_token(house: House) -> None:
    client = house.client()
    token_of(client)
    assert client.post("/api/v1/cases", headers=OURS).status_code == 403


def test_a_stranger_on_the_api_is_told_to_sign_in(house: House) -> None:
    house.who = turned_out()
    assert house.client().post("/api/v1/cases").status_code == 401
