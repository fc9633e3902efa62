"""Two cases of one person: what merging does is read before it is done, and it can be undone."""

from typing import Final
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from casework.cases.pages.blueprint import pages
from casework.cases.pages.cases import case_page
from casework.cases.pages.setbacks import HANDLED, NONE, Setback, setback
from casework.cases.pages.shut import behind_door
from casework.cases.pages.views.case import reference_of
from casework.cases.pages.views.merging import candidates
from casework.cases.pages.visitor import book_of, reason, who
from casework.cases.schemas.searching import MergeSchema
from casework.cases.service.cases import CaseService
from casework.cases.service.merging import MergeService
from casework.cases.service.searching import SearchService
from casework.i18n import gettext
from casework.web.guard import needs, service
from casework.web.load import load
from casework.web.permissions import Permission

_CASE: Final = "/situations/<uuid:case_id>"


@pages.get(f"{_CASE}/reunion")
@needs(Permission.CASE_MERGE)
@behind_door
def see_merge(case_id: UUID) -> ResponseReturnValue:
    """Show the cases of the group whose person may be the same, and what merging does."""
    return _merge_page(case_id, NONE)


@pages.post(f"{_CASE}/reunion")
@needs(Permission.CASE_MERGE)
@behind_door
def merge(case_id: UUID) -> ResponseReturnValue:
    """Let another case be read beside this one."""
    try:
        said = load(MergeSchema)
        service(MergeService).merge(who(), reason(), case_id, said["version"], said["other"])
    except HANDLED as error:
        again = setback(error)
        return _merge_page(case_id, again), again.status
    flash(
        gettext("Situations réunies : celle-ci reste ouverte, l’autre se lit et ne s’écrit plus.")
    )
    return redirect(url_for("cases.see_case", case_id=case_id), 303)


@pages.post(f"{_CASE}/separation")
@needs(Permission.CASE_MERGE)
@behind_door
def unmerge(case_id: UUID) -> ResponseReturnValue:
    """Part this case from the one it is merged into."""
    try:
        service(MergeService).unmerge(who(), reason(), case_id)
    except HANDLED as error:
        again = setback(error)
        return case_page(case_id, again), again.status
    flash(gettext("Situations séparées : chacune est de nouveau comme avant leur réunion."))
    return redirect(url_for("cases.see_case", case_id=case_id), 303)


def _merge_page(case_id: UUID, again: Setback) -> str:
    file = service(CaseService).read(who(), reason(), case_id)
    book = book_of(file.head.group_id)
    answer = service(SearchService).resembling(who(), reason(), file)
    return render_template(
        "cases/merge.html",
        case_id=case_id,
        version=file.head.version,
        reference=reference_of(file.head),
        group=book.group.name,
        lines=candidates(answer, book),
        again=again,
    )
