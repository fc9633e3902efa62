"""Search by name. What is typed travels in the form, what is found stands on this answer alone."""

from flask import render_template
from flask.typing import ResponseReturnValue

from casework.cases.pages.blueprint import pages
from casework.cases.pages.views.searching import answer_view, group_ticks, searchable
from casework.cases.pages.visitor import reason, who
from casework.cases.schemas.searching import WordsSoughtSchema
from casework.cases.searches import Answer, Search
from casework.cases.service.books import GroupBooks
from casework.cases.service.searching import SearchService
from casework.errors import InvalidInput
from casework.i18n import gettext
from casework.web.forms import FormState
from casework.web.guard import needs, service
from casework.web.load import load
from casework.web.permissions import Permission
from casework.web.problem_table import PROBLEMS


@pages.get("/recherche")
@needs(Permission.CASE_SEARCH)
def see_search() -> str:
    """Show the form."""
    return _page(FormState())


@pages.post("/recherche")
@needs(Permission.CASE_SEARCH)
def search() -> ResponseReturnValue:
    """Compare names, and show those that are alike."""
    try:
        said = load(WordsSoughtSchema)
        answer = service(SearchService).search(who(), reason(), _asked(said))
    except InvalidInput as fault:
        return _page(FormState.refused(fault)), int(PROBLEMS[fault.code].status)
    return _page(FormState.refused(InvalidInput({})), answer)


def _asked(said: dict[str, object]) -> Search:
    """Return what is asked; whoever sits in one group need not say which."""
    given = dict(said)
    groups = searchable(service(GroupBooks).mine(who()))
    if given["group_id"] is None and len(groups) == 1:
        given["group_id"] = next(iter(groups))
    if given["group_id"] is None:
        raise InvalidInput({"group_id": [gettext("Choisissez le groupe où chercher.")]})
    return Search(**given)  # type: ignore[arg-type]  # the schema has checked each of them


def _page(state: FormState, answer: Answer | None = None) -> str:
    groups = searchable(service(GroupBooks).mine(who()))
    return render_template(
        "cases/search.html",
        state=state,
        groups=group_ticks(groups),
        answer=answer_view(answer, groups) if answer else None,
    )
