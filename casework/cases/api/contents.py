"""What members write on a case, and how it ends."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from casework.cases.api.blueprint import cases, reason, who
from casework.cases.api.reading import CASE
from casework.cases.schemas import ClosureSchema, InformationSchema, WordsSchema
from casework.cases.service.cases import CaseService
from casework.web.api import once
from casework.web.api.etags import silent, version_seen, versioned
from casework.web.api.once import Creation, Made, creates
from casework.web.api.output import MadeSchema
from casework.web.guard import needs, service
from casework.web.permissions import Permission
from casework.web.schemas import Choice

_WRITTEN: Final = Creation(at="/api/v1/cases/{case_id}", made="contribution")


class Part(StrEnum):
    """For whom one writes: everybody named, one's own service alone, or social workers."""

    SHEET = "sheet"
    PRIVATE = "private"
    SOCIAL = "social"


class ContributionSchema(WordsSchema):
    """Words, and for whom."""

    part = Choice(Part, required=True)


@cases.post(f"{CASE}/contributions")
@needs(Permission.CONTRIBUTION_WRITE)
@cases.body(ContributionSchema)
@cases.answers(201, MadeSchema)
@creates(_WRITTEN)
def contribute(given: Mapping[str, Any], case_id: UUID) -> Made:
    """Write on the shared sheet, for one's own service, or for the social workers named."""
    writing = once.service(CaseService)
    write = {
        Part.SHEET: writing.contribute,
        Part.PRIVATE: writing.note,
        Part.SOCIAL: writing.share,
    }[given["part"]]
    return Made(write(who(), reason(), case_id, given["text"]))


@cases.post(f"{CASE}/information")
@needs(Permission.CASE_INFORM)
@cases.body(InformationSchema(exclude=("version",)))
@cases.answers(204)
@versioned
@silent
def record_information(given: Mapping[str, Any], case_id: UUID) -> None:
    """Record that the persons were informed."""
    on = given["informed_on"]
    service(CaseService).inform(who(), reason(), case_id, version_seen(), on)


@cases.post(f"{CASE}/closure")
@needs(Permission.CASE_CLOSE)
@cases.body(ClosureSchema(exclude=("version",)))
@cases.answers(204)
@versioned
@silent
def close_case(given: Mapping[str, Any], case_id: UUID) -> None:
    """End a follow-up."""
    service(CaseService).close(who(), reason(), case_id, version_seen(), given["why"])
