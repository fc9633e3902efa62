"""How an enquiry goes on, and when it ends: with the lines it is about, or sooner."""

from datetime import date
from enum import StrEnum
from typing import Final

from casework.errors import StepRefused

YEARS_OF_LINES: Final = 3
"""How long a line of the register may be kept (CNIL, délibération 2021-122)."""

YEARS_AFTER_CLEARED: Final = 1
"""How long what turned out to be no misuse is remembered after it was said."""


class EnquiryState(StrEnum):
    """Where an enquiry stands. Published values never change."""

    OPEN = "open"
    ANSWERED = "answered"
    CONCLUDED = "concluded"


class Conclusion(StrEnum):
    """What the officer concludes. Published values never change."""

    FOUNDED = "founded"
    EXPLAINED = "explained"
    UNFOUNDED = "unfounded"


def require(stands: EnquiryState, needed: EnquiryState) -> None:
    """Raise `StepRefused` unless an enquiry stands where the next step begins."""
    if stands is not needed:
        raise StepRefused(f"enquiry-{stands.value}")


def ends_with_lines(oldest_line: date) -> date:
    """Return the day on which the oldest of its lines, hence the enquiry, ends."""
    return _years_after(oldest_line, YEARS_OF_LINES)


def ends_after(conclusion: Conclusion, on: date, planned: date) -> date:
    """Return the day on which an enquiry concluded on a day ends; never later than planned."""
    if conclusion is Conclusion.FOUNDED:
        return planned
    return min(planned, _years_after(on, YEARS_AFTER_CLEARED))


def _years_after(day: date, years: int) -> date:
    """Return the same day some years later; 29 February is the 28th where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
