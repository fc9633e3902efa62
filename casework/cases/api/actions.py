"""Actions: one's own, a new one for somebody, and what became of it."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from casework.cases.api.answers import ActionsSchema
from casework.cases.api.blueprint import cases, reason, who
from casework.cases.api.reading import CASE
from casework.cases.api.showing import shown
from casework.cases.orders import NewAction
from casework.cases.schemas import ActionSchema, ReportSchema
from casework.cases.service.actions import ActionService
from casework.cases.service.cases import CaseService
from casework.errors import InvalidInput
from casework.i18n import gettext
from casework.web.api import once
from casework.web.api.etags import silent, version_seen, versioned
from casework.web.api.once import Creation, Made, creates
from casework.web.api.output import MadeSchema
from casework.web.guard import needs, service
from casework.web.permissions import Permission

_OPENED: Final = Creation(at="/api/v1/cases/{case_id}", made="action", version=1)


@cases.get("/actions")
@needs(Permission.ACTION_LIST)
@cases.answers(200, ActionsSchema)
def list_actions() -> dict[str, Any]:
    """List one's own open actions, the most urgent first."""
    actions, _ = service(CaseService).list_actions(who(), reason())
    items = [shown(one, "") for one in actions]  # only a key on its way shuts one's own action
    return {"items": items}


@cases.post(f"{CASE}/actions")
@needs(Permission.ACTION_WRITE)
@cases.body(ActionSchema)
@cases.answers(201, MadeSchema)
@creates(_OPENED)
def open_action(given: Mapping[str, Any], case_id: UUID) -> Made:
    """Give somebody named on the case something to do by a date."""
    action = new_action(given, bodies_named(case_id))
    return Made(once.service(ActionService).open(who(), reason(), case_id, action))


@cases.post("/actions/<uuid:action_id>/report")
@needs(Permission.ACTION_REPORT)
@cases.body(ReportSchema(exclude=("version",)))
@cases.answers(204)
@versioned
@silent
def report_action(given: Mapping[str, Any], action_id: UUID) -> None:
    """Say that one's action is done or impossible, with one line on the shared sheet."""
    outcome = (given["state"], given["text"] or "")
    service(ActionService).report(who(), reason(), action_id, version_seen(), outcome)


def bodies_named(case_id: UUID) -> Mapping[UUID, UUID]:
    """Return the organisation of each member named on a case, as its reader sees it."""
    case = service(CaseService).read(who(), reason(), case_id)
    return {one.member_id: one.organisation_id for one in case.namings}


def new_action(given: Mapping[str, Any], bodies: Mapping[UUID, UUID]) -> NewAction:
    """Return the action asked for. Raises `InvalidInput` for a lead who is not named."""
    lead = given["lead"]
    if lead not in bodies:
        raise InvalidInput({"lead": [gettext("Nommez d’abord cette personne pour la situation.")]})
    return NewAction(
        kind=given["kind"],
        detail=given["detail"] or "",
        lead_id=lead,
        lead_organisation_id=bodies[lead],
        due_on=given["due_on"],
    )
