"""Enquiries as the officer writes and reads them, for the length of a request."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from casework.enquiries.policy import EnquiryState
from casework.keys.values import Withheld

Text = str | Withheld
"""What a sealed cell says, or that it stays shut."""


@dataclass(frozen=True, slots=True)
class NewEnquiry:
    """What is asked, of whom, and about which lines; `card` is the code of the card, if any."""

    lines: tuple[int, ...]
    card: str
    question: str
    addressee: str


@dataclass(frozen=True, slots=True)
class Enquiry:
    """An enquiry; `lines` are numbers separated by commas, `conclusion` a code."""

    id: UUID
    state: EnquiryState
    opened_by: UUID
    opened_at: datetime
    answered_at: datetime | None
    concluded_at: datetime | None
    erase_on: date
    version: int
    lines: Text
    card: Text
    question: Text
    addressee: Text
    answer: Text
    conclusion: Text


@dataclass(frozen=True, slots=True)
class EnquiryPage:
    """Enquiries, the newest first; ask again before `following` for older ones, if any."""

    enquiries: tuple[Enquiry, ...]
    following: UUID | None
