"""Letters in lists: those that a group has to hand over, and those of a case."""

from typing import Any, Final
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from casework.cases.pages.setbacks import NONE, Setback
from casework.cases.pages.shut import behind_door
from casework.cases.pages.views.words import step_refused
from casework.cases.pages.visitor import book_of, reason, who
from casework.i18n import lazy_gettext as _l
from casework.identity import Role
from casework.letters.kinds import LetterState
from casework.letters.pages.blueprint import pages
from casework.letters.service.reading import LetterReader
from casework.letters.values import PAGE, AskedLetters
from casework.letters.views import above, circle_of, kind_ticks, rows
from casework.web.dates import today
from casework.web.guard import needs, service
from casework.web.permissions import Permission

S = LetterState
_FILTERS: Final[dict[str, tuple[Any, tuple[LetterState, ...]]]] = {
    "a-remettre": (_l("À remettre"), (S.ISSUED,)),
    "revenues": (_l("Revenues"), (S.RETURNED,)),
    "parties": (_l("Envoyées ou remises"), (S.SENT, S.HANDED)),
    "toutes": (_l("Toutes"), tuple(S)),
}


@pages.get("/courriers")
@needs(Permission.LETTER_LIST)
def see_letters() -> str:
    """Show a page of the letters of the cases to whose persons one writes."""
    asked = request.args.get("etat", "")
    kept = asked if asked in _FILTERS else "a-remettre"
    place = AskedLetters(_FILTERS[kept][1], request.args.get("suite", type=UUID))
    lines = service(LetterReader).everywhere(who(), reason(), place)
    full = len(lines) == PAGE
    return render_template(
        "letters/letters.html",
        rows=rows(lines),
        filters=[
            (words, url_for(".see_letters", etat=code), code == kept)
            for code, (words, _) in _FILTERS.items()
        ],
        kept=kept,
        after=url_for(".see_letters", etat=kept, suite=lines[-1].head.id) if full else None,
        coordinates=who().holds(Role.COORDINATOR, today()),
    )


@pages.get("/situations/<uuid:case_id>/courriers")
@needs(Permission.LETTER_LIST)
@behind_door
def see_letters_of_case(case_id: UUID) -> ResponseReturnValue:
    """Show the letters of a case, and which may be written."""
    return case_letters_page(case_id, NONE)


def case_letters_page(case_id: UUID, again: Setback) -> str:
    """Show the letters of a case; `again` when one could not be prepared."""
    found = service(LetterReader).of_case(who(), reason(), case_id)
    case = found.beside.case
    return render_template(
        "letters/of_case.html",
        case_id=case_id,
        above=above(case),
        rows=rows(found.lines),
        circle=circle_of(found.beside, book_of(case.group_id), who().member_id),
        issues=found.beside.issues,
        hindered=step_refused(found.hindered) if found.hindered else "",
        kinds=kind_ticks(case),
        again=again,
    )
