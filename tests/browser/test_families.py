"""A family before the council of its commune: each step by who takes it, and one who may not."""

from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from casework.cases.orders import Asked
from casework.identity import Reason
from tests.browser.looking import PHONE, faults_of, width_of
from tests.browser.stage import Stage
from tests.families import Families

pytestmark = pytest.mark.parametrize("address", ["sqlite"], indirect=True)

NAME = "Girandolier"
FACT = "Une mère inventée demande un appui pour les soirées."
UNKNOWN = "Page introuvable"


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Enregistrer et continuer").click()


def tell_of_the_household(page: Page) -> None:
    page.get_by_label("Nom de famille").first.fill(NAME)
    page.get_by_label("Prénom").first.fill("Anselmin")
    page.get_by_label("Date de naissance").first.fill("17/5/2013")
    page.get_by_label("Commune").select_option(label="Schiltigheim")
    page.get_by_text("Un frère ou une sœur du même foyer").click()
    page.get_by_label("Prénom").nth(1).fill("Rosalindre")
    go_on(page)
    expect(page.get_by_text("Prénom et date de naissance vont ensemble.").first).to_be_visible()
    page.get_by_label("Date de naissance").nth(1).fill("2/9/2018")
    go_on(page)
    page.get_by_role("heading", name="Qui répond d’eux").wait_for()
    page.get_by_label("Adresse du premier foyer").fill("8 rue des Pendules-Étourdies")
    page.get_by_label("Adresse du second foyer").fill("3 quai des Carillons-Distraits")
    page.get_by_role("radiogroup", name="Anselmin vit").get_by_label("Dans les deux").check()
    page.get_by_label("Nom de famille").first.fill(NAME)
    page.get_by_label("Prénom").first.fill("Philoménette")
    go_on(page)


def tell_why(page: Page) -> None:
    page.get_by_role("heading", name="Pourquoi").wait_for()
    page.get_by_label("Motif de la saisine").select_option(label="Demande des parents eux-mêmes")
    page.get_by_label("Un fait constaté").fill(FACT)
    page.get_by_label("D’où vient la demande").select_option(label="Les parents eux-mêmes")
    page.get_by_label("Oui").check()
    page.get_by_label("Elle le sait depuis le").fill("20/11/2026")
    assert width_of(page) <= PHONE["width"]
    go_on(page)


def refer(stage: Stage, families: Families) -> UUID:
    """Have the school pass on what the parents ask, on a telephone."""
    with stage.member("college", PHONE) as page:
        page.goto("/saisines/nouvelle")
        page.get_by_role("button", name="Commencer la saisine").click()
        tell_of_the_household(page)
        tell_why(page)
        page.get_by_role("heading", name="Relire et transmettre").wait_for()
        expect(page.get_by_text("Dans les deux, en alternance")).to_be_visible()
        assert width_of(page) <= PHONE["width"]
        assert faults_of(page) == []
        page.get_by_role("button", name="Transmettre au coordonnateur").click()
        expect(page.get_by_text("Saisine transmise à la coordination.")).to_be_visible()
    who = families.town.who("families")
    (line,) = families.town.runtime.cases.list_cases(who, Reason.DUTY, Asked())
    return line.head.id


def shut_to(stage: Stage, body: str, *places: str) -> None:
    """Say that somebody finds nothing at some places."""
    with stage.member(body) as page:
        for place in places:
            answer = page.goto(place)
            assert answer is not None
            assert answer.status == 404
            assert NAME not in page.content()


def answer(page: Page, question: str, said: str) -> None:
    group = page.get_by_role("radiogroup", name=question)
    group.get_by_label(said, exact=True).check()


def record(page: Page) -> None:
    page.get_by_role("button", name="Enregistrer").click()


def test_a_family_is_checked_heard_supported_and_certified(
    stage: Stage, families: Families
) -> None:
    case_id = refer(stage, families)
    place = f"/situations/{case_id}"
    shut_to(stage, "housing", place, f"{place}/etapes/accept")
    _check(stage, case_id)
    families.sit(case_id)
    families.decide(case_id, "kept")
    families.rise()
    shut_to(stage, "deputy", f"{place}/etapes/summon")
    _invite(stage, place)
    families.sit(case_id)
    shut_to(stage, "college", f"{place}/etapes/hear")
    _hear_and_propose(stage, place)
    families.decide(case_id, "continued")
    families.rise()
    _consult(stage, place)
    _support(stage, place)
    shut_to(stage, "neighbour", place, f"{place}/etapes/certify")
    _certify(stage, place)
    assert stage.faults == []
    assert not any(NAME in url for url in stage.seen)


def _check(stage: Stage, case_id: UUID) -> None:
    with stage.member("families") as page:
        page.goto(f"/a-traiter/{case_id}")
        page.get_by_role("link", name="Vérifier et retenir pour la séance").click()
        answer(page, "La famille vit-elle", "Oui")
        answer(page, "Une mesure d’assistance", "Oui")
        answer(page, "Un contrat", "Non")
        record(page)
        expect(page.get_by_text("le conseil ne convoque pas cette famille")).to_be_visible()
        expect(page.get_by_text("code civil, art. 375")).to_be_visible()
        answer(page, "Une mesure d’assistance", "Non")
        record(page)
        expect(page.get_by_text("Étape enregistrée.")).to_be_visible()
        expect(page.get_by_role("heading", name=f"Famille {NAME.upper()}")).to_be_visible()
        expect(page.get_by_text("Second foyer")).to_be_visible()


def _invite(stage: Stage, place: str) -> None:
    with stage.member("families") as page:
        page.goto(place)
        page.get_by_role("link", name="Inviter la famille").first.click()
        page.get_by_label("Invitation envoyée").fill("23/11/2026")
        page.get_by_label("Jour de la séance").fill("23/11/2026")
        page.get_by_label("Heure et lieu").fill("17 h 30, mairie inventée")
        page.get_by_label("La personne qui exerce la tutelle").check()
        answer(page, "Un représentant légal", "Oui")
        record(page)
        expect(page.get_by_text("invitez une autre personne qui le représente")).to_be_visible()
        page.get_by_label("La personne qui exerce la tutelle").uncheck()
        page.get_by_label("Un parent").check()
        answer(page, "Un représentant légal", "Non")
        record(page)
        expect(page.get_by_text("attendue le").first).to_be_visible()


def _hear_and_propose(stage: Stage, place: str) -> None:
    with stage.member("deputy") as page:
        page.goto(place)
        page.get_by_role("link", name="Inscrire l’audition").click()
        page.get_by_label("Un parent").check()
        page.get_by_label("Inscrire l’enfant à une activité").check()
        record(page)
        page.get_by_role("link", name="Proposer un accompagnement parental").click()
        answer(page, "Une mesure d’assistance", "Oui")
        answer(page, "Un contrat", "Non")
        page.get_by_label("Un défaut d’assiduité à l’école").check()
        page.get_by_label("Les parents eux-mêmes").check()
        record(page)
        expect(page.get_by_text("ne peut pas être proposé")).to_be_visible()
        answer(page, "Une mesure d’assistance", "Non")
        record(page)
        expect(page.get_by_text("avis à demander")).to_be_visible()


def _consult(stage: Stage, place: str) -> None:
    shut_to(stage, "departement", place)
    with stage.member("families") as page:
        page.goto(place)
        page.get_by_role("link", name="Demander l’avis du département").click()
        page.get_by_label("Demandé le").fill("23/11/2026")
        page.get_by_label("Réponse attendue pour le").fill("20/12/2026")
        page.get_by_role("radiogroup", name="Qui répond").get_by_role("radio").check()
        record(page)
        expect(page.get_by_text("avis attendu pour le 20 déc.")).to_be_visible()
    with stage.member("departement", PHONE) as page:
        page.goto(place)
        page.get_by_role("link", name="Rendre l’avis du département").click()
        page.get_by_label("Favorable", exact=True).check()
        assert width_of(page) <= PHONE["width"]
        record(page)
    shut_to(stage, "departement", place)


def _support(stage: Stage, place: str) -> None:
    with stage.member("families") as page:
        page.goto(place)
        page.get_by_role("link", name="Les parents acceptent").click()
        page.get_by_label("Accord donné le").fill("23/11/2026")
        page.get_by_label("Les parents acceptent l’accompagnement parental").check()
        record(page)
        expect(page.get_by_text("Il reste à informer")).to_be_visible()
        for whom in ("rectorat", "établissement scolaire", "prestations familiales", "préfet"):
            page.get_by_role("link", name=f"{whom}").first.click()
            page.get_by_label("Informés le").fill("23/11/2026")
            record(page)
        assert faults_of(page) == []
        expect(page.get_by_text("Il reste à informer")).to_have_count(0)


def _certify(stage: Stage, place: str) -> None:
    with stage.member("families") as page:
        page.goto(place)
        page.get_by_role("link", name="Établir l’attestation").first.click()
        page.get_by_label("Attestation délivrée le").fill("23/11/2026")
        answer(page, "Les parents ont-ils signé", "Non")
        record(page)
        expect(page.get_by_text("il n’y a pas d’attestation")).to_be_visible()
        answer(page, "Les parents ont-ils signé", "Oui")
        record(page)
        page.goto("/situations?etat=closes")
        expect(page.get_by_text("Scellée le")).to_be_visible()
