"""Two cases of one person, merged and parted by program."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from casework.cases.api.blueprint import cases, reason, who
from casework.cases.api.reading import CASE
from casework.cases.schemas.searching import OtherCaseSchema
from casework.cases.service.merging import MergeService
from casework.web.api.etags import silent, version_seen, versioned
from casework.web.guard import needs, service
from casework.web.permissions import Permission


@cases.post(f"{CASE}/merges")
@needs(Permission.CASE_MERGE)
@cases.body(OtherCaseSchema)
@cases.answers(204)
@versioned
@silent
def merge_cases(given: Mapping[str, Any], case_id: UUID) -> None:
    """Merge another case of the group into this one: it is read, and written on no more."""
    service(MergeService).merge(who(), reason(), case_id, version_seen(), given["other"])


@cases.post(f"{CASE}/separation")
@needs(Permission.CASE_MERGE)
@cases.answers(204)
@silent
def unmerge_case(case_id: UUID) -> None:
    """Part a case from the one it is merged into: both are as they were."""
    service(MergeService).unmerge(who(), reason(), case_id)
