"""Reading cases: one whole, or a list by pages."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from casework.cases.api.answers import CaseLinesSchema, CaseSchema
from casework.cases.api.blueprint import cases, reason, who
from casework.cases.api.showing import case_answer, line_answer
from casework.cases.orders import Asked
from casework.cases.procedures.steps import REACHABLE, CaseState
from casework.cases.service.cases import CaseService
from casework.charters.vocabulary import CaseKind
from casework.web.api.cursors import PageQuery, next_page, place_asked
from casework.web.api.etags import tag
from casework.web.guard import needs, service
from casework.web.permissions import Permission
from casework.web.schemas import Choice

Headers = dict[str, str]
CASE: Final = "/cases/<uuid:case_id>"


class CasesQuery(PageQuery):
    """Which cases: those in one state, or all that can be reached; of one procedure, or of all."""

    state = Choice(CaseState)
    kind = Choice(CaseKind)


@cases.get("/cases")
@needs(Permission.CASE_LIST)
@cases.query(CasesQuery)
@cases.answers(200, CaseLinesSchema)
def list_cases(given: Mapping[str, Any]) -> tuple[dict[str, Any], Headers]:
    """List the cases one may see, newest first, with the names one may open."""
    states = frozenset({given["state"]}) if given["state"] else REACHABLE
    place, kind = place_asked(given, UUID), given["kind"]
    asked = Asked(states & REACHABLE, place, given["limit"], kind)
    lines = service(CaseService).list_cases(who(), reason(), asked)
    items = [line_answer(line) for line in lines]
    following = lines[-1].head.id if len(lines) == given["limit"] else None
    return {"items": items}, next_page(following)


@cases.get(CASE)
@needs(Permission.CASE_READ)
@cases.answers(200, CaseSchema)
def read_case(case_id: UUID) -> tuple[dict[str, Any], Headers]:
    """Open a case: its version, for If-Match, is its entity tag."""
    case = service(CaseService).read(who(), reason(), case_id)
    return case_answer(case), {"ETag": tag(case.head.version)}
