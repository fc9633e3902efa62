"""A formal reminder by the people who make it, from a report on a telephone to its closure."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looking import PHONE, faults_of, kept_by, width_of
from tests.browser.stage import Stage
from tests.gathering import fact, today
from tests.mayor import FACT, MINOR, PLACE, REPORTER, found_register
from tests.town import Town

pytestmark = pytest.mark.parametrize("address", ["sqlite"], indirect=True)
REFERENCE = "RO-2026-001"


def day(town: Town, days: int = 0) -> str:
    return f"{today(town) + timedelta(days=days):%d/%m/%Y}"


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Enregistrer et continuer").click()


def see(page: Page) -> None:
    """Look at a page as a machine does: nothing against axe, nothing wider than its window."""
    assert faults_of(page) == []
    size = page.viewport_size
    assert size is not None
    assert width_of(page) <= size["width"]


def press(page: Page, step: str) -> None:
    """Open the form of a step from the page of the case."""
    page.get_by_role("link", name=step).click()
    page.get_by_role("heading", name=step).wait_for()
    see(page)


def keep(page: Page) -> None:
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.get_by_text("Étape enregistrée.")).to_be_visible()


def test_a_reminder_is_made_by_each_in_their_turn_and_by_nobody_else(stage: Stage) -> None:
    town = stage.town
    found_register(town)
    _the_agent_reports_on_a_telephone(stage)
    url = _the_clerk_checks_and_asks(stage)
    _nobody_else_sees(stage, url, "school", "agent")
    _the_prosecutor_answers(stage, url)
    _nobody_else_sees(stage, url, "prosecutor")
    _the_mayor_summons(stage)
    _the_clerk_finds_the_summons_written(stage, url)
    town.clock.advance(days=14)
    _the_mayor_reminds(stage, url)
    _the_clerk_checks_and_closes(stage, url)
    case_id = url.rpartition("/")[2]
    assert fact(town, _id(case_id), "closure_reason") == "reminded"
    assert stage.faults == []
    seen = "\n".join(stage.seen)
    for secret in (MINOR.family_name, FACT, REPORTER, PLACE):
        assert secret not in seen


def _the_agent_reports_on_a_telephone(stage: Stage) -> None:
    with stage.member("agent", PHONE) as page:
        page.goto("/saisines/nouvelle")
        page.get_by_role("button", name="Commencer la saisine").click()
        page.get_by_text("Mineure", exact=True).click()
        page.get_by_label("Nom de famille").fill(MINOR.family_name)
        page.get_by_label("Prénom").first.fill(MINOR.given_name)
        see(page)
        go_on(page)
        said = "Pour une personne mineure, la date de naissance est nécessaire."
        expect(page.get_by_text(said).first).to_be_visible()
        page.get_by_label("Date de naissance").fill("17/5/2010")
        go_on(page)
        page.get_by_role("heading", name="Quel fait ?").wait_for()
        page.get_by_label("Le fait").select_option(label="Bruit")
        page.get_by_label("Ce qui s’est passé").fill(FACT)
        page.get_by_label("Date du fait").fill(day(stage.town, -3))
        page.get_by_label("Lieu").fill(PLACE)
        see(page)
        go_on(page)
        page.get_by_role("heading", name="Qui le rapporte ?").wait_for()
        page.get_by_label("D’où vient le rapport").select_option(label="Police municipale")
        page.get_by_label("Qui vous l’a dit").fill(REPORTER)
        see(page)
        go_on(page)
        page.get_by_role("heading", name="Relire et transmettre").wait_for()
        for told in (MINOR.family_name, FACT, PLACE, REPORTER):
            expect(page.get_by_text(told, exact=True)).to_be_visible()
        see(page)
        page.get_by_role("button", name="Transmettre au coordonnateur").click()
        expect(page.get_by_text("Saisine transmise à la coordination.")).to_be_visible()
        assert kept_by(page) == []


def _the_clerk_checks_and_asks(stage: Stage) -> str:
    with stage.member("clerk") as page:
        page.goto("/a-traiter")
        page.get_by_role("link", name="Saisine du").click()
        see(page)
        press(page, "Vérifier qu’un rappel est possible")
        for question in ("crime", "complaint", "inquiry"):
            answer = "yes" if question == "complaint" else "no"
            page.locator(f"input[name={question}][value={answer}]").check()
        page.get_by_role("button", name="Enregistrer", exact=True).click()
        expect(page.get_by_text("Une plainte est déposée")).to_be_visible()
        expect(page.get_by_text("CSI, art. L. 132-7")).to_be_visible()
        page.locator("input[name=complaint][value=no]").check()
        keep(page)
        expect(page.get_by_text("L’avis du parquet n’est pas encore demandé")).to_be_visible()
        see(page)
        url = page.url
        press(page, "Demander l’avis du parquet")
        page.locator("input[name=asked]").check()
        keep(page)
        page.wait_for_load_state()
        assert page.get_by_role("link", name="Convoquer").count() == 0
    return re.sub(r"^https?://[^/]+", "", url)


def _nobody_else_sees(stage: Stage, url: str, *bodies: str) -> None:
    for body in bodies:
        with stage.member(body) as page:
            answer = page.goto(f"{url}/etapes/summon")
            assert answer is not None
            assert answer.status == 404
            assert MINOR.family_name not in page.content()


def _the_prosecutor_answers(stage: Stage, url: str) -> None:
    with stage.member("prosecutor") as page:
        page.goto("/")
        page.get_by_role("link", name="Avis demandés").click()
        see(page)
        page.get_by_role("link", name=REFERENCE).click()
        expect(page.get_by_text(FACT)).to_be_visible()
        assert page.get_by_text(REPORTER).count() == 0
        press(page, "Avis favorable")
        page.get_by_role("button", name="Avis favorable", exact=True).click()
        expect(page.get_by_text("La situation n’est plus ouverte ici.")).to_be_visible()
        expect(page.get_by_text("Aucun avis n’est demandé")).to_be_visible()
        answer = page.goto(url)
        assert answer is not None
        assert answer.status == 404


def _the_mayor_summons(stage: Stage) -> None:
    with stage.member("mayor") as page:
        page.goto("/rappels")
        see(page)
        page.get_by_role("link", name=REFERENCE).click()
        press(page, "Convoquer")
        page.get_by_label("Courrier envoyé le").fill(day(stage.town))
        page.get_by_label("Jour de l’entretien").fill(day(stage.town, 14))
        page.get_by_label("Heure").fill("17 h 30")
        page.get_by_label("Lieu").fill("Mairie inventée, salle des Platanes")
        page.get_by_text("Le maire", exact=True).click()
        page.locator("input[name=conflict][value=no]").check()
        page.get_by_role("button", name="Enregistrer", exact=True).click()
        expect(page.get_by_text("La personne est mineure : dites qui vient")).to_be_visible()
        page.get_by_text("Un parent, ou les deux").click()
        page.get_by_label("Copie envoyée le").fill(day(stage.town))
        keep(page)
        expect(page.get_by_text("17 h 30").first).to_be_visible()
        see(page)


def _the_clerk_finds_the_summons_written(stage: Stage, url: str) -> None:
    with stage.member("clerk") as page:
        page.goto(url)
        page.get_by_role("button", name="Préparer la convocation").click()
        expect(page.get_by_role("heading", name="Convocation d’un mineur")).to_be_visible()
        expect(page.get_by_label("Heure")).to_have_value("17\u00a0h\u00a030")
        expect(page.get_by_label("Lieu")).to_have_value("Mairie inventée, salle des Platanes")
        expect(page.get_by_label("Jour", exact=True)).to_have_value(day(stage.town, 14))
        see(page)


def _the_mayor_reminds(stage: Stage, url: str) -> None:
    with stage.member("clerk") as page:
        page.goto(url)
        assert page.get_by_role("link", name="Inscrire le rappel").count() == 0
    with stage.member("mayor") as page:
        page.goto(url)
        press(page, "Inscrire le rappel")
        page.get_by_text("Le respect de la tranquillité d’autrui").click()
        page.get_by_text("La personne convoquée").click()
        page.get_by_text("Un parent, ou les deux").click()
        keep(page)


def _the_clerk_checks_and_closes(stage: Stage, url: str) -> None:
    with stage.member("clerk") as page:
        page.goto(url)
        press(page, "Vérifier les suites")
        page.locator("input[name=stopped][value=yes]").check()
        keep(page)
        page.get_by_role("link", name="Clore").click()
        see(page)
        assert page.get_by_text("La personne n’est pas venue").count() == 0
        page.get_by_text("Rappel fait", exact=True).click()
        page.get_by_role("button", name="Clore").click()
        expect(page.get_by_text("La situation est close.")).to_be_visible()


def _id(text: str) -> UUID:
    return UUID(text)
