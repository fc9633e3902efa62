"""How a group writes: its letterhead, and the templates that it brings in place of ours."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from casework.cases.pages.setbacks import HANDLED, NONE, Setback, setback
from casework.cases.pages.visitor import reason, who
from casework.errors import AccessDenied, InvalidInput, PressFailed
from casework.i18n import gettext
from casework.letters.fields import LETTERHEAD, known_of
from casework.letters.kinds import EDITED, LetterFormat, LetterKind
from casework.letters.pages.blueprint import attached, pages
from casework.letters.schemas import LetterheadSchema, said_in
from casework.letters.service.stationery import StationeryService
from casework.letters.values import Stationery
from casework.letters.views import asked_field, names_of, template_line, template_lines
from casework.letters.words import FIELDS, FORMATS, why_uncomposed
from casework.web.forms import FormState
from casework.web.guard import needs, service
from casework.web.load import load
from casework.web.permissions import Permission

_PLACE = "/courriers/modeles/<uuid:group_id>/<kind>/<format_>"
_MOST = 512 * 1024
_Place = tuple[UUID, LetterKind, LetterFormat]


@pages.get("/courriers/modeles")
@needs(Permission.TEMPLATE_READ)
def see_stationery() -> str:
    """Show how each group that one coordinates writes."""
    return _page(NONE, None)


@pages.post("/courriers/en-tete/<uuid:group_id>")
@needs(Permission.TEMPLATE_SET)
def write_letterhead(group_id: UUID) -> ResponseReturnValue:
    """Set what stands on all letters of a group."""
    try:
        said = load(LetterheadSchema)
        place, head = (group_id, said["version"]), said_in(said)
        service(StationeryService).write_head(who(), reason(), place, head)
    except HANDLED as error:
        again = setback(error)
        return _page(again, group_id), again.status
    flash(gettext("En-tête enregistré : les prochaines lettres le porteront."))
    return redirect(url_for(".see_stationery"), 303)


@pages.get(_PLACE)
@needs(Permission.TEMPLATE_READ)
def see_template(group_id: UUID, kind: str, format_: str) -> str:
    """Show a template, which fields it may name, and how to bring another."""
    return _template_page(_place(group_id, kind, format_), FormState())


@pages.get(f"{_PLACE}/fichier")
@needs(Permission.TEMPLATE_READ)
def download_template(group_id: UUID, kind: str, format_: str) -> ResponseReturnValue:
    """Give the template in use, to change it and bring it back."""
    place = _place(group_id, kind, format_)
    content = service(StationeryService).download(who(), reason(), place)
    return attached(f"{kind}.{format_}", place[2], content)


@pages.post(_PLACE)
@needs(Permission.TEMPLATE_SET)
def bring_template(group_id: UUID, kind: str, format_: str) -> ResponseReturnValue:
    """Take a group's own template, once it has been read whole."""
    place = _place(group_id, kind, format_)
    try:
        service(StationeryService).bring(who(), reason(), place, _sent())
    except InvalidInput as fault:
        return _template_page(place, FormState.refused(fault)), 422
    except PressFailed as fault:
        told = InvalidInput({"template": [why_uncomposed(fault)]})
        return _template_page(place, FormState.refused(told)), 503
    flash(gettext("Modèle remplacé : les prochaines lettres le suivront."))
    return redirect(url_for(".see_template", group_id=group_id, kind=kind, format_=format_), 303)


@pages.post(f"{_PLACE}/retrait")
@needs(Permission.TEMPLATE_SET)
def take_template_back(group_id: UUID, kind: str, format_: str) -> ResponseReturnValue:
    """Return to the template that comes with the service."""
    service(StationeryService).take_back(who(), reason(), _place(group_id, kind, format_))
    flash(gettext("Le modèle fourni avec le service sert de nouveau."))
    return redirect(url_for(".see_template", group_id=group_id, kind=kind, format_=format_), 303)


def _place(group_id: UUID, kind: str, format_: str) -> _Place:
    """Return which template is meant. Raises `AccessDenied` for one that cannot be."""
    try:
        place = (group_id, LetterKind(kind), LetterFormat(format_))
    except ValueError:
        place = None
    if place is None or place[2] not in EDITED:
        raise AccessDenied("template", "no-such-template", subject=str(group_id))
    return place


def _sent() -> bytes:
    sent = request.files.get("template")
    if sent is None or not sent.filename:
        raise InvalidInput({"template": [gettext("Choisissez le fichier du modèle.")]})
    content: bytes = sent.read(_MOST + 1)
    return content


def _page(again: Setback, wrong: UUID | None) -> str:
    found = service(StationeryService).look(who(), reason())
    return render_template(
        "letters/stationery.html",
        groups=[(one, template_lines(one), _head_state(one, again, wrong)) for one in found],
        fields=[asked_field(name) for name in LETTERHEAD],
        names=names_of(LETTERHEAD),
        formats={one: str(FORMATS[one][0]) for one in EDITED},
        again=again,
    )


def _head_state(one: Stationery, again: Setback, wrong: UUID | None) -> FormState:
    if wrong == one.group.id:
        return again.state
    return FormState({name.value: said for name, said in one.head.said.items()})


def _template_page(place: _Place, state: FormState) -> str:
    group_id, kind, format_ = place
    found = service(StationeryService).look(who(), reason())
    here = next((one for one in found if one.group.id == group_id), None)
    if here is None:
        raise AccessDenied("template", "other-function", subject=str(group_id))
    own = {(one.kind, one.format): one for one in here.templates}
    return render_template(
        "letters/template.html",
        group=here.group,
        line=template_line(kind, format_, own.get((kind, format_))),
        format=str(FORMATS[format_][0]),
        fields=[(name.value, str(FIELDS[name][0])) for name in FIELDS if name in known_of(kind)],
        state=state,
    )
