"""Guessing passwords and codes: what it costs, and whom it may not hinder."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import event

from casework.accounts.values import Client
from casework.errors import (
    SignInRefused,
    TooManyAttempts,
    Unavailable,
)
from tests.front import Browser
from tests.occupied import occupied
from tests.staff import ELSEWHERE, OFFICE, PASSWORD, Staff, employ

WRONG = "ce n’est pas celle-ci"


def fail(staff: Staff, times: int, client: Client = ELSEWHERE, login: str = "school") -> None:
    for _ in range(times):
        with pytest.raises(SignInRefused):
            staff.accounts.signing_in.sign_in(login, WRONG, client)


def test_an_unknown_account_gets_the_same_answer(staff: Staff) -> None:
    browser = Browser.of(staff)
    answers = []
    for login in ("school", "nobody"):
        page = browser.get("/connexion")
        answer = browser.submit(page, "/connexion", login=login, password=WRONG)
        shown = answer.text.partition("<main")[2].replace(login, "…")
        answers.append((answer.status_code, shown))
    assert answers[0] == answers[1]


@pytest.mark.parametrize("login", ["school", "nobody"])
def test_an_unknown_account_waits_for_argon2_like_a_known_one(staff: Staff, login: str) -> None:
    lane = staff.accounts.signing_in.passwords.lane
    lane._patience = 0.01
    with occupied(lane, 2):
        for _ in range(7):  # an attempt that we could not try does not count
            with pytest.raises(Unavailable):
                staff.accounts.signing_in.sign_in(login, WRONG, ELSEWHERE)
    fail(staff, 1, login=login)


def test_guessing_from_elsewhere_has_to_wait_longer_and_longer(staff: Staff) -> None:
    fail(staff, 5)
    with pytest.raises(TooManyAttempts) as first:
        staff.accounts.signing_in.sign_in("school", WRONG, ELSEWHERE)
    staff.wait(seconds=first.value.after)
    fail(staff, 1)
    with pytest.raises(TooManyAttempts) as second:
        staff.accounts.signing_in.sign_in("school", PASSWORD, ELSEWHERE)
    assert second.value.after == 2 * first.value.after


def test_a_member_cannot_be_locked_out_of_their_own_browser(staff: Staff) -> None:
    device = staff.sign_in("school").device
    fail(staff, 5)
    with pytest.raises(TooManyAttempts):
        staff.half("school")
    assert staff.half("school", Client(OFFICE.network, device))


def test_a_device_cookie_of_somebody_else_or_forged_gives_no_counter(staff: Staff) -> None:
    staff.enrol("police")
    device = staff.sign_in("police").device
    fail(staff, 5)
    for cookie in (device, "A" * len(device), device[:-4] + "AAAA", "é", ""):
        with pytest.raises(TooManyAttempts):
            staff.half("school", Client(OFFICE.network, cookie))


def test_a_known_device_is_counted_as_well(staff: Staff) -> None:
    own = Client(OFFICE.network, staff.sign_in("school").device)
    fail(staff, 5, own)
    with pytest.raises(TooManyAttempts):
        staff.half("school", own)


def test_knowing_the_password_does_not_buy_guesses_at_the_code(staff: Staff) -> None:
    def guess() -> str:
        try:
            secret = staff.half("school", ELSEWHERE)
            staff.accounts.signing_in.verify_code(secret, "000000", ELSEWHERE)
        except (SignInRefused, TooManyAttempts) as refused:
            return type(refused).__name__
        return "opened"

    told = [guess() for _ in range(6)]
    assert told.count("SignInRefused") == 2
    assert set(told[2:]) == {"TooManyAttempts"}


def test_many_names_from_one_network_have_to_wait_too(staff: Staff) -> None:
    for number in range(20):
        fail(staff, 1, login=f"guess{number}")
    with pytest.raises(TooManyAttempts):
        staff.accounts.signing_in.sign_in("another", WRONG, ELSEWHERE)


def test_two_workers_count_the_same_failures(staff: Staff) -> None:
    database = staff.town.address.connect()
    other = employ(staff.town, database)
    workers = [staff.accounts.signing_in, other.accounts.signing_in]

    def knock(number: int) -> str:
        try:
            workers[number % 2].sign_in("school", WRONG, ELSEWHERE)
        except (SignInRefused, TooManyAttempts) as refused:
            return type(refused).__name__
        return "opened"

    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(knock, range(12)))
    database.engine.dispose()
    assert told.count("SignInRefused") == 5
    assert told.count("TooManyAttempts") == 7


@pytest.mark.parametrize("address", ["postgresql"], indirect=True)
def test_every_counter_is_there_before_the_first_is_locked(staff: Staff) -> None:
    """Else two who came by two networks could each hold what the other waits for."""
    said: list[str] = []

    def hear(*told: object) -> None:
        said.append(str(told[2]))

    engine = staff.town.runtime.stores.main.engine
    event.listen(engine, "before_cursor_execute", hear)
    fail(staff, 1, Client("203.0.113.9"))
    event.remove(engine, "before_cursor_execute", hear)
    counted = [one for one in said if "throttles" in one]
    made = next(at for at, one in enumerate(counted) if one.startswith("INSERT"))
    assert not any("FOR UPDATE" in one for one in counted[:made])
    assert any("FOR UPDATE" in one for one in counted[made:])


def test_knocking_while_one_has_to_wait_does_not_flood_the_register(staff: Staff) -> None:
    fail(staff, 5)
    before = len(staff.acts())
    for _ in range(10):
        with pytest.raises(TooManyAttempts):
            staff.accounts.signing_in.sign_in("school", WRONG, ELSEWHERE)
    assert len(staff.acts()) == before + 1


def test_neither_login_nor_address_is_in_the_table_of_counters(staff: Staff) -> None:
    fail(staff, 1)
    with staff.town.runtime.stores.main.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT bucket FROM throttles").scalars().all()
    assert rows
    for bucket in rows:
        assert b"school" not in bytes(bucket)
        assert ELSEWHERE.network.encode() not in bytes(bucket)
