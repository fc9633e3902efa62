"""What home pages say of keys: read only where a template asks for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from flask import Flask, url_for

from casework.i18n import gettext
from casework.i18n import lazy_gettext as _l
from casework.keys.pages import naming
from casework.keys.service.notices import Notice, NoticeService, Told
from casework.web import dates, guard

_OF_ONES_BODY: Final[Mapping[Told, tuple[Any, Any]]] = {
    Told.WAITS: (
        _l("Livraison de clé en attente"),
        _l(
            "Les situations de votre organisme restent fermées pour vous jusqu’à ce qu’un collègue "
            "vous remette la clé. La page dit qui appeler."
        ),
    ),
    Told.COLLEAGUE: (
        _l("Un collègue attend la clé de votre organisme"),
        _l("Vous la détenez : un appel de deux minutes suffit pour la lui remettre."),
    ),
    Told.RENEW: (
        _l("Une personne qui détenait la clé de votre organisme est partie"),
        _l("Renouvelez-la : ce qui a pu être emporté n’ouvrira rien de nouveau."),
    ),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A notice in words, and the page it leads to."""

    kind: str
    title: str
    text: str
    url: str


def install(app: Flask) -> None:
    """Give templates `key_notices()`."""
    app.jinja_env.globals["key_notices"] = lines


def lines() -> list[Line]:
    """Return what this person should know of keys today."""
    found = guard.service(NoticeService).of(guard.principal())
    return [_line(one) for one in found]


def _line(one: Notice) -> Line:
    overview = url_for("keys.see_recovery")
    if one.told is Told.ALTERED:
        return _altered(overview)
    if one.told is Told.DRAW:
        said = gettext("Vous êtes gardien de la clé de secours : tirez et imprimez votre carte.")
        return Line("soon", gettext("Votre carte de secours vous attend"), said, overview)
    if one.told is Told.ASKED:
        said = gettext(
            "Un gardien ou l’exploitant demande votre carte. La demande dure une demi-heure."
        )
        url = url_for("keys.see_ceremony", ceremony_id=one.subject_id)
        return Line("late", gettext("Une ouverture de secours est demandée"), said, url)
    if one.told is Told.EXCEPTION:
        return _exceptional(one)
    if one.told in _OF_ONES_BODY:
        title, said = _OF_ONES_BODY[one.told]
        kind = "late" if one.told is Told.RENEW else "soon"
        return Line(kind, str(title), str(said), url_for("keys.see_custody"))
    return Line("soon", _happened(one), dates.moment(one.at), overview)


def _exceptional(one: Notice) -> Line:
    names = naming.members({one.member_id} if one.member_id else set())
    title = gettext(
        "Accès exceptionnel à %(reference)s par %(member)s",
        reference=naming.case(one.subject_id),
        member="".join(names.values()),
    )
    until = dates.moment(one.until) if one.until else ""
    return Line("soon", title, gettext("jusqu’à %(until)s", until=until), "/acces-exceptionnels")


def _altered(url: str) -> Line:
    said = gettext("Prévenez l’exploitant : ce que le service garde des gardiens a été modifié.")
    return Line("late", gettext("La clé de secours ne se vérifie plus"), said, url)


def _happened(one: Notice) -> str:
    if one.told is Told.RECOVERED:
        names = naming.members({one.member_id} if one.member_id else set())
        return gettext(
            "Les gardiens ont rendu la clé de votre organisme à %(member)s",
            member="".join(names.values()),
        )
    if one.told is Told.REHEARSED:
        return gettext("Répétition de la clé de secours : rien n’a été ouvert")
    body = naming.organisation(one.organisation_id)
    if one.told is Told.OPENED:
        return gettext(
            "Les gardiens ont prêté une situation de votre organisme à %(body)s", body=body
        )
    return gettext(
        "Accès exceptionnel à %(reference)s prêté à %(body)s",
        reference=naming.case(one.subject_id),
        body=body,
    )
