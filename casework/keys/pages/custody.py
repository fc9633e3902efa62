"""« Qui détient les clés ? » : who can open what one's own organisation holds."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from casework.errors import CaseworkError, Conflict, CustodyRefused, InvalidInput, Locked
from casework.i18n import gettext
from casework.keys.pages import naming, wording
from casework.keys.pages.blueprint import pages
from casework.keys.registrar.signing import words_of
from casework.keys.schemas import CustodySchema
from casework.keys.service.custody import CustodyService, Standing
from casework.keys.values import CustodyKind
from casework.keys.words import fingerprint
from casework.web.guard import needs, principal, service
from casework.web.load import load
from casework.web.permissions import Permission
from casework.web.problem_table import PROBLEMS

_AGAIN = (Conflict, CustodyRefused, InvalidInput, Locked)


@pages.get("/cles")
@needs(Permission.CUSTODY_READ)
def see_custody() -> str:
    """Show who holds the key of one's organisation, and what waits."""
    return _page("")


@pages.post("/cles/garde")
@needs(Permission.CUSTODY_SWITCH)
def switch() -> ResponseReturnValue:
    """Give the key to the members alone, or back to the service."""
    try:
        kind = load(CustodySchema)["custody"]
        service(CustodyService).switch(principal(), kind)
    except _AGAIN as fault:
        return _again(fault)
    flash(_switched(kind), "ok")
    return redirect(url_for("keys.see_custody"), 303)


@pages.post("/cles/membres/<uuid:member_id>/remise")
@needs(Permission.HOLDER_ADMIT)
def admit(member_id: UUID) -> ResponseReturnValue:
    """Hand the key to a colleague whose words were compared."""
    try:
        service(CustodyService).admit(principal(), member_id)
    except _AGAIN as fault:
        return _again(fault)
    said = gettext("La clé est remise : cette personne ouvre vos situations dès maintenant.")
    flash(said, "ok")
    return redirect(url_for("keys.see_custody"), 303)


@pages.post("/cles/membres/<uuid:member_id>/retrait")
@needs(Permission.HOLDER_REMOVE)
def remove(member_id: UUID) -> ResponseReturnValue:
    """Take the key from a colleague; those who stay get a new one."""
    try:
        service(CustodyService).remove(principal(), member_id)
    except _AGAIN as fault:
        return _again(fault)
    said = gettext(
        "La clé est retirée : cette personne n’ouvre plus rien de votre organisme. Les autres "
        "lisent comme avant."
    )
    flash(said, "ok")
    return redirect(url_for("keys.see_custody"), 303)


@pages.post("/cles/renouvellement")
@needs(Permission.KEY_ROTATE)
def rotate() -> ResponseReturnValue:
    """Draw a new key for the same holders."""
    try:
        service(CustodyService).rotate(principal())
    except _AGAIN as fault:
        return _again(fault)
    flash(gettext("La clé est renouvelée : vous lisez comme avant."), "ok")
    return redirect(url_for("keys.see_custody"), 303)


def _switched(kind: CustodyKind) -> str:
    if kind is CustodyKind.MEMBER:
        return gettext(
            "C’est fait : vos membres seuls ouvrent la clé. Ils lisent et écrivent comme avant. "
            "Imprimez maintenant votre code de récupération."
        )
    return gettext("C’est fait : le service garde de nouveau la clé. Chacun lit comme avant.")


def _again(fault: CaseworkError) -> tuple[str, int]:
    """Show the page again with what happened."""
    if isinstance(fault, InvalidInput):
        said = " ".join(gettext(text) for one in fault.fields.values() for text in one)
    else:
        said = wording.told(fault)
    return _page(said), int(PROBLEMS[fault.code].status)


def _page(told: str) -> str:
    who = principal()
    view = service(CustodyService).overview(who)
    names = naming.colleagues(one.member_id for one in view.members)
    holding = [one.member_id for one in view.members if one.standing is Standing.HOLDS]
    return render_template(
        "keys/custody.html",
        view=view,
        mine=view.standing_of(who.member_id),
        me=who.member_id,
        names=names,
        words={one.member_id: fingerprint(one.public) for one in view.members if one.public},
        awaited=words_of(view.awaited) if view.awaited else (),
        body=naming.organisation(who.organisation_id),
        givers=gettext(" ou ").join(names[one] for one in holding),
        standing=Standing,
        told=told,
    )
