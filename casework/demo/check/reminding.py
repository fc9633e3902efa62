"""Chapter 12: a mayor’s reminder, from a report to its closure, by each in their turn."""

from datetime import date, timedelta
from http import HTTPStatus
from typing import Final

from casework.clock import local_day
from casework.demo.check.browser import Browser
from casework.demo.check.page import CheckFailed, Form, Page
from casework.demo.check.stage import Persona, Stage
from casework.demo.reminders.lives import DELEGATE, MAYOR
from casework.demo.reminders.shapes import Register
from casework.demo.reminders.tales import reminders_of

_FACT: Final = "Pétards lancés sous les fenêtres à 23 h, deux soirs, dit la brigade inventée."
_FAMILY: Final = "Ormévandier"
_PLACE: Final = "Placette des Buvards-Inventés"
_REPORTER: Final = "Mme Pervanchou, voisine inventée"
_PERSON: Final = {
    "age": "minor",
    "family_name": _FAMILY,
    "given_name": "Philibert",
    "birth_date": "17/05/2011",
}
_LATER: Final = 15


def reports(stage: Stage) -> None:
    """La police municipale rapporte un fait au maire, avec son jour et son lieu."""
    for role, member in _people(_register(stage)).items():
        stage.personas[role] = member
    browser = stage.seat("agent")
    page = browser.look("/saisines/nouvelle")
    page = browser.send(page.form("/saisines/brouillons"))
    page = browser.send_with(_draft(page, 1), _PERSON)
    fact = {"reason": "noise", "fact": _FACT, "fact_on": _day(stage, -3), "place": _PLACE}
    page = browser.send_with(_draft(page, 2), fact)
    origin = {"origin": "municipal_police", "reporter": _REPORTER}
    page = browser.send_with(_draft(page, 3), origin)
    page.says(_FAMILY, _FACT, "Vous allez communiquer ces informations")
    form = next(one for one in page.forms if one.action.endswith("/transmission"))
    browser.send(form).says("Saisine transmise à la coordination")


def is_checked(stage: Stage) -> None:
    """La coordination du maire vérifie : une plainte arrête tout, trois « non » continuent."""
    browser = stage.seat("clerk")
    page = browser.look("/a-traiter")
    page = browser.look(page.links_to("/a-traiter/")[-1])
    page.says(_FAMILY, _REPORTER)
    stage.places["reminder"] = f"/situations/{page.url.rpartition('/')[2]}"
    form = _step(stage, browser, "accept").form("/etapes/accept")
    page = browser.send(form, crime="no", complaint="yes", inquiry="no")
    page.says("Une plainte est déposée", "CSI, art. L. 132-7")
    form = page.form("/etapes/accept")
    browser.send(form, crime="no", complaint="no", inquiry="no").says("Rappel possible")
    if browser.page.links_to(f"{_case(stage)}/etapes/summon"):
        raise CheckFailed("une convocation est proposée avant l’avis du parquet")


def is_asked(stage: Stage) -> None:
    """Elle demande l’avis du parquet, qui lit le fait, jamais qui le rapporte, et répond."""
    browser = stage.seat("clerk")
    page = _step(stage, browser, "consult")
    asked = page.form("/etapes/consult").offered["asked"][0]
    browser.send(page.form("/etapes/consult"), asked=asked).says("Avis du parquet demandé")
    prosecutor = stage.seat("prosecutor")
    prosecutor.look("/avis").says(_FAMILY)
    page = prosecutor.look(_case(stage))
    page.says(_FACT)
    page.hides(_REPORTER)
    prosecutor.send(_step(stage, prosecutor, "favour").form("/etapes/favour"))
    prosecutor.look(_case(stage))
    prosecutor.expect(HTTPStatus.NOT_FOUND)


def is_summoned(stage: Stage) -> None:
    """Le maire convoque ; si personne ne vient avec le mineur, le service le refuse."""
    browser = stage.seat("mayor")
    browser.look("/rappels").says(_FAMILY)
    form = _step(stage, browser, "summon").form("/etapes/summon")
    told = {
        "sent_on": _day(stage, 0),
        "hearing_on": _day(stage, _LATER),
        "hour": "17 h 30",
        "place": "Mairie inventée",
        "held_by": "mayor",
        "conflict": "no",
    }
    page = browser.send_with(form, told)
    page.says("La personne est mineure")
    more = {"present": "parents", "copied_on": _day(stage, 0)}
    browser.send_with(page.form("/etapes/summon"), told | more).says("Convocation")


def stays_here(stage: Stage) -> None:
    """Ni l’éducatrice, ni la coordination du conseil n’en voient rien : ni liste, ni page."""
    for role in ("coordinator", "worker"):
        browser = stage.seat(role)
        for address in ("/rappels", "/avis", "/situations"):
            browser.look(address).hides(_FAMILY)
        browser.look(_case(stage))
        browser.expect(HTTPStatus.NOT_FOUND)


def is_made(stage: Stage) -> None:
    """Le jour venu, le maire inscrit le rappel ; sa coordination ne le peut pas."""
    stage.wait(days=_LATER)
    clerk = stage.seat("clerk")
    clerk.look(f"{_case(stage)}/etapes/hear")
    clerk.expect(HTTPStatus.NOT_FOUND)
    browser = stage.seat("mayor")
    form = _step(stage, browser, "hear").form("/etapes/hear")
    page = browser.send(form, rules=["quiet"], attended=["person", "parents"])
    page.says("Rappel fait, de vive voix")


def is_closed(stage: Stage) -> None:
    """La coordination vérifie les suites, puis clôt : le rappel passe en archive restreinte."""
    browser = stage.seat("clerk")
    page = browser.look(f"{_case(stage)}/cloture")
    if "reminded" in page.form("/cloture").offered["why"]:
        raise CheckFailed("un rappel se clôt avant que ses suites soient vérifiées")
    form = _step(stage, browser, "check").form("/etapes/check")
    browser.send(form, stopped="yes").says("Suites vérifiées")
    page = browser.look(f"{_case(stage)}/cloture")
    browser.send(page.form("/cloture"), why="reminded").says("La situation est close")


def _people(register: Register) -> dict[str, Persona]:
    seats = {
        "agent": register.member_of("municipal_police"),
        "clerk": register.members[0],
        "mayor": register.seat(MAYOR),
        "delegate": register.seat(DELEGATE),
        "prosecutor": register.member_of("prosecutor"),
    }
    return {role: Persona.of(member) for role, member in seats.items()}


def _register(stage: Stage) -> Register:
    register = reminders_of(stage.world)
    if register is None:
        raise CheckFailed("aucun registre de rappels dans cette ville")
    return register


def _draft(page: Page, step: int) -> Form:
    return page.form(f"/{step}")


def _step(stage: Stage, browser: Browser, step: str) -> Page:
    page = browser.look(f"{_case(stage)}/etapes/{step}")
    browser.expect(HTTPStatus.OK)
    return page


def _case(stage: Stage) -> str:
    return stage.places["reminder"]


def _day(stage: Stage, days: int) -> str:
    day: date = local_day(stage.now) + timedelta(days=days)
    return f"{day:%d/%m/%Y}"


WRITTEN: Final = (_FACT, _FAMILY, _PLACE, _REPORTER)
STEPS: Final = (
    *(reports, is_checked, is_asked, is_summoned, stays_here),
    *(is_made, is_closed),
)
