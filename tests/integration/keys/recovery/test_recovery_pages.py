"""The pages of recovery, browsed as custodians do who have never heard of cryptography."""

import re
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from tests.keepers import BODY, CUSTODIANS, Keepers
from tests.office import Desk, Office, office_of
from tests.staff import PASSWORD
from tests.town import Town

OVERVIEW = "/cle-de-secours"
SPELLED = re.compile(r"<code>([A-Z2-7]{4})</code>")


@pytest.fixture
def keepers(office: Office) -> Keepers:
    return Keepers(office.staff)


def test_a_card_is_drawn_and_printed_once(office: Office, keepers: Keepers) -> None:
    members = [keepers.town.members[one] for one in CUSTODIANS]
    escrow_id = keepers.recovery.escrows.create(keepers.root, 2, members)
    assert "Votre carte de secours vous attend" in office.at("dpo").get("/").text
    desk = office.at("dpo")
    sheet = desk.press(f"{OVERVIEW}/{escrow_id}/carte", desk.get(OVERVIEW))
    assert len(SPELLED.findall(sheet.text)) == 9
    assert "elle ne se montrera plus" in sheet.text
    assert "Exemplaire 1, remis à Mme Invention Membre-dpo" in sheet.text
    assert SPELLED.findall(desk.get(OVERVIEW).text) == []
    assert "no-store" in sheet.headers["Cache-Control"]


def test_a_code_is_printed_and_gives_the_account_back(office: Office, keepers: Keepers) -> None:
    desk = office.at("school")
    sheet = desk.press(f"{OVERVIEW}/code", desk.get(OVERVIEW))
    code = "-".join(SPELLED.findall(sheet.text))
    made = office.staff.accounts.enrolment.reset(keepers.root, keepers.town.members["school"])
    second = _activation(office, made.code)
    assert "J’ai un code de récupération" in second.text
    wrong = _activate(office, second, made.code, recovery="AAAA")
    assert (wrong.status_code, "faute de copie" in wrong.text) == (422, True)
    done = _activate(office, second, made.code, recovery=code)
    assert (done.status_code, done.location) == (303, "/connexion")
    assert keepers.staff.acts().count("recovery:used") == 1


def test_a_first_activation_asks_for_no_recovery_code(town: Town, tmp_path: Path) -> None:
    office = office_of(town, tmp_path)
    accounts, root = office.staff.accounts, office.staff.root
    made = accounts.enrolment.add_account(root, town.members["school"], "school")
    assert "code de récupération" not in _activation(office, made.code).text


def test_two_custodians_give_a_key_back(office: Office, keepers: Keepers) -> None:
    ceremony, asker, other = _asked(office, keepers)
    page = asker.get(ceremony)
    words = re.findall(r'<p class="six-words">(.*)</p>', page.text)[0]
    assert "par téléphone" in page.text
    unchecked = asker.press(ceremony, page, card=keepers.cards["school"])
    assert (unchecked.status_code, "Vérifiez d’abord" in unchecked.text) == (422, True)
    asker.press(ceremony, page, card=keepers.cards["school"], checked="yes")
    assert "Votre carte est reconnue" in asker.get(ceremony).text
    assert "Une ouverture de secours est demandée" in other.get("/").text
    wrong = other.press(ceremony, other.get(ceremony), card=keepers.cards["school"],
                        checked="yes")  # fmt: skip
    assert (wrong.status_code, "Cette carte n’est pas la vôtre" in wrong.text) == (422, True)
    done = other.press(ceremony, other.get(ceremony), card=keepers.cards["dpo"], checked="yes")
    assert (done.status_code, done.location) == (303, OVERVIEW)
    assert "la clé est rendue" in other.get(OVERVIEW).text
    assert keepers.opens()
    concerned = office.sit(BODY)
    assert words in concerned.get(OVERVIEW).text
    assert "ont rendu la clé de votre organisme" in concerned.get("/").text


def test_a_loan_is_read_before_it_is_granted_and_told_afterwards(
    office: Office, keepers: Keepers
) -> None:
    case_id = keepers.town.refer(BODY)
    keepers.found()
    keepers.recovery.escrows.enrol_all(keepers.root)
    keepers.to_members()
    ceremony_id = keepers.lend(case_id, "landlord")
    page = office.sit("dpo").get(f"{OVERVIEW}/ouvertures/{ceremony_id}")
    assert "pendant 60 minutes" in page.text
    assert "l’exploitant du service" in page.text
    for body in ("dpo", "school"):
        keepers.answer(body, ceremony_id)
    assert "prêté à Organisme inventé landlord" in office.sit("dpo").get("/").text
    assert "ont prêté une situation de votre organisme" in office.sit(BODY).get("/").text


def test_a_ceremony_that_is_over_says_it_is(office: Office, keepers: Keepers) -> None:
    ceremony, asker, _ = _asked(office, keepers)
    office.staff.wait(minutes=15)
    page = asker.get(ceremony)
    office.staff.wait(minutes=15)
    late = asker.press(ceremony, page, card=keepers.cards["school"], checked="yes")
    assert (late.status_code, "Cette ouverture est terminée" in late.text) == (409, True)
    assert "La demi-heure est passée" in asker.get(ceremony).text


def test_who_keeps_no_card_sees_no_ceremony(office: Office, keepers: Keepers) -> None:
    ceremony, _, _ = _asked(office, keepers)
    desk = office.at("landlord")
    assert desk.get(ceremony).status_code == 404
    assert "Demander une ouverture" not in desk.get(OVERVIEW).text
    refused = desk.press(f"{OVERVIEW}/ouvertures", desk.get(OVERVIEW), kind="rehearsal")
    assert refused.status_code == 404


def test_nobody_asks_by_mistake_for_what_they_did_not_choose(
    office: Office, keepers: Keepers
) -> None:
    _asked(office, keepers)
    desk = office.desks["school"]
    page = desk.get(OVERVIEW)
    for fields in ({"kind": "recover"}, {"kind": "exception"}, {}):
        assert desk.press(f"{OVERVIEW}/ouvertures", page, **fields).status_code == 422


def _asked(office: Office, keepers: Keepers) -> tuple[str, Desk, Desk]:
    """Let a body forget its password, and a custodian ask that its key be given back."""
    keepers.found()
    keepers.recovery.escrows.enrol_all(keepers.root)
    keepers.to_members()
    keepers.forget_password()
    asker, other = office.sit("school"), office.sit("dpo")
    office.desks["school"], office.desks["dpo"] = asker, other
    page = asker.get(OVERVIEW)
    member = str(keepers.town.members[BODY])
    sent = asker.press(
        f"{OVERVIEW}/ouvertures", page, kind="recover", member=member, why="forgotten"
    )
    assert sent.status_code == 303, sent.text
    return str(sent.location), asker, other


def _activation(office: Office, code: str) -> TestResponse:
    client = office.app.test_client()
    first = client.get("/activation")
    token = re.findall(r'name="csrf_token" value="([^"]+)"', first.text)[0]
    headers = {"Sec-Fetch-Site": "same-origin"}
    given = {"csrf_token": token, "login": "school", "activation": code}
    answer = client.post("/activation", data=given, headers=headers)
    office.staff.learn(
        "school", re.findall(r"<code>([A-Z2-7 ]+)</code>", answer.text)[0].replace(" ", "")
    )
    vars(answer)["client"] = client
    return answer


def _activate(office: Office, page: TestResponse, code: str, recovery: str) -> TestResponse:
    token = re.findall(r'name="csrf_token" value="([^"]+)"', page.text)[0]
    given = {
        "csrf_token": token,
        "login": "school",
        "activation": code,
        "new_password": PASSWORD,
        "password": PASSWORD,
        "code": office.staff.code("school"),
        "recovery": recovery,
    }
    client = vars(page)["client"]
    headers = {"Sec-Fetch-Site": "same-origin"}
    answer: TestResponse = client.post("/activation/mot-de-passe", data=given, headers=headers)
    return answer
