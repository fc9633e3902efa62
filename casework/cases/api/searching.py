"""Searches by name, by program: the same comparison, the same lines of the register."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from marshmallow import Schema, fields

from casework.cases.api.answers import CaseLineSchema
from casework.cases.api.blueprint import cases, reason, who
from casework.cases.api.showing import shown
from casework.cases.schemas.searching import SearchSchema
from casework.cases.searches import Alike, Answer, Search
from casework.cases.service.cases import CaseService
from casework.cases.service.searching import SearchService
from casework.web.guard import needs, service
from casework.web.permissions import Permission


class AlikeSchema(CaseLineSchema):
    """A case of an answer, and in what its person resembles the one asked for."""

    likeness = fields.String(metadata={"description": "same, near, twin, namesake"})
    birth = fields.String(metadata={"description": "same, inverted, year, unknown, other"})


class AlikeCasesSchema(Schema):
    """The nearest first, twenty at most; `unread` names could not be compared."""

    items = fields.List(fields.Nested(AlikeSchema))
    more = fields.Boolean()
    unread = fields.Integer()


@cases.post("/cases/searches")
@needs(Permission.CASE_SEARCH)
@cases.body(SearchSchema)
@cases.answers(200, AlikeCasesSchema)
def search_cases(given: Mapping[str, Any]) -> dict[str, Any]:
    """Search by name among the cases of one group that one may open. Nothing asked is kept."""
    return _answer(service(SearchService).search(who(), reason(), Search(**given)))


@cases.get("/referrals/<uuid:case_id>/resemblances")
@needs(Permission.REFERRAL_TRIAGE)
@cases.answers(200, AlikeCasesSchema)
def list_resemblances(case_id: UUID) -> dict[str, Any]:
    """Tell who of the group resembles the person of a referral. Nothing is decided by it."""
    file = service(CaseService).read(who(), reason(), case_id)
    return _answer(service(SearchService).resembling(who(), reason(), file))


def _answer(answer: Answer) -> dict[str, Any]:
    items = [_alike(one) for one in answer.cases]
    return {"items": items, "more": answer.more, "unread": answer.unread}


def _alike(one: Alike) -> dict[str, Any]:
    names = {name: getattr(one, name) for name in ("family_name", "given_name", "birth_date")}
    return {
        **shown(one.head, ""),
        **names,
        "likeness": one.likeness.value,
        "birth": one.birth.value,
    }
