"""Chapter 5: what was decided is done, and said in one line."""

from datetime import timedelta
from http import HTTPStatus
from typing import Final
from uuid import UUID

from casework.charters.walls import CONFIDED
from casework.clock import local_day
from casework.demo.check.copying import principal_of
from casework.demo.check.page import CheckFailed
from casework.demo.check.stage import Stage
from casework.identity import Reason

_REPORT: Final = "Sortie faite, à l’heure et de bonne humeur"
_TEXT: Final = "Retour au collège chaque matin depuis lundi, dit la vie scolaire inventée."
_NOTE: Final = "Note que seul notre établissement inventé garde."
_CONFIDED: Final = "Mot inventé que seuls les travailleurs sociaux nommés lisent."
_MEASURE: Final = "Réparation"
_TITLES: Final = ("Entre travailleurs sociaux", "Mesure judiciaire")


def finds_action(stage: Stage) -> None:
    """L’éducatrice trouve l’action dans sa liste."""
    browser = stage.seat("worker")
    page = browser.look("/actions")
    page.says(stage.reference)
    wanted = f"/situations/{stage.case}/actions/"
    address = next(one for one in page.links_to(wanted) if one.endswith("/compte-rendu"))
    browser.look(address)
    browser.expect(HTTPStatus.OK)


def reports(stage: Stage) -> None:
    """Elle en rend compte en une ligne ; le groupe la lit sur la fiche."""
    browser = stage.seats["worker"]
    page = browser.send(browser.page.form("/compte-rendu"), state="done", text=_REPORT)
    page.says("Compte rendu enregistré")
    stage.seat("coordinator").look(f"/situations/{stage.case}").says(_REPORT)


def writes(stage: Stage) -> None:
    """Le collège écrit sur la fiche partagée, et une note que lui seul lit."""
    browser = stage.seat("teacher")
    page = browser.look(f"/situations/{stage.case}")
    browser.send(page.form(f"/{stage.case}/contributions"), text=_TEXT).says(_TEXT)
    page = browser.look(f"/situations/{stage.case}")
    browser.send(page.form(f"/{stage.case}/notes"), note=_NOTE).says(_NOTE)
    page = stage.seat("worker").look(f"/situations/{stage.case}")
    page.says(_TEXT)
    page.hides(_NOTE)


def confides(stage: Stage) -> None:
    """L’éducatrice écrit entre travailleurs sociaux, la coordination mentionne une mesure."""
    browser = stage.seat("worker")
    page = browser.look(f"/situations/{stage.case}")
    browser.send(page.form("/secret-partage"), secret=_CONFIDED).says(_CONFIDED)
    browser = stage.seat("coordinator")
    address = f"/situations/{stage.case}/mesure"
    page = browser.look(address)
    browser.send(page.form("/mesure/motif"), words="Accorder les rendez-vous du suivi")
    since = local_day(stage.now) - timedelta(days=20)
    browser.send(
        browser.page.form("/mesure"),
        measure="reparation",
        measure_from=f"{since:%d/%m/%Y}",
        needed="yes",
        needed_because="hosting",
    ).says(_MEASURE)


def finds_nothing_confided(stage: Stage) -> None:
    """La police, nommée, et le collège ne trouvent rien de l’un ni de l’autre."""
    browser, runtime = stage.seats["coordinator"], stage.house.runtime
    page = browser.look(f"/situations/{stage.case}/acces")
    officer = stage.personas["officer"]
    member = page.option(officer.name)
    browser.send(page.form(f"/{stage.case}/acces"), member=member).says("Membre nommé")
    # Without a browser: so many have signed in from one address that another would have to wait.
    who = principal_of(runtime, officer)
    file = runtime.cases.read(who, Reason.DUTY, UUID(stage.case))
    known = {one.compartment_class for one in file.parts}
    if not file.subject or file.social or file.steps or known & {*CONFIDED}:
        raise CheckFailed("la police apprend ce qui n’est confié qu’à d’autres")
    browser = stage.seat("teacher")
    page = browser.look(f"/situations/{stage.case}")
    page.says(stage.reference)
    page.hides(_CONFIDED, _MEASURE, *_TITLES)
    browser.look(f"/situations/{stage.case}/mesure")
    browser.expect(HTTPStatus.NOT_FOUND)
    stage.seat("worker").look(f"/situations/{stage.case}").says(_CONFIDED)


WRITTEN: Final = (_REPORT, _TEXT, _NOTE, _CONFIDED)
STEPS: Final = (finds_action, reports, writes, confides, finds_nothing_confided)
