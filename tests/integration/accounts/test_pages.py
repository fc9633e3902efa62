"""The pages of accounts, browsed as people do."""

import re

import pytest

from tests.front import Browser, field_of
from tests.staff import PASSWORD, Staff


@pytest.fixture
def browser(staff: Staff) -> Browser:
    return Browser.of(staff)


def test_signing_in_leads_home_for_the_ordinary_duty(browser: Browser) -> None:
    answer = browser.sign_in("school")
    assert (answer.status_code, answer.location) == (303, "/")
    assert browser.get("/").text == "home of Mme M. for duty"


def test_rule_11_the_sign_in_page_says_that_readings_are_recorded(browser: Browser) -> None:
    assert "Vos consultations sont enregistrées." in browser.get("/connexion").text


def test_the_cookie_of_a_session_is_kept_from_scripts_and_other_sites(browser: Browser) -> None:
    answer = browser.give_password("school")
    (cookie,) = [one for one in answer.headers.getlist("Set-Cookie") if "__Host-cw=" in one]
    for attribute in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert attribute in cookie
    assert "Domain" not in cookie
    assert "Expires" not in cookie


def test_a_wrong_password_keeps_the_identifier_and_blames_nobody(browser: Browser) -> None:
    page = browser.get("/connexion")
    answer = browser.submit(page, "/connexion", login="school", password="pas celle-ci")
    assert answer.status_code == 401
    assert field_of(answer, "csrf_token")
    assert 'value="school"' in answer.text
    assert "Vérifiez, puis réessayez" in answer.text
    assert "pas celle-ci" not in answer.text


def test_the_code_page_is_shut_to_whoever_gave_no_password(browser: Browser) -> None:
    assert browser.get("/connexion/code").location == "/connexion"


def test_what_was_posted_after_the_session_ended_comes_back_after_signing_in(
    browser: Browser, staff: Staff
) -> None:
    browser.sign_in("school")
    token = field_of(browser.get("/charte"), "csrf_token")
    staff.wait(minutes=21)
    ended = browser.post("/note", token, words="Vu au portail <b>lundi</b>.")
    assert ended.status_code == 401
    carried = field_of(ended, "resume")
    code = browser.submit(ended, "/connexion", login="school", password=PASSWORD, resume=carried)
    back = browser.submit(
        code, "/connexion/code", code=staff.code("school"), resume=field_of(code, "resume")
    )
    assert 'action="/note"' in back.text
    assert field_of(back, "words") == "Vu au portail <b>lundi</b>."
    assert browser.submit(back, "/note", words=field_of(back, "words")).text == "kept"


def test_locking_remembers_who_and_where_and_keeps_no_key(browser: Browser, staff: Staff) -> None:
    browser.sign_in("school")
    page = browser.get("/charte")
    lock = page.text.split('action="/verrouiller')[1].split('"')[0].replace("&amp;", "&")
    browser.submit(page, f"/verrouiller{lock}")
    assert browser.get("/").status_code == 401
    locked = browser.get("/connexion")
    assert "Session verrouillée" in locked.text
    assert 'value="school"' in locked.text
    code = browser.submit(locked, "/connexion", login="school", password=PASSWORD)
    back = browser.submit(code, "/connexion/code", code=staff.code("school"))
    assert back.location == "/charte"


def test_signing_out_ends_the_session_and_takes_the_cookie_back(browser: Browser) -> None:
    browser.sign_in("school")
    left = browser.submit(browser.get("/charte"), "/deconnexion")
    assert left.location == "/connexion"
    assert browser.cookie() is None
    assert browser.get("/").status_code == 401


def test_one_tap_changes_the_reason(browser: Browser, staff: Staff) -> None:
    browser.sign_in("school")
    answer = browser.submit(browser.get("/motif"), "/motif", reason="meeting")
    assert answer.location == "/"
    assert browser.get("/").text.endswith("for meeting")
    assert staff.acts()[-1] == "reason:changed"


def test_the_code_opens_the_session_for_the_reason_given_with_it(
    browser: Browser, staff: Staff
) -> None:
    browser.give_password("school")
    page = browser.get("/connexion/code")
    assert 'value="duty" id="f-reason" checked' in page.text
    wrong = browser.submit(page, "/connexion/code", code="000000", reason="meeting")
    assert re.search(r'value="meeting"[^>]* checked', wrong.text)
    nameless = browser.submit(page, "/connexion/code", code=staff.code("school"), reason="other")
    assert (nameless.status_code, "de 3 à 120 caractères" in nameless.text) == (422, True)
    browser.submit(page, "/connexion/code", code=staff.code("school"), reason="meeting")
    assert browser.get("/").text.endswith("for meeting")
    assert staff.acts()[-1] == "session:opened"


def test_the_reason_changes_in_place_for_a_script_that_asks(browser: Browser) -> None:
    browser.sign_in("school")
    page = browser.get("/charte")
    assert page.text.count("data-in-place") == 5
    answer = browser.submit_in_place(page, "/motif", reason="referral")
    assert answer.json == {"reason": "referral", "words": "la saisine"}
    assert browser.get("/").text.endswith("for referral")
    refused = browser.submit_in_place(page, "/motif", reason="other", words="à")
    assert refused.status_code == 422
    assert '"pointer": "#/words"' in refused.text


def test_without_a_script_one_comes_back_to_the_page_one_left(browser: Browser) -> None:
    browser.sign_in("school")
    page = browser.get("/charte")
    back = field_of(page, "resume")
    assert browser.submit(page, "/motif", reason="meeting", resume=back).location == "/charte"
    typed = browser.submit(page, "/motif", reason="other", words="x", resume=back)
    assert typed.status_code == 422
    assert field_of(typed, "resume") == back
    assert 'value="x"' in typed.text


def test_a_reason_of_controllers_is_not_a_members_to_give(browser: Browser) -> None:
    browser.sign_in("school")
    answer = browser.submit(browser.get("/motif"), "/motif", reason="control")
    assert answer.status_code == 422


def test_a_new_account_is_taken_over_with_a_phone_and_a_password(staff: Staff) -> None:
    browser = Browser.of(staff)
    made = staff.accounts.enrolment.add_account(staff.root, staff.town.members["police"], "police")
    first = browser.get("/activation")
    second = browser.submit(first, "/activation", login="police", activation=made.code)
    assert "<svg" in second.text
    assert "style=" not in second.text
    secret = second.text.split("<code>")[1].split("</code>")[0].replace(" ", "")
    staff.learn("police", secret)
    weak = browser.submit(
        second,
        "/activation/mot-de-passe",
        login="police",
        activation=made.code,
        new_password="court",
        password="court",
        code=staff.code("police"),
    )
    assert weak.status_code == 422
    assert "Douze caractères au moins" in weak.text
    done = browser.submit(
        weak,
        "/activation/mot-de-passe",
        login="police",
        activation=made.code,
        new_password=PASSWORD,
        password=PASSWORD,
        code=staff.code("police"),
    )
    assert done.location == "/connexion"
    staff.wait(seconds=30)
    assert browser.sign_in("police").location == "/"


def test_stepping_up_asks_for_the_next_code_and_changes_the_cookie(
    browser: Browser, staff: Staff
) -> None:
    browser.sign_in("school")
    before = browser.cookie()
    page = browser.get("/connexion/confirmation")
    answer = browser.submit(page, "/connexion/confirmation", code=staff.code("school"))
    assert answer.location == "/"
    assert browser.cookie() != before
    assert browser.get("/").status_code == 200
