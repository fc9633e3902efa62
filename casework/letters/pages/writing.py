"""A letter checked on a form before it is issued: nothing in an address says which one it is."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from casework.cases.pages.setbacks import HANDLED, NONE, Setback, setback
from casework.cases.pages.shut import behind_door
from casework.cases.pages.visitor import book_of, reason, who
from casework.i18n import gettext
from casework.letters.fields import ASKED, LetterField
from casework.letters.kinds import LetterKind
from casework.letters.pages.blueprint import pages
from casework.letters.pages.lists import case_letters_page
from casework.letters.schemas import LetterFormSchema, PreparationSchema, said_in
from casework.letters.service.composing import ComposingService
from casework.letters.service.issuing import LetterService
from casework.letters.values import Beside, Issued, NewLetter, Prepared
from casework.letters.views import (
    above,
    asked_fields,
    circle_of,
    format_ticks,
    kind_words,
    labels,
    names_of,
)
from casework.letters.words import why_uncomposed
from casework.web.forms import FormState
from casework.web.guard import needs, service
from casework.web.load import load
from casework.web.permissions import Permission

_LETTERS = "/situations/<uuid:case_id>/courriers"


@pages.post(f"{_LETTERS}/preparation")
@needs(Permission.LETTER_ISSUE)
@behind_door
def prepare(case_id: UUID) -> ResponseReturnValue:
    """Show what a letter would say, to be checked and completed."""
    try:
        kind = load(PreparationSchema).get("kind")
        return _form(service(LetterService).prepare(who(), reason(), case_id, kind), NONE)
    except HANDLED as error:
        again = setback(error)
        return case_letters_page(case_id, again), again.status


@pages.post(_LETTERS)
@needs(Permission.LETTER_ISSUE)
@behind_door
def issue(case_id: UUID) -> ResponseReturnValue:
    """Give a letter its number, then make its file."""
    try:
        given = load(LetterFormSchema)
        new = NewLetter(given["kind"], given["format"], said_in(given), given["once"])
        issued = service(LetterService).issue(who(), reason(), case_id, new)
    except HANDLED as error:
        again = setback(error)
        return _again(case_id, again), again.status
    if isinstance(issued, Issued):
        _compose(case_id, issued)
    letter_id = issued.id if isinstance(issued, Issued) else issued
    return redirect(url_for(".see_letter", case_id=case_id, letter_id=letter_id), 303)


def _compose(case_id: UUID, issued: Issued) -> None:
    fault = service(ComposingService).composed(who(), reason(), case_id, issued)
    if fault is None:
        flash(gettext("Lettre établie : elle porte son numéro, et son fichier est prêt."))
    else:
        told = gettext("Lettre établie, mais sans fichier : %(why)s", why=why_uncomposed(fault))
        flash(told, "soon")


def _again(case_id: UUID, again: Setback) -> str:
    """Show the form once more, with what was typed; the case is read anew."""
    known = {one.value: one for one in LetterKind}
    kind = known.get(request.form.get("kind", ""))
    if kind is None:
        return case_letters_page(case_id, again)
    return _form(service(LetterService).prepare(who(), reason(), case_id, kind), again)


def _form(found: Prepared, again: Setback) -> str:
    head, book = found.file.head, book_of(found.file.head.group_id)
    around = Beside(head, found.file.namings, found.file.away, issues=True)
    values = {name.value: said for name, said in found.fields.items()}
    state = again.state if again.state.values else FormState({**values, "format": "pdf"})
    return render_template(
        "letters/form.html",
        case_id=head.id,
        above=above(head),
        kind=found.kind,
        title=kind_words(found.kind),
        fields=asked_fields(found.kind),
        own=len(ASKED[found.kind]),
        names=names_of(LetterField),
        missing=labels(found.missing),
        formats=format_ticks(),
        once=state.value("once") or service(LetterService).new_form(),
        circle=circle_of(around, book, who().member_id),
        state=state,
        again=again,
    )
