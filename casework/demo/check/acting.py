"""Chapter 5: what was decided is done, and said in one line."""

from http import HTTPStatus
from typing import Final

from casework.demo.check.stage import Stage

_REPORT: Final = "Sortie faite, à l’heure et de bonne humeur"
_TEXT: Final = "Retour au collège chaque matin depuis lundi, dit la vie scolaire inventée."
_NOTE: Final = "Note que seul notre établissement inventé garde."


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


WRITTEN: Final = (_REPORT, _TEXT, _NOTE)
STEPS: Final = (finds_action, reports, writes)
