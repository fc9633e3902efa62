"""A letter: what it says, its file, its print page, and what became of it."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from casework.cases.pages.setbacks import HANDLED, NONE, Setback, setback
from casework.cases.pages.shut import behind_door
from casework.cases.pages.views.access import recent_days
from casework.cases.pages.visitor import book_of, reason, who
from casework.errors import Locked, PressFailed
from casework.i18n import gettext
from casework.letters.pages.blueprint import attached, pages
from casework.letters.schemas import MarkSchema
from casework.letters.service.composing import ComposingService
from casework.letters.service.issuing import LetterService
from casework.letters.service.reading import LetterReader
from casework.letters.values import Mark
from casework.letters.views import above, circle_of, sheet
from casework.letters.words import why_uncomposed
from casework.web.guard import needs, service
from casework.web.load import load
from casework.web.permissions import Permission

_LETTER = "/situations/<uuid:case_id>/courriers/<uuid:letter_id>"


@pages.get(_LETTER)
@needs(Permission.LETTER_READ)
@behind_door
def see_letter(case_id: UUID, letter_id: UUID) -> ResponseReturnValue:
    """Show a letter, and ask what became of it."""
    return _page(case_id, letter_id, NONE)


@pages.get(f"{_LETTER}/impression")
@needs(Permission.LETTER_READ)
@behind_door
def print_letter(case_id: UUID, letter_id: UUID) -> ResponseReturnValue:
    """Show a letter as a sheet: it needs nothing of the server but this page."""
    letter = service(LetterReader).read(who(), reason(), case_id, letter_id)
    shown = sheet(letter)
    if shown is None:
        raise Locked("the letter stays shut")
    return render_template("letters/print.html", case_id=case_id, sheet=shown)


@pages.get(f"{_LETTER}/fichier")
@needs(Permission.LETTER_READ)
@behind_door
def download_letter(case_id: UUID, letter_id: UUID) -> ResponseReturnValue:
    """Give the file of a letter as it was made, named by its number."""
    found = service(LetterReader).file(who(), reason(), case_id, letter_id)
    return attached(found.name, found.format, found.content)


@pages.post(f"{_LETTER}/fichier")
@needs(Permission.LETTER_ISSUE)
@behind_door
def compose_letter(case_id: UUID, letter_id: UUID) -> ResponseReturnValue:
    """Make the file of a letter that has none."""
    composing = service(ComposingService)
    try:
        composing.compose_again(who(), reason(), case_id, letter_id)
        flash(gettext("Le fichier de la lettre est prêt."))
    except (PressFailed, *HANDLED) as fault:
        flash(_why(fault), "soon")
    return redirect(url_for(".see_letter", case_id=case_id, letter_id=letter_id), 303)


@pages.post(f"{_LETTER}/etat")
@needs(Permission.LETTER_MARK)
@behind_door
def mark_letter(case_id: UUID, letter_id: UUID) -> ResponseReturnValue:
    """Say what became of a letter."""
    try:
        said = load(MarkSchema)
        mark = Mark(said["state"], said["on"], said["inform"])
        place = (letter_id, said["version"])
        service(LetterService).mark(who(), reason(), case_id, place, mark)
    except HANDLED as error:
        again = setback(error)
        return _page(case_id, letter_id, again), again.status
    flash(gettext("C’est noté, à votre nom et à cette date."))
    return redirect(url_for(".see_letter", case_id=case_id, letter_id=letter_id), 303)


def _page(case_id: UUID, letter_id: UUID, again: Setback) -> str:
    letter = service(LetterReader).read(who(), reason(), case_id, letter_id)
    book = book_of(letter.head.group_id)
    return render_template(
        "letters/letter.html",
        case_id=case_id,
        letter=letter,
        sheet=sheet(letter),
        above=above(letter.beside.case),
        circle=circle_of(letter.beside, book, who().member_id),
        days=recent_days(book.day),
        again=again,
    )


def _why(fault: Exception) -> str:
    if isinstance(fault, PressFailed):
        return why_uncomposed(fault)
    return gettext("Le fichier n’a pas pu être composé : la lettre reste telle quelle.")
