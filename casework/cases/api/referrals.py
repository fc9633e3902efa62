"""Referrals: one's own, those that wait for the coordination, and a new one."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

from casework.cases.api.answers import CaseHeadsSchema
from casework.cases.api.blueprint import cases, reason, who
from casework.cases.forms.family_council import family_referral
from casework.cases.forms.family_pages import FamilySchema
from casework.cases.forms.followup import FollowupSchema, followup_referral
from casework.cases.forms.reminder import ReminderSchema, reminder_referral
from casework.cases.service.home import HomeService
from casework.cases.service.referrals import ReferralService
from casework.identity import Reason
from casework.web.api.once import Creation, Made, creates, service
from casework.web.api.output import MadeSchema
from casework.web.guard import needs
from casework.web.permissions import Permission
from casework.web.schemas import Choice, StrictSchema

_SENT: Final = Creation(at="/api/v1/cases/{id}", version=1, key_required=True)


class Side(StrEnum):
    """Whose referrals: those one sent, or those one is to look into."""

    MINE = "mine"
    WAITING = "waiting"


class ReferralsQuery(StrictSchema):
    """Which list of referrals."""

    list = Choice(Side, load_default=Side.MINE)


@cases.get("/referrals")
@needs(Permission.REFERRAL_LIST)
@cases.query(ReferralsQuery)
@cases.answers(200, CaseHeadsSchema)
def list_referrals(given: Mapping[str, Any]) -> dict[str, Any]:
    """List referrals: dates and states, never a name."""
    home = service(HomeService)
    listed = home.referrals if given["list"] is Side.MINE else home.waiting
    return {"items": listed(who(), reason())}


@cases.post("/referrals")
@needs(Permission.REFERRAL_WRITE)
@cases.body(FollowupSchema)
@cases.answers(201, MadeSchema)
@creates(_SENT)
def send_referral(given: Mapping[str, Any]) -> Made:
    """Send a referral to the coordination of a group."""
    referral = followup_referral(given["group_id"], given)
    return Made(service(ReferralService).send(who(), Reason.REFERRAL, referral))


@cases.post("/family-referrals")
@needs(Permission.REFERRAL_WRITE)
@cases.body(FamilySchema)
@cases.answers(201, MadeSchema)
@creates(_SENT)
def send_family_referral(given: Mapping[str, Any]) -> Made:
    """Send the referral of a family to the coordination of the council of its commune."""
    referral = family_referral(given["group_id"], given)
    return Made(service(ReferralService).send(who(), Reason.REFERRAL, referral))


@cases.post("/reminders")
@needs(Permission.REFERRAL_WRITE)
@cases.body(ReminderSchema)
@cases.answers(201, MadeSchema)
@creates(_SENT)
def report_fact(given: Mapping[str, Any]) -> Made:
    """Report a fact to the mayor of a register of reminders."""
    referral = reminder_referral(given["group_id"], given)
    return Made(service(ReferralService).send(who(), Reason.REFERRAL, referral))
