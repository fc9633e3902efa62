"""Chapter 4: the group meets, decides, names a case lead and an action."""

from datetime import timedelta
from http import HTTPStatus
from typing import Final

from casework.clock import local_day
from casework.demo.check.page import CheckFailed
from casework.demo.check.stage import Stage

_PRESENT: Final = ("coordinator", "worker", "teacher", "landlord")
DETAIL: Final = "Sortie proposée le mercredi avec l’équipe inventée"


def prepares(stage: Stage) -> None:
    """La coordination prépare la séance du jour : le service propose la situation."""
    browser = stage.seat("coordinator")
    page = browser.look("/seances")
    page = browser.look(page.link("Préparer une séance"))
    form = page.form("/seances")
    if stage.case not in form.offered.get("cases", []):
        raise CheckFailed("la situation n’est pas proposée à l’ordre du jour")
    today = f"{local_day(stage.now):%d/%m/%Y}"
    page = browser.send(form, held_on=today, cases=[stage.case])
    page.says("Séance préparée", stage.reference)
    page.hides(stage.newcomer.subject.family)
    stage.meeting = page.url


def opens(stage: Stage) -> None:
    """Elle ouvre la séance ; sans assez d’organismes présents, rien ne se décide."""
    browser = stage.seats["coordinator"]
    page = browser.look(stage.meeting)
    page = browser.send(page.form("/ouverture"))
    page.says("Séance ouverte", "Pas encore de décision possible")


def notes_presence(stage: Stage) -> None:
    """Elle note les présences."""
    browser = stage.seats["coordinator"]
    for role in _PRESENT:
        page = browser.look(stage.meeting)
        name = stage.personas[role].name
        form = next((one for one in page.forms if name in one.words), None)
        if form is None:
            raise CheckFailed(f"{name} ne figure pas aux présences")
        browser.send(form)
    browser.expect(HTTPStatus.OK).hides("Pas encore de décision possible")


def decides(stage: Stage) -> None:
    """Le groupe retient la situation, désigne l’éducatrice référente, lui confie une action."""
    browser = stage.seats["coordinator"]
    page = browser.look(f"{stage.meeting}/situations/{stage.case}")
    lead = page.option(stage.personas["worker"].name)
    due = local_day(stage.now) + timedelta(days=14)
    page = browser.send(
        page.form(f"/situations/{stage.case}"),
        code="kept",
        lead=lead,
        action_kind="street_work_support",
        action_lead=lead,
        action_due_on=f"{due:%d/%m/%Y}",
        action_detail=DETAIL,
    )
    browser.expect(HTTPStatus.OK)
    page.says("Décision n°")


def closes(stage: Stage) -> None:
    """La séance est close ; la décision est sur la fiche, ce qui s’est dit reste oral."""
    browser = stage.seats["coordinator"]
    page = browser.send(browser.look(stage.meeting).form("/cloture"))
    page.says("Séance close")
    page = stage.seat("teacher").look(f"/situations/{stage.case}")
    page.says(DETAIL, stage.personas["worker"].name.rpartition(" ")[2][:1])


STEPS: Final = (prepares, opens, notes_presence, decides, closes)
