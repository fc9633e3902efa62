import re

from flask import Flask

from casework.web.guard import needs
from casework.web.permissions import Public
from tests.unit.web.house import House, page


def test_every_answer_is_hardened_and_kept_nowhere() -> None:
    headers = House().client().get("/accessibilite").headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Strict-Transport-Security"].startswith("max-age=")
    assert "camera=()" in headers["Permissions-Policy"]


def test_the_policy_runs_only_the_scripts_of_this_answer() -> None:
    client = House().client()
    first, second = client.get("/accessibilite"), client.get("/accessibilite")
    policy = first.headers["Content-Security-Policy"]
    nonce = re.findall(r"'nonce-([^']+)'", policy)[0]
    assert f'nonce="{nonce}"' in first.text.replace("&#43;", "+")
    assert nonce not in second.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "require-trusted-types-for 'script'; trusted-types htmx" in policy
    assert "unsafe" not in policy


def test_an_answer_without_scripts_allows_none() -> None:
    answer = House().client().get("/nowhere")
    assert "script-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "<script" not in answer.text


def test_the_form_cookie_is_for_this_host_and_no_script() -> None:
    cookie = House().client().get("/token").headers["Set-Cookie"]
    assert cookie.startswith("__Host-cw-form=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))


def test_too_large_a_body_is_refused_with_a_sentence() -> None:
    def add(app: Flask) -> None:
        page(app, "/keep", lambda: "kept", "POST")

    body = {"words": "x" * (1024 * 1024 + 1)}
    headers = {"Sec-Fetch-Site": "same-origin"}
    answer = House(add).client().post("/keep", data=body, headers=headers)
    assert answer.status_code == 413
    assert "Envoi trop volumineux" in answer.text


def test_a_public_page_can_be_added() -> None:
    def add(app: Flask) -> None:
        app.add_url_rule("/open", "open", needs(Public.HEALTH)(lambda: "open"))

    assert House(add).client().get("/open").text == "open"
