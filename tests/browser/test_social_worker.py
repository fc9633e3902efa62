"""A social worker between two visits: a referral on a telephone, interrupted, nothing lost."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from casework.identity import Role, operator
from casework.partners.service import MemberService
from casework.partners.values import NewMandate, PersonName
from tests.browser.looking import PHONE, faults_of, kept_by, width_of
from tests.browser.stage import Stage
from tests.gathering import today
from tests.scenery import FACT, MAILYS, REPORTER, WORDS, planted
from tests.town import COUNCIL, Town, shown_time

pytestmark = pytest.mark.parametrize("address", ["sqlite"], indirect=True)


def arrive(town: Town) -> str:
    """Add a street worker who has signed nothing yet; return what they are called here."""
    root, runtime = operator(COUNCIL, "founder"), town.runtime
    people = MemberService(runtime.ledger, runtime.edges.clock, runtime.edges.entropy)
    name = PersonName("M.", "Invention", "Nouveau")
    town.members["newcomer"] = people.add(root, town.bodies["street_work"], name)
    mandate = NewMandate(
        member_id=town.members["newcomer"],
        role=Role.MEMBER,
        from_on=today(town),
        until_on=today(town) + timedelta(days=300),
        group_id=town.group_id,
    )
    people.give_mandate(root, mandate)
    return "newcomer"


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Enregistrer et continuer").click()


def tell_who(page: Page) -> None:
    page.get_by_label("Nom de famille").fill(MAILYS.family_name)
    page.get_by_label("Prénom").first.fill(MAILYS.given_name)
    page.get_by_label("Date de naissance").fill("17/5/2010")
    page.get_by_label("Commune").select_option(label="Schiltigheim")
    page.get_by_label("Adresse").fill(MAILYS.address)


def tell_why(page: Page) -> None:
    page.get_by_label("Motif de la saisine").select_option(label="Absences répétées à l’école")
    page.get_by_label("D’où vient l’alerte").select_option(label="Prévention spécialisée")
    page.get_by_label("Qui vous l’a dit").fill(REPORTER)
    page.get_by_label("Ses mots").fill(WORDS)


def test_a_referral_is_written_on_a_telephone_interrupted_and_sent(stage: Stage) -> None:
    newcomer = arrive(stage.town)
    stage.enrol(newcomer)
    with stage.stranger(PHONE) as page:
        _enter_and_sign(stage, page, newcomer)
        page.get_by_role("link", name="Nouvelle saisine").click()
        page.get_by_role("button", name="Commencer la saisine").click()
        _write_two_pages(stage, page, newcomer)
        _tell_of_the_family(page)
        _read_over_and_send(page)
        assert kept_by(page) == []
    assert stage.faults == []
    assert planted().found_in("\n".join(stage.seen)) == []


def _enter_and_sign(stage: Stage, page: Page, newcomer: str) -> None:
    page.goto("/")
    expect(page.get_by_text("Vos consultations sont enregistrées.")).to_be_visible()
    stage.sign_in(page, newcomer)
    page.get_by_role("link", name="Lire et signer la charte").click()
    page.get_by_label("J’ai lu la charte").check()
    page.get_by_role("button", name="Signer mon engagement").click()
    expect(page.get_by_text("Votre engagement est signé")).to_be_visible()


def _write_two_pages(stage: Stage, page: Page, newcomer: str) -> None:
    stage.staff.wait(minutes=3)
    with page.expect_response("**/1/enregistrement") as saved:
        tell_who(page)
    assert saved.value.status == 200
    when = shown_time(stage.town)
    expect(page.locator("#form-draft")).to_have_text(f"Brouillon enregistré à {when}")
    assert faults_of(page) == []
    go_on(page)
    page.get_by_role("heading", name="Pourquoi ?").wait_for()
    page.get_by_label("Un fait constaté").fill(FACT)
    stage.staff.wait(minutes=21)
    tell_why(page)
    expect(page.locator("#form-draft")).to_contain_text("Votre texte reste à l’écran")
    assert page.get_by_label("Un fait constaté").input_value() == FACT
    go_on(page)
    page.get_by_role("heading", name="Votre session est terminée").wait_for()
    stage.sign_in(page, newcomer)
    page.get_by_text("Relire ce qui sera envoyé").click()
    expect(page.get_by_text(FACT)).to_be_visible()
    page.get_by_role("button", name="Reprendre et envoyer").click()


def _tell_of_the_family(page: Page) -> None:
    page.get_by_role("heading", name="La famille est").wait_for()
    assert width_of(page) <= PHONE["width"]
    page.get_by_label("Pas encore").check()
    page.get_by_label("Pourquoi cela attend").select_option(label="Adresse inconnue")
    go_on(page)


def _read_over_and_send(page: Page) -> None:
    page.get_by_role("heading", name="Relire et transmettre").wait_for()
    assert width_of(page) <= PHONE["width"]
    for said in (MAILYS.family_name, MAILYS.address, FACT, REPORTER, WORDS):
        expect(page.get_by_text(said, exact=True)).to_be_visible()
    page.get_by_role("button", name="Transmettre au coordonnateur").click()
    expect(page.get_by_text("Saisine transmise à la coordination.")).to_be_visible()
    expect(page.get_by_text("À l’étude")).to_be_visible()
    page.get_by_role("link", name="Nouvelle saisine").click()
    expect(page.get_by_text("Commencer la saisine")).to_be_visible()
    assert page.get_by_text("Vos brouillons").count() == 0


def test_a_draft_waits_for_its_author_who_left_and_abandons_it_on_purpose(stage: Stage) -> None:
    with stage.member("street_work", PHONE) as page:
        page.goto("/saisines/nouvelle")
        page.get_by_role("button", name="Commencer la saisine").click()
        with page.expect_response("**/1/enregistrement"):
            tell_who(page)
        page.goto("/")
    with stage.member("street_work") as page:
        page.goto("/")
        page.get_by_role("link", name="Reprendre mon brouillon").click()
        assert page.get_by_label("Nom de famille").input_value() == MAILYS.family_name
        page.get_by_role("button", name="Abandonner ce brouillon").click()
        expect(page.get_by_text("il n’en reste rien")).to_be_visible()
    with stage.member("school") as page:
        page.goto("/saisines/nouvelle")
        assert page.get_by_text("Vos brouillons").count() == 0
    assert stage.faults == []


def test_two_tabs_on_the_same_page_of_a_draft_keep_both_texts(stage: Stage) -> None:
    with stage.member("street_work") as page:
        page.goto("/saisines/nouvelle")
        page.get_by_role("button", name="Commencer la saisine").click()
        page.get_by_label("Adresse").wait_for()
        stage.staff.wait(seconds=5)
        other = page.context.new_page()
        other.goto(page.url)
        with page.expect_response("**/1/enregistrement"):
            page.get_by_label("Adresse").fill("4 impasse des Hêtres-Bavards")
        other.get_by_label("Adresse").fill("27 quai des Loutres-Savantes")
        expect(other.locator("#form-draft")).to_contain_text("Votre texte reste ici")
        go_on(other)
        other.get_by_role("heading", name="deux versions").wait_for()
        for said in ("4 impasse des Hêtres-Bavards", "27 quai des Loutres-Savantes"):
            expect(other.get_by_text(said, exact=True)).to_be_visible()
        assert faults_of(other) == []
        other.get_by_role("button", name="Comparer").click()
        assert other.get_by_label("Adresse").input_value() == "27 quai des Loutres-Savantes"
        expect(other.get_by_text("4 impasse des Hêtres-Bavards")).to_be_visible()
    assert stage.faults == []
