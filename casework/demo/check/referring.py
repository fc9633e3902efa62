"""Chapter 2: a referral in four short pages, interrupted, resumed, sent."""

from http import HTTPStatus
from typing import Final
from uuid import UUID

from casework.demo.check.page import CheckFailed, Form, Page
from casework.demo.check.stage import Stage, prove
from casework.demo.shapes import Case

_STEPS = "/saisines/brouillons/"


def begins(stage: Stage) -> None:
    """Elle commence une saisine ; page 1 sur 4, la personne."""
    browser = stage.seat("worker")
    page = browser.look("/saisines/nouvelle")
    page = browser.send(page.form("/saisines/brouillons"))
    browser.send_with(_draft(browser.expect(HTTPStatus.OK), 1), _person(stage.newcomer))
    browser.expect(HTTPStatus.OK).says("page 2 sur 4")


def is_interrupted(stage: Stage) -> None:
    """Sa session s’éteint pendant la page 2 ; reconnectée, elle retrouve son texte et l’envoie."""
    browser = stage.seats["worker"]
    form = _draft(browser.page, 2)
    stage.wait(minutes=40)
    page = browser.send_with(form, _facts(stage.newcomer))
    if page.status == HTTPStatus.OK:
        raise CheckFailed("la session aurait dû s’éteindre après vingt minutes")
    page = prove(stage, browser, stage.personas["worker"], page)
    page.says("Vous êtes de retour, et votre texte aussi", stage.newcomer.fact)
    browser.send(_draft(page, 2))
    browser.expect(HTTPStatus.OK).says("page 3 sur 4")


def resumes(stage: Stage) -> None:
    """Elle s’arrête, reprend son brouillon plus tard depuis un autre poste."""
    browser = stage.sign_in(stage.personas["worker"])
    stage.seats["worker"] = browser
    page = browser.look("/saisines/nouvelle")
    page = browser.look(page.link("Reprendre mon brouillon"))
    draft = page.url.rpartition("/")[0]
    typed = browser.look(f"{draft}/2").form(f"{draft}/2").values["fact"]
    if typed != [stage.newcomer.fact]:
        raise CheckFailed("le texte de la page 2 n’est pas celui qui a été tapé")
    page = browser.look(f"{draft}/3")
    given = {"informed": "no", "delay_reason": stage.newcomer.delay_reason}
    browser.send_with(_draft(page, 3), given)
    browser.expect(HTTPStatus.OK).says("page 4 sur 4")


def sends(stage: Stage) -> None:
    """Elle relit, voit qui pourra lire quoi, et transmet au coordonnateur."""
    browser = stage.seats["worker"]
    page = browser.page
    page.says(stage.newcomer.subject.family, "Vous allez communiquer ces informations")
    form = next(one for one in page.forms if one.action.endswith("/transmission"))
    page = browser.send(form)
    page.says("Saisine transmise à la coordination")
    page.hides(stage.newcomer.subject.family)
    stage.case_id = _newest(page)


def _draft(page: Page, step: int) -> Form:
    for form in page.forms:
        if form.action.startswith(_STEPS) and form.action.endswith(f"/{step}"):
            return form
    raise CheckFailed(f"{page.url} n’est pas la page {step} d’un brouillon : « {page.title} »")


def _person(case: Case) -> dict[str, str | list[str]]:
    who = case.subject
    typed: dict[str, str | list[str]] = {
        "family_name": who.family,
        "given_name": who.given,
        "birth_date": f"{who.birth_date:%d/%m/%Y}",
        "commune": case.commune,
        "address": who.address,
        "phone": who.phone,
        "school": who.school,
    }
    for relative in who.legal_representatives[:1]:
        typed["parent_family_name"] = relative.family
        typed["parent_given_name"] = relative.given
        typed["parent_phone"] = relative.phone
    return typed


def _facts(case: Case) -> dict[str, str | list[str]]:
    return {
        "reason": case.reason,
        "fact": case.fact,
        "fact_on": f"{case.fact_on:%d/%m/%Y}",
        "origin": case.origin,
        "reporter": case.reporter,
        "words": case.reporter_words,
    }


def _newest(page: Page) -> UUID:
    addresses = page.links_to("/saisines/")
    for address in addresses:
        last = address.rpartition("/")[2]
        if last != "nouvelle":
            return UUID(last)
    raise CheckFailed("la saisine transmise n’est pas dans la liste")


STEPS: Final = (begins, is_interrupted, resumes, sends)
