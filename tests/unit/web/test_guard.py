from dataclasses import replace
from datetime import date

import pytest
from flask import Flask
from flask.views import MethodView

from casework.errors import Misconfigured
from casework.identity import operator
from casework.web.guard import access_matrix, needs, principal, service
from casework.web.permissions import Permission, Public
from tests.unit.web.house import COUNCIL, House, member, page, turned_out


def home(app: Flask) -> None:
    page(app, "/home", lambda: "home")


def test_a_route_without_a_mark_keeps_the_application_from_starting() -> None:
    with pytest.raises(Misconfigured) as refusal:
        House(lambda app: app.add_url_rule("/open", "open", lambda: "open"))
    assert refusal.value.faults == ("route without @needs: /open",)


def test_one_unmarked_method_of_a_class_keeps_the_application_from_starting() -> None:
    class Cases(MethodView):
        @needs(Permission.CASE_LIST)
        def get(self) -> str:
            return "cases"

        def post(self) -> str:
            return "posted"

    with pytest.raises(Misconfigured):
        House(lambda app: app.add_url_rule("/cases", view_func=Cases.as_view("cases")))


def test_a_stranger_is_turned_away_from_every_marked_route() -> None:
    house = House(home)
    house.who = turned_out()
    assert house.client().get("/home").status_code == 401
    assert house.client().head("/home").status_code == 401
    assert house.client().get("/healthz").status_code == 200


def test_an_operator_has_no_page() -> None:
    house = House(home)
    house.who = operator(COUNCIL, "informatique")
    assert house.client().get("/home").status_code == 401


@pytest.mark.parametrize("who", [member(signed=False), member(until=date(2026, 11, 21))])
def test_rule_01_without_a_valid_undertaking_only_help_opens(who: object) -> None:
    house = House(home)
    house.who = who  # type: ignore[assignment]  # both parameters are principals
    refused = house.client().get("/home")
    assert refused.status_code == 403
    assert "/charte" in refused.text
    assert house.client().get("/aide").status_code == 200


def test_while_the_body_owes_an_answer_only_help_and_the_answer_open() -> None:
    def add(app: Flask) -> None:
        home(app)
        app.add_url_rule("/answer", "answer", needs(Permission.REVIEW_ANSWER)(lambda: "answer"))
        app.add_url_rule("/follow", "follow", needs(Permission.REVIEW_LIST)(lambda: "follow"))

    house = House(add)
    who = member()
    house.who = replace(who, mandates=(replace(who.mandates[0], suspended=True),))
    for path in ("/home", "/follow"):
        refused = house.client().get(path)
        assert refused.status_code == 403
        assert "/revue" in refused.text
    assert house.client().get("/answer").text == "answer"
    assert house.client().get("/aide").status_code == 200


def test_an_undertaking_is_valid_until_the_end_of_its_last_day() -> None:
    house = House(home)
    house.who = member(until=date(2026, 11, 22))
    assert house.client().get("/home").text == "home"


def test_the_principal_and_the_services_are_those_of_the_request() -> None:
    class Greeting(str):
        __slots__ = ()

    def add(app: Flask) -> None:
        app.extensions["casework"] = {Greeting: Greeting("hello")}
        page(app, "/hello", lambda: f"{service(Greeting)} {principal().session_tag}")

    assert House(add).client().get("/hello").text == "hello one"


def test_the_access_matrix_is_a_sorted_text_without_automatic_methods() -> None:
    def add(app: Flask) -> None:
        page(app, "/both", lambda: "both", "GET", "POST")

    lines = access_matrix(House(add).app).splitlines()
    assert lines == sorted(lines, key=lambda line: line.split()[1::-1])
    assert "GET    /both home:see" in lines
    assert "POST   /both home:see" in lines
    assert "GET    /healthz public:health" in lines
    assert not any(line.startswith(("HEAD", "OPTIONS")) for line in lines)


@pytest.mark.parametrize("kind", [Permission, Public])
def test_published_marks_are_verbs_on_subjects_in_alphabetical_order(kind: object) -> None:
    marks = [str(mark) for mark in kind]  # type: ignore[attr-defined]  # both are enumerations
    assert marks == sorted(marks)
    assert all(mark.count(":") == 1 for mark in marks)
