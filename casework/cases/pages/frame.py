"""What surrounds every page: where one can go, by what one is."""

from dataclasses import replace
from typing import Any, Final

from flask import Flask, g, request

from casework.charters.kinds import WITH_MEETINGS
from casework.charters.vocabulary import CaseKind, PartnerCategory
from casework.i18n import gettext
from casework.identity import Principal, Role
from casework.web.dates import today
from casework.web.frame import Link, NavItem

_VICTIMS: Final = "/orientations-victimes"
_CASES: Final = "/situations"
_REMINDERS: Final = "/rappels"
_OPINIONS: Final = "/avis"
_REGISTERS: Final = (_CASES, _REMINDERS, _OPINIONS, _VICTIMS)
_MOST: Final = 6
"""How many entries stand on one line of a screen of 1280 points; of more, registers make a menu."""


def install(app: Flask) -> None:
    """Put the navigation into every page of somebody signed in."""
    app.context_processor(_frame)


def _frame() -> dict[str, Any]:
    who: Principal | None = g.get("principal")
    if who is None:
        return {}
    trains = coordinates(who) or who.holds(Role.DPO, today())
    return {
        "navigation": navigation(who),
        "primary": primary(who),
        "search": search(who),
        "trains": trains,
    }


def navigation(who: Principal) -> list[NavItem]:
    """Return the entries of the navigation, the page of this request marked."""
    items = [NavItem(label, url, icon, current=_here(url)) for label, url, icon in _entries(who)]
    return gathered(items) if len(items) > _MOST else items


def gathered(items: list[NavItem]) -> list[NavItem]:
    """Return entries with the registers of cases in one menu, where there are several."""
    registers = [one for one in items if one.url in _REGISTERS]
    if len(registers) <= 1:
        return items
    named = [
        replace(one, label=gettext("Liste des situations")) if one.url == _CASES else one
        for one in sorted(registers, key=lambda one: _REGISTERS.index(one.url))
    ]
    current = any(one.current for one in named)
    menu = NavItem(gettext("Situations"), "", "users", current=current, items=tuple(named))
    at = items.index(registers[0])
    others = [one for one in items if one not in registers]
    return [*others[:at], menu, *others[at:]]


def primary(who: Principal) -> Link | None:
    """Return the one button that is always there, for those who may refer."""
    found = kinds(who)
    if found - {CaseKind.VICTIM}:
        return Link(gettext("Nouvelle saisine"), "/saisines/nouvelle")
    if not found:
        return None
    return Link(gettext("Nouvelle orientation"), f"{_VICTIMS}/nouvelle", gettext("Orienter"))


def search(who: Principal) -> Link | None:
    """Return where one searches by name, for those who sit where names are searched."""
    searched = kinds(who) - {CaseKind.VICTIM}
    return Link(gettext("Rechercher"), "/recherche") if searched else None


def takes_part(who: Principal) -> bool:
    """Say whether somebody sits in a group: those who control cases open none."""
    day = today()
    controls = who.holds(Role.DPO, day) or who.holds(Role.ARCHIVES, day)
    return not controls and any(one.group_id and one.valid_on(day) for one in who.mandates)


def kinds(who: Principal) -> frozenset[str]:
    """Return the procedures of the groups in which somebody sits."""
    day = today()
    seated = (one.kind for one in who.mandates if one.group_id and one.valid_on(day))
    return frozenset(seated) if takes_part(who) else frozenset()


def coordinates(who: Principal) -> bool:
    """Say whether somebody coordinates a group today."""
    return who.holds(Role.COORDINATOR, today())


def meets(who: Principal) -> bool:
    """Say whether somebody sits in a group that meets around a table."""
    day = today()
    sits = [one for one in who.mandates if one.group_id and one.valid_on(day)]
    return any(not one.kind or one.kind in WITH_MEETINGS for one in sits)


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
    return [(gettext("Accueil"), "/", "house"), *_work(who), *_victims(who)]


def _work(who: Principal) -> list[tuple[str, str, str]]:
    """Return the entries of groups that meet or decide; a network for victims does neither."""
    if not kinds(who) - {CaseKind.VICTIM}:
        return []
    triage = [(gettext("À traiter"), "/a-traiter", "inbox")] if coordinates(who) else []
    letters = [(gettext("Courriers"), "/courriers", "send")] if coordinates(who) else []
    return [
        *triage,
        *_of_reminders(who),
        *([] if _only_reminds(who) else [(gettext("Situations"), _CASES, "users")]),
        *([(gettext("Séances"), "/seances", "calendar-days")] if meets(who) else []),
        (gettext("Mes actions"), "/actions", "list-checks"),
        *letters,
    ]


def _of_reminders(who: Principal) -> list[tuple[str, str, str]]:
    """Return the door of a mayor's register: the town hall's, or the prosecutor's."""
    day = today()
    if not any(one.kind == CaseKind.REMINDER and one.valid_on(day) for one in who.mandates):
        return []
    if who.category == PartnerCategory.PROSECUTOR:
        return [(gettext("Avis demandés"), _OPINIONS, "scale")]
    if who.category == PartnerCategory.MUNICIPALITY:
        return [(gettext("Rappels"), _REMINDERS, "message-square")]
    return []


def _only_reminds(who: Principal) -> bool:
    """Say whether the register is the one list that somebody needs."""
    return kinds(who) == {CaseKind.REMINDER} and bool(_of_reminders(who))


def _victims(who: Principal) -> list[tuple[str, str, str]]:
    if CaseKind.VICTIM not in kinds(who):
        return []
    return [(gettext("Orientations"), _VICTIMS, "send")]


def _here(url: str) -> bool:
    return request.path == url or (url != "/" and request.path.startswith(f"{url}/"))
