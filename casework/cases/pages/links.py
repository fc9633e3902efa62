"""Personal links: declared by oneself, set for another, ended with the officer."""

from typing import Final
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from casework.cases.pages.access import access_page
from casework.cases.pages.blueprint import pages
from casework.cases.pages.setbacks import HANDLED, setback
from casework.cases.pages.views.case import reference_of
from casework.cases.pages.views.links import asked_lines
from casework.cases.pages.visitor import book_of, reason, who
from casework.cases.schemas import AnswerToLiftSchema, HolderSchema
from casework.cases.service.links import LinkService
from casework.cases.service.references import References
from casework.i18n import gettext
from casework.partners.directory import Directory
from casework.web.guard import needs, service
from casework.web.load import load
from casework.web.permissions import Permission

_CASE: Final = "/situations/<uuid:case_id>"
_ASKED: Final = "/dpd/liens"


@pages.get(f"{_CASE}/lien")
@needs(Permission.LINK_DECLARE)
def see_link(case_id: UUID) -> str:
    """Say what a personal link does, before it is declared."""
    found = service(LinkService).see(who(), reason(), case_id)
    return render_template(
        "cases/link.html",
        case_id=case_id,
        reference=reference_of(found.head),
        group=book_of(found.head.group_id).group.name,
        found=found,
    )


@pages.post(f"{_CASE}/lien")
@needs(Permission.LINK_DECLARE)
def declare_link(case_id: UUID) -> ResponseReturnValue:
    """Keep the case from oneself."""
    service(LinkService).declare(who(), reason(), case_id)
    flash(
        gettext(
            "C’est noté : cette situation n’existe plus pour vous. Personne n’a à savoir pourquoi."
        )
    )
    return redirect(url_for("cases.see_cases"), 303)


@pages.post(f"{_CASE}/liens")
@needs(Permission.LINK_SET)
def set_link(case_id: UUID) -> ResponseReturnValue:
    """Keep the case from another member, or from a body."""
    try:
        service(LinkService).exclude(who(), reason(), case_id, load(HolderSchema)["holder"])
    except HANDLED as error:
        again = setback(error)
        return access_page(case_id, again), again.status
    flash(gettext("Écarté : la situation n’existe plus pour ce membre ou cet organisme."))
    return redirect(url_for("cases.see_access", case_id=case_id), 303)


@pages.post(f"{_CASE}/liens/<uuid:holder_id>/fin")
@needs(Permission.LINK_LIFT)
def ask_end_of_link(case_id: UUID, holder_id: UUID) -> ResponseReturnValue:
    """Ask the officer that a link end."""
    try:
        service(LinkService).ask_lift(who(), reason(), case_id, holder_id)
    except HANDLED as error:
        again = setback(error)
        return access_page(case_id, again), again.status
    flash(gettext("Demandé à la protection des données : rien ne change avant sa réponse."), "soon")
    return redirect(url_for("cases.see_access", case_id=case_id), 303)


@pages.get(_ASKED)
@needs(Permission.LINK_READ)
def see_links_asked() -> str:
    """Show the officer which links the coordination asks to end."""
    found = service(LinkService).look(who())
    ids = {one.case_id for one in (*found.lifts, *found.uncoordinated)}
    names = service(References).of(ids)
    directory = service(Directory)
    return render_template(
        "cases/links_asked.html",
        lines=asked_lines(found.lifts, names, directory),
        uncoordinated=[
            names.get(one.case_id, gettext("sans numéro")) for one in found.uncoordinated
        ],
    )


@pages.post(f"{_ASKED}/<uuid:case_id>/<uuid:holder_id>")
@needs(Permission.LINK_ANSWER)
def answer_end_of_link(case_id: UUID, holder_id: UUID) -> ResponseReturnValue:
    """Agree that a link end, or leave it."""
    agreed = load(AnswerToLiftSchema)["agreed"]
    service(LinkService).answer(who(), case_id, holder_id, agreed=agreed)
    said = gettext("Lien levé : c’est inscrit au registre, à votre nom et à celui qui l’a demandé.")
    flash(said if agreed else gettext("Le lien reste : c’est inscrit au registre."))
    return redirect(url_for("cases.see_links_asked"), 303)
