"""Victims by program: the list of their referrals, a safe contact, a report made elsewhere."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from casework.cases.api.answers import SafeContactSchema, VictimLinesSchema
from casework.cases.api.blueprint import cases, reason, who
from casework.cases.api.reading import CASE, Headers
from casework.cases.forms.victim import VictimSchema, victim_referral
from casework.cases.orders import PAGE
from casework.cases.schemas import ContactSchema, LegalReportSchema
from casework.cases.service.referrals import ReferralService
from casework.cases.service.victims import LegalReport, VictimService
from casework.identity import Reason
from casework.keys.values import Withheld
from casework.web.api import once
from casework.web.api.cursors import PageQuery, next_page, place_asked
from casework.web.api.etags import silent, tag, version_seen, versioned
from casework.web.api.once import Creation, Made, creates
from casework.web.api.output import MadeSchema
from casework.web.guard import needs, service
from casework.web.permissions import Permission

_SENT: Final = Creation(at="/api/v1/cases/{id}", version=1, key_required=True)
_CONTACT: Final = f"{CASE}/safe-contact"


@cases.get("/victim-referrals")
@needs(Permission.VICTIM_LIST)
@cases.query(PageQuery)
@cases.answers(200, VictimLinesSchema)
def list_victim_referrals(given: Mapping[str, Any]) -> tuple[dict[str, Any], Headers]:
    """List the referrals that one made, received or coordinates, newest first: never a name."""
    lines = service(VictimService).list_referrals(who(), reason(), place_asked(given, UUID))
    following = lines[-1].head.id if len(lines) == PAGE else None
    return {"items": lines}, next_page(following)


@cases.post("/victim-referrals")
@needs(Permission.VICTIM_REFER)
@cases.body(VictimSchema)
@cases.answers(201, MadeSchema)
@creates(_SENT)
def send_victim_referral(given: Mapping[str, Any]) -> Made:
    """Refer a victim, with her consent, to one service; several codes are joined by commas.

    Nobody in immediate danger is referred here: this service is no way to call for help.
    """
    referral = victim_referral(given["group_id"], given)
    return Made(once.service(ReferralService).send(who(), Reason.REFERRAL, referral))


@cases.get(_CONTACT)
@needs(Permission.CONTACT_READ)
@cases.answers(200, SafeContactSchema)
def read_safe_contact(case_id: UUID) -> tuple[dict[str, Any], Headers]:
    """Open the safe contact of a victim, apart from the rest of her case.

    Whoever the charter asks for a typed reason states it first, at `/cases/{case_id}/reasons`.
    """
    opened = service(VictimService).read_contact(who(), reason(), case_id)
    shut = isinstance(opened.answers, Withheld)
    answer = {"case_id": case_id, "open": not shut, "answers": {} if shut else opened.answers}
    return answer, {"ETag": tag(opened.head.version)}


@cases.post(_CONTACT)
@needs(Permission.CONTACT_WRITE)
@cases.body(ContactSchema(exclude=("version",)))
@cases.answers(204)
@versioned
@silent
def replace_safe_contact(given: Mapping[str, Any], case_id: UUID) -> None:
    """Put another safe contact in its place; the former one is not kept."""
    message = "yes" if given["contact_message"] else "no"
    told = {name: value or "" for name, value in given.items()} | {"contact_message": message}
    service(VictimService).keep_contact(who(), reason(), (case_id, version_seen()), told)


@cases.post("/legal-reports")
@needs(Permission.LEGAL_REPORT_NOTE)
@cases.body(LegalReportSchema)
@cases.answers(204)
@silent
def note_legal_report(given: Mapping[str, Any]) -> None:
    """Note that a report was made without a victim's consent: the day, the way, the ground."""
    report = LegalReport(
        group_id=given["group_id"],
        on=given["report_on"],
        channel=given["report_channel"],
        ground=given["report_ground"],
    )
    service(VictimService).report(who(), report)
