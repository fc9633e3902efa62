"""Who may ask, which groups answer, how often, and how long a question is remembered: pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from casework.cases.procedures.steps import LIVING, CaseState
from casework.charters.charter import Charter
from casework.charters.facts import Standing
from casework.charters.vocabulary import ASKING_KINDS, CaseKind, Recipient

PER_HOUR: Final = 30
"""Questions of one member in any hour: enough for a duty day, too few to try a school's list."""

HOUR: Final = timedelta(hours=1)
KEPT: Final = timedelta(days=90)
"""How long a coordinator can see that somebody asked; the line of the register stays longer."""

SHOWN_AGAIN: Final = timedelta(minutes=15)
"""How long whoever asked can open the page of the answer."""

ANSWERING: Final = frozenset({CaseState.ACCEPTED, CaseState.FOLLOWED})
"""A person is followed once the coordination has taken the referral, and until it is closed."""

HELD: Final = LIVING
"""States of a case whose tags are kept; those of a referral that still waits stay silent."""


def takes_part(charter: Charter) -> bool:
    """Say whether a group asks and answers; one for victims never does, whatever it signed."""
    return charter.presence.on and charter.kind in ASKING_KINDS


def answers(charter: Charter, to: CaseKind) -> bool:
    """Say whether a group answers one of a kind: no question crosses procedures."""
    return takes_part(charter) and charter.kind is to


def may_ask(charter: Charter, standing: Standing) -> bool:
    """Say whether somebody is one of those whom the charter lets ask."""
    holds = {Recipient.MEMBER: standing.mandated, Recipient.COORDINATOR: standing.coordinator}
    return takes_part(charter) and any(holds.get(one, False) for one in charter.presence.recipients)


def wait(asked_at: Sequence[datetime], now: datetime, most: int = PER_HOUR) -> int:
    """Return the whole seconds before the next question, 0 when it may be put now.

    `asked_at` are the moments of one's questions; at most `most` may lie in any hour.
    """
    recent = sorted((one for one in asked_at if now - one < HOUR), reverse=True)
    if len(recent) < most:
        return 0
    left = recent[most - 1] + HOUR - now
    return max(1, -(-left // timedelta(seconds=1)))
