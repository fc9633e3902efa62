"""What home pages say of one's entitlements: read only where a template asks for it."""

from dataclasses import dataclass

from flask import Flask, url_for

from casework.i18n import gettext, ngettext
from casework.reviews.endings import EndingService
from casework.reviews.values import Ending, EndKind, Review, ReviewState
from casework.web.dates import due, long_day
from casework.web.guard import principal, service


@dataclass(frozen=True, slots=True)
class Line:
    """A notice in words, and the page it leads to, if there is one."""

    kind: str
    title: str
    text: str
    url: str = ""
    link: str = ""


def install(app: Flask) -> None:
    """Give templates `access_notices()`."""
    app.jinja_env.globals["access_notices"] = lines


def lines() -> list[Line]:
    """Return what this person should know today of what they may do here."""
    found = service(EndingService).of(principal())
    asked = _asked(found.review) if found.review else None
    own = [one for one in (asked, _awaiting(found.awaiting)) if one]
    return [*own, *(_ending(one) for one in found.endings)]


def _asked(review: Review) -> Line | None:
    if review.state is not ReviewState.OPEN:
        return None
    kind = "soon" if due(review.due_on).kind == "neutral" else "late"
    return Line(
        kind=kind,
        title=gettext("Vos personnes sont-elles toujours là ?"),
        text=gettext(
            "Répondez pour votre organisme jusqu’au %(day)s : deux minutes. Sans réponse, son "
            "accès est suspendu.",
            day=long_day(review.due_on),
        ),
        url=url_for("reviews.see_review"),
        link=gettext("Répondre"),
    )


def _awaiting(count: int) -> Line | None:
    if not count:
        return None
    return Line(
        kind="soon",
        title=ngettext(
            "Une personne seule dans son organisme attend votre confirmation",
            "%(num)d personnes seules dans leur organisme attendent votre confirmation",
            count,
        ),
        text=gettext("Est-elle toujours là ? Sans confirmation, son accès est suspendu."),
        url=url_for("reviews.see_reviews"),
        link=gettext("Confirmer"),
    )


def _ending(one: Ending) -> Line:
    day = long_day(one.until_on)
    if one.kind is EndKind.UNDERTAKING:
        return Line(
            kind="soon",
            title=gettext("Votre engagement prend fin le %(day)s", day=day),
            text=gettext("Le lendemain, votre accès se ferme. Relisez la charte et renouvelez-le."),
            url=url_for("charters.read_charter"),
            link=gettext("Renouveler"),
        )
    if one.kind is EndKind.MANDATE:
        return Line(
            kind="soon",
            title=gettext("Votre mandat prend fin le %(day)s", day=day),
            text=gettext("S’il doit continuer, dites-le dès maintenant à la coordination."),
        )
    return Line(
        kind="soon",
        title=gettext(
            "La signature de la charte par votre organisme prend fin le %(day)s", day=day
        ),
        text=gettext(
            "Le lendemain, l’accès de toutes ses personnes se ferme. Parlez-en à la coordination."
        ),
    )
