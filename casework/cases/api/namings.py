"""Who is named on a case."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from casework.cases.api.blueprint import cases, reason, who
from casework.cases.api.reading import CASE
from casework.cases.schemas import NamingSchema
from casework.cases.service.cases import CaseService
from casework.web.api import once
from casework.web.api.etags import silent
from casework.web.api.once import Creation, Made, creates
from casework.web.api.output import MadeSchema
from casework.web.guard import needs, service
from casework.web.permissions import Permission

_NAMED: Final = Creation(at="/api/v1/cases/{case_id}/namings/{id}", made="member")


@cases.post(f"{CASE}/namings")
@needs(Permission.CASE_NAME)
@cases.body(NamingSchema)
@cases.answers(201, MadeSchema)
@creates(_NAMED)
def name_member(given: Mapping[str, Any], case_id: UUID) -> Made:
    """Name a member of the group on a case, until a date or without one."""
    member, until = given["member"], given["until"]
    once.service(CaseService).name(who(), reason(), case_id, member, until)
    return Made(member)


@cases.delete(f"{CASE}/namings/<uuid:member_id>")
@needs(Permission.CASE_NAME)
@cases.answers(204)
@silent
def end_naming(case_id: UUID, member_id: UUID) -> None:
    """End a naming: from now on the case does not exist for this member."""
    service(CaseService).unname(who(), reason(), case_id, member_id)
