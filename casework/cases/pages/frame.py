"""What surrounds every page: where one can go, by what one is."""

from typing import Any

from flask import Flask, g, request

from casework.i18n import gettext
from casework.identity import Principal, Role
from casework.web.dates import today
from casework.web.frame import Link, NavItem


def install(app: Flask) -> None:
    """Put the navigation into every page of somebody signed in."""
    app.context_processor(_frame)


def _frame() -> dict[str, Any]:
    who: Principal | None = g.get("principal")
    if who is None:
        return {}
    trains = coordinates(who) or who.holds(Role.DPO, today())
    return {"navigation": navigation(who), "primary": primary(who), "trains": trains}


def navigation(who: Principal) -> list[NavItem]:
    """Return the entries of the navigation, the page of this request marked."""
    return [NavItem(label, url, icon, current=_here(url)) for label, url, icon in _entries(who)]


def primary(who: Principal) -> Link | None:
    """Return the one button that is always there, for those who may refer."""
    if not takes_part(who):
        return None
    return Link(gettext("Nouvelle saisine"), "/saisines/nouvelle")


def takes_part(who: Principal) -> bool:
    """Say whether somebody sits in a group: those who control cases open none."""
    day = today()
    controls = who.holds(Role.DPO, day) or who.holds(Role.ARCHIVES, day)
    return not controls and any(one.group_id and one.valid_on(day) for one in who.mandates)


def coordinates(who: Principal) -> bool:
    """Say whether somebody coordinates a group today."""
    return who.holds(Role.COORDINATOR, today())


def _entries(who: Principal) -> list[tuple[str, str, str]]:
    day = today()
    if who.holds(Role.DPO, day):
        return [
            (gettext("Accueil"), "/", "house"),
            (gettext("Registre d’accès"), "/dpd/acces", "shield-check"),
            (gettext("À examiner"), "/dpd/examen", "eye"),
            (gettext("Conservation"), "/dpd/conservation", "hourglass"),
            (gettext("Liens"), "/dpd/liens", "ban"),
            (gettext("Traitements"), "/dpd/traitements", "file-text"),
            (gettext("Simulateur"), "/dpd/simulateur", "scale"),
        ]
    if who.holds(Role.ARCHIVES, day):
        return [
            (gettext("Accueil"), "/", "house"),
            (gettext("Conservation"), "/dpd/conservation", "hourglass"),
        ]
    if not takes_part(who):
        return []
    triage = [(gettext("À traiter"), "/a-traiter", "inbox")] if coordinates(who) else []
    return [
        (gettext("Accueil"), "/", "house"),
        *triage,
        (gettext("Situations"), "/situations", "users"),
        (gettext("Séances"), "/seances", "calendar-days"),
        (gettext("Mes actions"), "/actions", "list-checks"),
    ]


def _here(url: str) -> bool:
    return request.path == url or (url != "/" and request.path.startswith(f"{url}/"))
