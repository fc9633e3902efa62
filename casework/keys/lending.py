"""An exceptional access: keys of a case lent for two hours at most, and taken back by themselves.

Who may ask, and who reviews it afterwards, is not decided here: these are the walls.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from casework.audit.actions import Act
from casework.audit.entry import Detail, Entry
from casework.audit.work import Work
from casework.clock import Clock
from casework.entropy import Entropy, new_id
from casework.errors import StepRefused
from casework.keys.delivery import acting_organisation
from casework.keys.gateway import loans
from casework.keys.keyring import Keyring
from casework.keys.recovery.values import LONGEST_LOAN, Loan
from casework.keys.values import HeldKey

NEVER_LENT: Final = frozenset(
    {"judicial", "social", "private", "protected_contact", "origin", "attachments"}
)
"""Classes that no exception opens: other bodies' own, who reported, where somebody is hidden.

Nor what is attached: in an emergency the identity and the sheet are read, and no file leaves.
"""


@dataclass(frozen=True, slots=True)
class Lending:
    """Lends what the acting organisation holds for good; never for long, never everything."""

    keyring: Keyring
    clock: Clock
    entropy: Entropy

    def lend(
        self, work: Work, held: Sequence[HeldKey], organisation_id: UUID, until: datetime
    ) -> Loan:
        """Lend the keys of one case to another organisation, with a leaf and a line to be seen.

        Raises `StepRefused` for a moment passed or too far, for a class that is never lent and
        for nothing at all; `Locked` when the acting organisation does not hold a key for good.
        """
        granter = acting_organisation(work).organisation_id
        _require_lendable(work.now, held, (granter, organisation_id), until)
        loan = Loan(
            new_id(self.clock, self.entropy),
            held[0].case_id,
            organisation_id,
            granter,
            work.now,
            until,
        )
        self.keyring.admit(work, held, frozenset({organisation_id}), until)
        loans.add(work.session, work.principal.council_id, loan)
        minutes = int((until - work.now).total_seconds()) // 60
        detail: Detail = {
            "loan": loan.id,
            "organisation": organisation_id,
            "granter": granter,
            "minutes": minutes,
            "keys": len(held),
        }
        work.record(Entry(Act.ACCESS_LENT, case_id=loan.case_id, detail=detail))
        return loan


def lendable(held: Sequence[HeldKey]) -> list[HeldKey]:
    """Return those keys of a case that may be lent and are held for good."""
    return [
        one
        for one in held
        if one.entry is not None
        and one.expires_at is None
        and one.compartment_class not in NEVER_LENT
    ]


def _require_lendable(
    now: datetime, held: Sequence[HeldKey], bodies: tuple[UUID, UUID], until: datetime
) -> None:
    if not held or bodies[0] == bodies[1]:
        raise StepRefused("nothing-to-lend")
    if any(one.compartment_class in NEVER_LENT for one in held):
        raise StepRefused("never-lent")
    if len({one.case_id for one in held}) != 1 or len(lendable(held)) != len(held):
        raise StepRefused("nothing-to-lend")
    if not now < until <= now + LONGEST_LOAN:
        raise StepRefused("loan-too-long")
