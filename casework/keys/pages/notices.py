"""What home pages say of keys: read only where a template asks for it."""

from dataclasses import dataclass

from flask import Flask, url_for

from casework.i18n import gettext
from casework.keys.pages import naming
from casework.keys.service.notices import Notice, NoticeService, Told
from casework.web import dates, guard


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
    if one.told is Told.DUE:
        said = gettext("Renouvelez cette clé : ce qui a pu être emporté n’ouvrira rien de nouveau.")
        title = gettext("Une personne qui détenait la clé de votre organisme est partie")
        return Line("late", title, said, url_for("keys.see_custody"))
    if one.told is Told.DRAW:
        said = gettext("Vous êtes gardien de la clé de secours : tirez et imprimez votre carte.")
        return Line("soon", gettext("Votre carte de secours vous attend"), said, overview)
    if one.told is Told.ASKED:
        said = gettext(
            "Un gardien ou l’exploitant demande votre carte. La demande dure une demi-heure."
        )
        url = url_for("keys.see_ceremony", ceremony_id=one.subject_id)
        return Line("late", gettext("Une ouverture de secours est demandée"), said, url)
    return Line("soon", _happened(one), dates.moment(one.at), overview)


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
