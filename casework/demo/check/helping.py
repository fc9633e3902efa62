"""Chapter 7: a victim is referred to one service, and nobody else reads a word."""

from http import HTTPStatus
from typing import Final

from casework.demo.check.page import CheckFailed, Form, Page
from casework.demo.check.stage import Stage
from casework.demo.network import network_visitors

_LIST: Final = "/orientations-victimes"
_FAMILY: Final = "Galivourde"
_PHONE: Final = "06 39 98 40 99"
_ADDRESS: Final = "3 sentier des Loirs-Discrets"
_WHY: Final = "Rappeler pour un rendez-vous au local inventé"
_PARTS: Final = 2
_TOLD: Final = (_FAMILY, _PHONE, _ADDRESS)
_WRONG: Final = ("coordinator", "landlord", "other_service")


def stops_in_danger(stage: Stage) -> None:
    """Devant un danger immédiat, le formulaire s’arrête et dit qui appeler ; rien n’est gardé."""
    browser = stage.seat("victim_worker")
    page = browser.look(f"{_LIST}/nouvelle")
    page.says("17", "114", "3919", "119")
    browser.send(page.form(f"{_LIST}/nouvelle"), danger="yes").says("Appelez maintenant")
    browser.look(f"{_LIST}/nouvelle").hides("Reprendre mon brouillon")


def refers(stage: Stage) -> None:
    """L’intervenante sociale l’oriente, avec son accord, en quatre pages courtes."""
    browser = stage.seat("victim_worker")
    page = browser.look(f"{_LIST}/nouvelle")
    page = browser.send(page.form(f"{_LIST}/nouvelle"), danger="no")
    page = browser.send_with(_draft(page, 1), _consent(stage))
    page = browser.send_with(_draft(page, 2), _herself(stage))
    page = browser.send_with(_draft(page, 3), _needs(page, stage))
    page.says("page 4 sur 4", "Vous et le service choisi", _FAMILY)
    sent = next(one for one in page.forms if one.action.endswith("/transmission"))
    page = browser.send(sent)
    page.says("adressée au service, et à lui seul")
    page.hides(*_TOLD)
    stage.victim = _newest(page)


def receives(stage: Stage) -> None:
    """Le service l’accepte, écrit pourquoi il ouvre le contact protégé, et rappelle."""
    browser = stage.seat("victim_service")
    browser.look(_LIST).hides(*_TOLD)
    page = browser.look(stage.victim)
    page.says(_FAMILY)
    page.hides(_PHONE, _ADDRESS)
    page = browser.look(f"{stage.victim}/etapes/accept")
    browser.send(page.form("/etapes/accept"))
    page = browser.look(f"{stage.victim}/contact")
    page.hides(_PHONE)
    browser.send(page.form("/contact/motif"), words=_WHY).says(_PHONE, _ADDRESS)


def others_read_nothing(stage: Stage) -> None:
    """Ni la coordination, ni le bailleur, ni un autre service du réseau n’en lit un mot."""
    for role in _WRONG:
        browser = stage.seat(role)
        for address in (stage.victim, f"{stage.victim}/contact"):
            browser.look(address)
            browser.expect(HTTPStatus.NOT_FOUND)
        for address in (_LIST, "/situations", "/saisines", "/"):
            browser.look(address).hides(stage.victim, *_TOLD)


def withdraws(stage: Stage) -> None:
    """Elle retire son accord : tout s’arrête, tout est effacé, il reste un compte sans nom."""
    browser = stage.seat("victim_service")
    page = browser.look(f"{stage.victim}/etapes/withdraw")
    browser.send(page.form("/etapes/withdraw")).says("tout est effacé")
    for role in ("victim_service", "victim_worker"):
        browser = stage.seat(role)
        browser.look(stage.victim)
        browser.expect(HTTPStatus.NOT_FOUND)


def _draft(page: Page, step: int) -> Form:
    for form in page.forms:
        if form.action.endswith(f"/{step}") and "brouillons" in form.action:
            return form
    raise CheckFailed(f"{page.url} n’est pas la page {step} d’une orientation : « {page.title} »")


def _consent(stage: Stage) -> dict[str, str | list[str]]:
    return {
        "consent_by": "victim",
        "consent_on": f"{stage.now:%d/%m/%Y}",
        "consent_channel": "spoken",
        "consent_scope": ["identity_and_needs", "protected_address"],
        "leaflet": "yes",
    }


def _herself(stage: Stage) -> dict[str, str | list[str]]:
    return {
        "family_name": _FAMILY,
        "given_name": "Perrine",
        "age": "29",
        "commune": stage.world.groups[0].communes[0],
        "contact_phone": _PHONE,
        "contact_message": "no",
        "hidden_address": _ADDRESS,
    }


def _needs(page: Page, stage: Stage) -> dict[str, str | list[str]]:
    wanted = network_visitors(stage.world)[1].organisation
    bodies = stage.house.runtime.directory.organisations()
    service = next(str(own_id) for own_id, one in bodies.items() if one.name == wanted)
    if service not in _draft(page, 3).offered["service"]:
        raise CheckFailed("le service n’est pas proposé")
    return {
        "needs": ["legal"],
        "danger_evaluated": "no",
        "service": service,
        "origin": "national_police",
    }


def _newest(page: Page) -> str:
    addresses = [one for one in page.links_to(f"{_LIST}/") if one.count("/") == _PARTS]
    found = [one for one in addresses if not one.endswith(("nouvelle", "signalement"))]
    if not found:
        raise CheckFailed("l’orientation n’est pas dans la liste")
    return found[0]


WRITTEN: Final = _TOLD
STEPS: Final = (stops_in_danger, refers, receives, others_read_nothing, withdraws)
