"""Enquiries in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from flask import url_for

from casework.enquiries.policy import Conclusion, EnquiryState
from casework.enquiries.rules import Card
from casework.enquiries.values import Enquiry, Text
from casework.enquiries.words import CARDS, CONCLUSIONS, STATES
from casework.i18n import gettext
from casework.partners.directory import Directory
from casework.web.guard import principal, service
from casework.web.look import Circle, CircleKind, Step, StepState

_MOST_NUMBERS: Final = 12


@dataclass(frozen=True, slots=True)
class Shown:
    """An enquiry as its page and the list show it; what stays shut is an empty text."""

    id: UUID
    version: int
    kind: str
    state: Any
    about: Any
    count: int
    lines: str
    lines_url: str
    question: str
    addressee: str
    answer: str
    conclusion: Any
    opened_at: datetime
    erase_on: date
    readable: bool
    awaits_answer: bool
    awaits_conclusion: bool


def listed(enquiries: Iterable[Enquiry]) -> list[Shown]:
    """Return enquiries in words."""
    return [shown(one) for one in enquiries]


def shown(one: Enquiry) -> Shown:
    """Return an enquiry in words."""
    kind, state = STATES[one.state]
    lines = _said(one.lines)
    return Shown(
        id=one.id,
        version=one.version,
        kind=kind,
        state=state,
        about=about(_said(one.card)),
        count=len(lines.split(",")),
        lines=shortened(lines),
        lines_url=url_for("register.read_register", entrees=lines) if lines else "",
        question=_said(one.question),
        addressee=_said(one.addressee),
        answer=_said(one.answer),
        conclusion=_conclusion(_said(one.conclusion)),
        opened_at=one.opened_at,
        erase_on=one.erase_on,
        readable=isinstance(one.question, str),
        awaits_answer=one.state is EnquiryState.OPEN,
        awaits_conclusion=one.state is EnquiryState.ANSWERED,
    )


def shortened(lines: str) -> str:
    """Return numbers as one reads them, the first dozen."""
    numbers = lines.split(",")
    return ", ".join(numbers[:_MOST_NUMBERS]) + ("…" if len(numbers) > _MOST_NUMBERS else "")


def about(card: str) -> Any:
    """Return what an enquiry is about, by the code of its card; without one, by its lines."""
    known = {one.value: CARDS[one].title for one in Card}
    return known.get(card, gettext("Entrées du registre"))


def steps(one: Enquiry) -> list[Step]:
    """Return how far an enquiry is."""
    marks = [
        (gettext("Ouverte"), True, True),
        (gettext("Répondue"), one.state is not EnquiryState.OPEN, True),
        (
            gettext("Conclue"),
            one.state is EnquiryState.CONCLUDED,
            one.state is not EnquiryState.OPEN,
        ),
    ]
    return [Step(_state(done=done, near=near), words) for words, done, near in marks]


def own_circle() -> Circle:
    """Return who can open what is written here: the officer's body, and nobody else."""
    body = service(Directory).organisations().get(principal().organisation_id)  # type: ignore[arg-type]
    name = body.name if body else ""
    return Circle(CircleKind.SERVICE, gettext("%(body)s seul", body=name))


def _state(*, done: bool, near: bool) -> StepState:
    if done:
        return StepState.DONE
    return StepState.NOW if near else StepState.LATER


def _conclusion(code: str) -> Any:
    return CONCLUSIONS[Conclusion(code)].title if code else ""


def _said(text: Text) -> str:
    return text if isinstance(text, str) else ""
