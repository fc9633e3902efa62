"""What is mentioned of judicial measures, by program; mentioning one is a step like any other."""

from typing import Any, Final
from uuid import UUID

from casework.cases.api.answers import MeasuresSchema
from casework.cases.api.blueprint import cases, reason, who
from casework.cases.api.reading import CASE, Headers
from casework.cases.api.showing import measures_answer
from casework.cases.service.measures import MeasureService
from casework.web.api.etags import silent, tag
from casework.web.guard import needs, service
from casework.web.permissions import Permission

_MEASURES: Final = f"{CASE}/measures"


@cases.get(_MEASURES)
@needs(Permission.MEASURE_READ)
@cases.answers(200, MeasuresSchema)
def read_measures(case_id: UUID) -> tuple[dict[str, Any], Headers]:
    """Open what is mentioned on a case, apart from the rest of it.

    Whoever the charter asks for a typed reason states it first, at `/cases/{case_id}/reasons`.
    """
    opened = service(MeasureService).read(who(), reason(), case_id)
    return measures_answer(opened), {"ETag": tag(opened.head.version)}


@cases.delete(f"{_MEASURES}/<uuid:mention_id>")
@needs(Permission.MEASURE_WITHDRAW)
@cases.answers(204)
@silent
def withdraw_measure(case_id: UUID, mention_id: UUID) -> None:
    """Take back a mention that is wrong; to correct one, mention the measure again."""
    service(MeasureService).withdraw(who(), reason(), case_id, mention_id)
