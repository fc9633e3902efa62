"""Rules of links and of openings by two: values in, answers out."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from casework.cases.safeguards.values import Opening
from casework.charters.facts import CaseFacts, Standing
from casework.errors import InvalidInput, StepRefused
from casework.sentences import N_

OPEN_FOR: Final = timedelta(minutes=30)
"""How long a protected case stays open to the one who asked."""

ASKED_FOR: Final = timedelta(minutes=30)
"""How long a question waits for a second person."""

STATED_FOR: Final = timedelta(minutes=30)
"""How long the reason typed for a closed case stands."""

LEAST_BODIES: Final = 2
"""Bodies present at a table that opens a protected case: two people of one are not enough."""

_OWN: Final = N_("Votre propre lien se déclare à la page de la situation.")
_COORDINATES: Final = N_(
    "Cet organisme coordonne le groupe : écartez ses membres un à un, un autre prendra le relais."
)


def may_exclude(standing: Standing, facts: CaseFacts) -> bool:
    """Say whether somebody sets the link of another: the coordination, or the lead of the case."""
    return standing.coordinator or facts.lead


def check_excluded(holder_id: UUID, own_id: UUID | None, coordinating_id: UUID) -> None:
    """Raise `InvalidInput` for oneself, and for the body that coordinates the group."""
    if holder_id == own_id:
        raise InvalidInput({"holder": [_OWN]})
    if holder_id == coordinating_id:
        raise InvalidInput({"holder": [_COORDINATES]})


def waits(opening: Opening, now: datetime) -> bool:
    """Say whether a question still waits for a second person."""
    return opening.until is None and now < opening.asked_at + ASKED_FOR


def may_second(opening: Opening, member_id: UUID | None, organisation_id: UUID | None) -> bool:
    """Say whether somebody may be the second person: of another body than the one who asks.

    Two colleagues answer to one chief; what protects is that two bodies know.
    """
    if member_id is None or organisation_id is None:
        return False
    return member_id != opening.member_id and organisation_id != opening.organisation_id


def check_table(present: Collection[UUID]) -> None:
    """Raise `StepRefused` unless two bodies are present: the table counts as two people."""
    if len(set(present)) < LEAST_BODIES:
        raise StepRefused("table-of-one")
