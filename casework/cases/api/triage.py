"""What the coordination does with a referral, and what the referrer answers."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from casework.cases.api.blueprint import cases, reason, who
from casework.cases.schemas import RedirectionSchema, WordsSchema
from casework.cases.service.referrals import ReferralService
from casework.web.api.etags import silent, version_seen, versioned
from casework.web.guard import needs, service
from casework.web.permissions import Permission

_REFERRAL: Final = "/referrals/<uuid:case_id>"


@cases.post(f"{_REFERRAL}/question")
@needs(Permission.REFERRAL_TRIAGE)
@cases.body(WordsSchema)
@cases.answers(204)
@versioned
@silent
def ask_referrer(given: Mapping[str, Any], case_id: UUID) -> None:
    """Ask the referrer something."""
    service(ReferralService).ask(who(), reason(), case_id, version_seen(), given["text"])


@cases.post(f"{_REFERRAL}/answer")
@needs(Permission.REFERRAL_ANSWER)
@cases.body(WordsSchema)
@cases.answers(204)
@versioned
@silent
def answer_question(given: Mapping[str, Any], case_id: UUID) -> None:
    """Answer the coordination's question."""
    service(ReferralService).answer(who(), reason(), case_id, version_seen(), given["text"])


@cases.post(f"{_REFERRAL}/acceptance")
@needs(Permission.REFERRAL_TRIAGE)
@cases.answers(204)
@versioned
@silent
def accept_referral(case_id: UUID) -> None:
    """Take a referral for the next meeting; the case then has a reference."""
    service(ReferralService).accept(who(), reason(), case_id, version_seen())


@cases.post(f"{_REFERRAL}/redirection")
@needs(Permission.REFERRAL_TRIAGE)
@cases.body(RedirectionSchema(exclude=("version",)))
@cases.answers(204)
@versioned
@silent
def redirect_referral(given: Mapping[str, Any], case_id: UUID) -> None:
    """Send a referral elsewhere, and keep nothing but a count."""
    service(ReferralService).redirect(who(), reason(), case_id, version_seen(), given["to"])


@cases.post(f"{_REFERRAL}/refusal")
@needs(Permission.REFERRAL_TRIAGE)
@cases.answers(204)
@versioned
@silent
def refuse_referral(case_id: UUID) -> None:
    """Do not keep a referral: its keys die with the decision."""
    service(ReferralService).refuse(who(), reason(), case_id, version_seen())
