"""Chapter 9: a family before the council of its commune, from the request to the certificate."""

from collections.abc import Mapping
from datetime import timedelta
from http import HTTPStatus
from typing import Final
from uuid import UUID

from casework.clock import local_day
from casework.demo.check.page import CheckFailed, Page
from casework.demo.check.stage import Stage

_FACT: Final = (
    "Douze demi-journées d’absence en un mois, et une mère inventée qui demande un appui."
)
_NAME: Final = "Girandolier"
_COORDINATOR, _DEPUTY = "families", "deputy"
_PRESENT: Final = (_DEPUTY, "college", "departement", "centre")
_NOTIFIED: Final = ("notify_education", "notify_school", "notify_benefits", "notify_prefect")
_PAGES: Final[tuple[Mapping[str, str], ...]] = (
    {
        "family_name": _NAME,
        "given_name": "Anselmin",
        "birth_date": "17/05/2013",
        "child_2_given_name": "Rosalindre",
        "child_2_birth_date": "02/09/2018",
    },
    {
        "home_a_address": "8 rue des Pendules-Étourdies",
        "home_b_address": "3 quai des Carillons-Distraits",
        "child_1_home": "both",
        "adult_1_family_name": _NAME,
        "adult_1_given_name": "Philoménette",
        "adult_2_family_name": "Brindezingue",
        "adult_2_given_name": "Théodulfe",
        "adult_2_home": "b",
    },
    {"reason": "own_request", "fact": _FACT, "origin": "parents", "informed": "yes"},
)


def asks(stage: Stage) -> None:
    """Le collège transmet la demande des parents : deux enfants, deux foyers, trois pages."""
    browser = stage.seat("college")
    page = browser.look("/saisines/nouvelle")
    page = browser.send(page.form("/saisines/brouillons"))
    for number, typed in enumerate(_PAGES, start=1):
        more = {"commune": "67447"} if number == 1 else {}
        more |= {"informed_on": _day(stage)} if "informed" in typed else {}
        page = browser.send(page.form(f"/{number}"), **typed, **more)
        browser.expect(HTTPStatus.OK)
    page.says("Second foyer", _FACT)
    form = next(one for one in page.forms if one.action.endswith("/transmission"))
    page = browser.send(form)
    page.hides(_NAME)
    stage.family_id = _newest(page)


def is_checked(stage: Stage) -> None:
    """Une mesure d’assistance éducative arrête tout, et le dit ; sans elle, c’est retenu."""
    page = _step(stage, _COORDINATOR, "accept", resident="yes", assistance="yes", contract="no")
    page.says("le conseil ne convoque pas cette famille", "code civil, art. 375")
    _step(stage, _COORDINATOR, "accept", resident="yes", assistance="no", contract="no")


def is_unknown_elsewhere(stage: Stage) -> None:
    """Le bailleur du conseil et la coordination des suivis n’en trouvent rien."""
    for role in ("housing", "coordinator"):
        browser = stage.seat(role)
        browser.look(f"/situations/{stage.family}")
        browser.expect(HTTPStatus.NOT_FOUND).hides(_NAME, _FACT)
        browser.look("/situations").hides(stage.family)


def is_kept(stage: Stage) -> None:
    """Le conseil retient la famille, sans référent tant qu’il ne propose rien."""
    _sit(stage)
    _decide(stage, "kept")
    _rise(stage)


def is_invited(stage: Stage) -> None:
    """La famille est invitée par écrit : elle en est informée, et attendue."""
    invited: dict[str, str | list[str]] = {
        "sent_on": _day(stage),
        "hearing_on": _day(stage),
        "place": "17 h 30, mairie imaginaire",
        "invited": ["both_parents", "child"],
        "conflict": "no",
    }
    page = _step(stage, _COORDINATOR, "summon", **invited)
    page.says("attendue le")


def is_heard(stage: Stage) -> None:
    """En séance, le maire inscrit recommandations et engagements, et propose un accompagnement."""
    _sit(stage)
    heard: dict[str, str | list[str]] = {
        "attended": ["both_parents", "child"],
        "recommendations": ["school_attendance"],
        "commitments": ["attends_school"],
    }
    _step(stage, _DEPUTY, "hear", **heard)
    again = {"contract": "no", "ground": "attendance", "asked_by": "parents"}
    page = _step(stage, _DEPUTY, "propose", assistance="yes", **again)
    page.says("ne peut pas être proposé", "CASF, L. 141-2")
    _step(stage, _DEPUTY, "propose", assistance="no", **again)
    _decide(stage, "continued")
    _rise(stage)


def asks_the_departement(stage: Stage) -> None:
    """L’avis est demandé à qui répond pour le département : la famille s’ouvre à lui seul."""
    browser = stage.seat(_COORDINATOR)
    place = f"/situations/{stage.family}/etapes/consult"
    (asked,) = browser.look(place).form(place).offered["asked"]
    by = f"{local_day(stage.now) + timedelta(days=21):%d/%m/%Y}"
    _step(stage, _COORDINATOR, "consult", asked_on=_day(stage), answer_by=by, asked=asked)
    _step(stage, "departement", "advise", opinion="favourable")
    browser = stage.seat("departement")
    browser.look(f"/situations/{stage.family}")
    browser.expect(HTTPStatus.NOT_FOUND)


def is_supported(stage: Stage) -> None:
    """Les parents acceptent ; tant que les quatre ne sont pas informés, l’attestation attend."""
    accepted: dict[str, str | list[str]] = {
        "agreed_on": _day(stage),
        "commitments": ["accepts_support"],
    }
    page = _step(stage, _COORDINATOR, "agree", **accepted)
    page.says("Il reste à informer", "le préfet")
    for step in _NOTIFIED:
        page = _step(stage, _COORDINATOR, step, told_on=_day(stage))
    page.hides("Il reste à informer")
    _step(stage, _COORDINATOR, "meet", met_on=_day(stage), came="all")


def is_certified(stage: Stage) -> None:
    """L’attestation constate l’engagement des parents : tout est clos, l’effacement daté."""
    done = {"certified_on": _day(stage)}
    _step(stage, _COORDINATOR, "certify", undertaking="no", **done).says("engagement solennel")
    _step(stage, _COORDINATOR, "certify", undertaking="yes", **done)
    stage.seat(_COORDINATOR).look("/situations?etat=closes").says("Scellée le")


def _step(stage: Stage, role: str, step: str, **said: str | list[str]) -> Page:
    """Take a step as somebody does on its page; return the page it leads to."""
    browser = stage.seat(role)
    place = f"/situations/{stage.family}/etapes/{step}"
    page = browser.look(place)
    browser.expect(HTTPStatus.OK)
    return browser.send_with(page.form(place), said)


def _sit(stage: Stage) -> None:
    """Prepare and open a sitting of today on the family, with those who come."""
    browser = stage.seat(_COORDINATOR)
    page = browser.look("/seances")
    page = browser.look(page.link("Préparer une séance"))
    form = page.form("/seances")
    page = browser.send(form, held_on=_day(stage), cases=[stage.family])
    stage.sitting = page.url
    browser.send(page.form("/ouverture"))
    for role in _PRESENT:
        page = browser.look(stage.sitting)
        name = stage.personas[role].name
        browser.send(next(one for one in page.forms if name in one.words))


def _decide(stage: Stage, code: str) -> None:
    browser = stage.seat(_COORDINATOR)
    page = browser.look(f"{stage.sitting}/situations/{stage.family}")
    browser.send(page.form(f"/situations/{stage.family}"), code=code).says("Décision n°")


def _rise(stage: Stage) -> None:
    browser = stage.seat(_COORDINATOR)
    browser.send(browser.look(stage.sitting).form("/cloture")).says("Séance close")


def _day(stage: Stage) -> str:
    return f"{local_day(stage.now):%d/%m/%Y}"


def _newest(page: Page) -> UUID:
    for address in page.links_to("/saisines/"):
        last = address.rpartition("/")[2]
        if last != "nouvelle":
            return UUID(last)
    raise CheckFailed("la saisine transmise n’est pas dans la liste")


STEPS: Final = (
    asks,
    is_checked,
    is_unknown_elsewhere,
    is_kept,
    is_invited,
    is_heard,
    asks_the_departement,
    is_supported,
    is_certified,
)
