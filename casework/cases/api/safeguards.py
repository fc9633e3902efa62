"""Personal links, protected cases, the reason typed for one case."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from casework.cases.api.answers import LinksSchema, OpeningsSchema
from casework.cases.api.blueprint import cases, reason, who
from casework.cases.api.reading import CASE
from casework.cases.schemas import HolderSchema, ProtectionSchema, ReasonOfCaseSchema
from casework.cases.service.links import LinkService
from casework.cases.service.protection import ProtectionService
from casework.cases.service.stating import StatingService
from casework.web.api.etags import silent
from casework.web.guard import needs, service
from casework.web.permissions import Permission

_LINKS: Final = f"{CASE}/links"
_OPENINGS: Final = f"{CASE}/openings"


@cases.post(f"{CASE}/own-link")
@needs(Permission.LINK_DECLARE)
@cases.answers(204)
@silent
def declare_link(case_id: UUID) -> None:
    """Keep a case from oneself, for a personal link that nobody asks about."""
    service(LinkService).declare(who(), reason(), case_id)


@cases.get(_LINKS)
@needs(Permission.LINK_READ)
@cases.answers(200, LinksSchema)
def list_links(case_id: UUID) -> dict[str, Any]:
    """List who is kept from a case, for the coordination and its lead."""
    return {"items": service(LinkService).listed(who(), reason(), case_id)}


@cases.post(_LINKS)
@needs(Permission.LINK_SET)
@cases.body(HolderSchema)
@cases.answers(204)
@silent
def set_link(given: Mapping[str, Any], case_id: UUID) -> None:
    """Keep a case from another member, or from a body and all its members."""
    service(LinkService).exclude(who(), reason(), case_id, given["holder"])


@cases.post(f"{_LINKS}/<uuid:holder_id>/lift")
@needs(Permission.LINK_LIFT)
@cases.answers(204)
@silent
def ask_end_of_link(case_id: UUID, holder_id: UUID) -> None:
    """Ask the officer that a link end: nothing changes before they agree."""
    service(LinkService).ask_lift(who(), reason(), case_id, holder_id)


@cases.post(f"{CASE}/protection")
@needs(Permission.CASE_PROTECT)
@cases.body(ProtectionSchema)
@cases.answers(204)
@silent
def protect_case(given: Mapping[str, Any], case_id: UUID) -> None:
    """Let a case open with two people from now on, or end that."""
    protection = service(ProtectionService)
    change = protection.protect if given["protected"] else protection.unprotect
    change(who(), reason(), case_id)


@cases.get("/openings")
@needs(Permission.OPENING_LIST)
@cases.answers(200, OpeningsSchema)
def list_openings() -> dict[str, Any]:
    """List who waits for a second person that one could be."""
    return {"items": [one for one, _ in service(ProtectionService).look(who(), reason())]}


@cases.post(_OPENINGS)
@needs(Permission.OPENING_ASK)
@cases.answers(204)
@silent
def ask_opening(case_id: UUID) -> None:
    """Ask for a second person before a protected case."""
    service(ProtectionService).ask(who(), reason(), case_id)


@cases.post(f"{_OPENINGS}/<uuid:member_id>/consent")
@needs(Permission.OPENING_GRANT)
@cases.answers(204)
@silent
def grant_opening(case_id: UUID, member_id: UUID) -> None:
    """Be the second person: the case is open to the one who asked for half an hour."""
    service(ProtectionService).grant(who(), reason(), case_id, member_id)


@cases.post(f"{CASE}/reasons")
@needs(Permission.REASON_STATE)
@cases.body(ReasonOfCaseSchema)
@cases.answers(204)
@silent
def state_reason_of_case(given: Mapping[str, Any], case_id: UUID) -> None:
    """Say why a closed case is opened: it opens for half an hour, and no other with it."""
    service(StatingService).state(who(), reason(), case_id, given["words"])
