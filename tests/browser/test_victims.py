"""A victim is referred to one service, with a wrong person at each step."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from casework.cases.procedures.steps import Step
from tests.browser.looking import PHONE, faults_by_day_and_night
from tests.browser.stage import Stage
from tests.network import ADDRESS, NAME, Network
from tests.network import PHONE as NUMBER

pytestmark = pytest.mark.parametrize("address", ["sqlite"], indirect=True)
LIST = "/orientations-victimes"
WRONG = ("coordination", "mediation", "landlord", "street_work")
HERS = (NAME, NAME.upper(), NUMBER, ADDRESS)


@dataclass
class Played:
    """The stage, and the network played on it."""

    stage: Stage
    network: Network

    def wrong_people_see_nothing(self, path: str) -> None:
        """Try an address as everybody who is none of the two."""
        for member in WRONG:
            with self.stage.member(member) as page:
                answer = page.goto(path)
                assert answer is not None
                assert answer.status == 404, (member, path)
                page.goto(LIST)
                assert not any(one in page.content() for one in HERS), member


@pytest.fixture
def played(stage: Stage, network: Network) -> Iterator[Played]:
    yield Played(stage, network)
    assert stage.faults == []


def tick(page: Page, *words: str) -> None:
    for one in words:
        page.locator("label.option", has_text=re.compile(f"^{re.escape(one)}")).first.click()


def write_referral(page: Page) -> None:
    """Fill the four short pages, from the question before them."""
    page.goto(f"{LIST}/nouvelle")
    tick(page, "Non")
    page.get_by_role("button", name="Continuer").click()
    tick(page, "Elle-même", "De vive voix", "Transmettre l’identité", "Transmettre aussi l’adresse")
    page.get_by_label("Accord donné le").fill("20/11/2026")
    tick(page, "Oui")
    page.get_by_role("button", name="Enregistrer et continuer").click()
    page.get_by_label("Nom de famille").fill(NAME)
    page.get_by_label("Prénom").fill("Ondinette")
    page.get_by_label("Âge", exact=True).fill("34")
    page.get_by_label("Commune").select_option(label="Schiltigheim")
    page.get_by_label("Numéro sûr").fill(NUMBER)
    tick(page, "Non")
    page.get_by_label("Adresse cachée").fill(ADDRESS)
    page.get_by_role("button", name="Enregistrer et continuer").click()
    tick(page, "Information sur ses droits", "Cette semaine", "Non", "Organisme inventé support")
    page.get_by_label("D’où vient l’orientation").select_option(index=1)
    page.get_by_role("button", name="Enregistrer et continuer").click()
    page.get_by_role("button", name="Adresser au service").click()


def receive(played: Played, path: str) -> None:
    """Accept, and open the safe contact for a reason."""
    with played.stage.member("support") as page:
        page.goto(LIST)
        page.locator(".deed a").first.click()
        assert page.url.endswith(path)
        expect(page.get_by_text(NAME.upper())).to_be_visible()
        page.get_by_role("link", name="Accepter l’orientation").click()
        page.get_by_role("button", name="Accepter l’orientation").click()
        page.get_by_role("link", name="Ouvrir le contact protégé").click()
        expect(page.get_by_label("Motif")).to_be_visible()
        page.wait_for_load_state()
        assert NUMBER not in page.content()
        page.get_by_label("Motif").fill("Rappeler pour un rendez-vous au local inventé")
        page.get_by_role("button", name="Ouvrir le contact protégé").click()
        expect(page.get_by_text(NUMBER)).to_be_visible()
        page.emulate_media(media="print")
        expect(page.get_by_text(NUMBER)).to_be_hidden()
        expect(page.get_by_text("Cette page ne s’imprime pas")).to_be_visible()


def confirm(played: Played, path: str) -> None:
    """Say on which day she was called."""
    with played.stage.member("support") as page:
        page.goto(f"{path}/etapes/confirm")
        page.get_by_label("Premier contact le").fill("23/11/2026")
        page.get_by_role("button", name="Confirmer le premier contact").click()
        expect(page.get_by_text("Premier contact confirmé")).to_be_visible()


def end_consent(played: Played) -> None:
    """Withdraw, from the list, once the referral is closed."""
    with played.stage.member("police", PHONE) as page:
        page.goto(LIST)
        page.locator(".deed a").first.click()
        page.get_by_role("button", name="Elle retire son accord").click()
        expect(page.get_by_text("tout est effacé")).to_be_visible()
        expect(page.get_by_text("Effacée", exact=True)).to_be_visible()


def test_a_victim_is_referred_received_called_and_forgotten_with_a_wrong_person_at_each_step(
    played: Played,
) -> None:
    with played.stage.member("police", PHONE) as worker:
        write_referral(worker)
        expect(worker.get_by_text("adressée au service, et à lui seul.")).to_be_visible()
        assert not any(one in worker.content() for one in HERS)
        worker.locator(".deed a").first.click()
        path = worker.url.removeprefix(played.stage.address)
    played.wrong_people_see_nothing(path)
    receive(played, path)
    played.wrong_people_see_nothing(f"{path}/contact")
    confirm(played, path)
    played.wrong_people_see_nothing(f"{path}/etapes/withdraw")
    end_consent(played)
    with played.stage.member("support") as service:
        answer = service.goto(path)
        assert answer is not None
        assert answer.status == 404


def test_in_danger_the_worker_is_told_whom_to_call_and_gets_no_further(played: Played) -> None:
    with played.stage.member("police", PHONE) as page:
        page.goto(f"{LIST}/nouvelle")
        expect(page.locator("a[href='tel:17']")).to_be_visible()
        tick(page, "Oui")
        page.get_by_role("button", name="Continuer").click()
        expect(page.get_by_role("heading", name="Appelez maintenant")).to_be_visible()
        assert page.locator("main form:not(.quick-exit)").count() == 0
        page.goto(f"{LIST}/nouvelle")
        assert page.get_by_text("Brouillon").count() == 0


def test_escape_pressed_twice_keeps_what_was_typed_and_leaves_nothing_to_go_back_to(
    played: Played,
) -> None:
    with played.stage.member("police") as page:
        page.goto(f"{LIST}/nouvelle")
        tick(page, "Non")
        page.get_by_role("button", name="Continuer").click()
        draft = page.url
        page.get_by_label("Accord donné le").fill("20/11/2026")
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
        page.wait_for_url("**/jour")
        expect(page).to_have_title(re.compile("lundi 23 novembre 2026"))
        page.go_back()
        assert page.url != draft
        answer = page.goto(draft)
        assert answer is not None
        expect(page.get_by_label("Identifiant")).to_be_visible()
    with played.stage.member("police") as page:
        page.goto(draft)
        expect(page.get_by_label("Accord donné le")).to_have_value("20/11/2026")


def test_one_escape_leaves_nothing_and_the_button_needs_no_script(played: Played) -> None:
    case_id = played.network.refer()
    with played.stage.member("support") as page:
        page.goto(f"{LIST}/{case_id}")
        page.keyboard.press("Escape")
        page.wait_for_timeout(1100)
        page.keyboard.press("Escape")
        assert page.url.endswith(str(case_id))
        page.get_by_role("button", name="Quitter vite").click()
        page.wait_for_url("**/jour")


def test_every_page_is_sound_by_day_and_by_night_on_a_desk_and_on_a_telephone(
    played: Played,
) -> None:
    network = played.network
    first, second = network.refer(), network.refer()
    network.take("support", first, Step.ACCEPT)
    network.take("support", second, Step.DECLINE)
    with played.stage.member("police") as page:
        page.goto(f"{LIST}/nouvelle")
        tick(page, "Non")
        page.get_by_role("button", name="Continuer").click()
        draft = page.url.rpartition("/")[0]
        paths = (
            *(LIST, f"{LIST}/nouvelle", f"{LIST}/signalement", f"{LIST}/{first}"),
            *(f"{LIST}/{first}/contact", f"{LIST}/{second}/etapes/address"),
            *(f"{LIST}/{first}/etapes/withdraw", *(f"{draft}/{step}" for step in range(1, 5))),
            "/jour",
        )
        for path in paths:
            page.goto(path)
            assert faults_by_day_and_night(page) == [], path
