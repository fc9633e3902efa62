"""Parts that a charter keeps for organisations whose members hold the key themselves."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from sqlalchemy import Select
from sqlalchemy.orm import Session

from casework.audit.actions import Act
from casework.audit.work import Work
from casework.errors import CustodyRefused, IntegrityFailure
from casework.keys.custody import Custody
from casework.keys.gateway import entries, holding
from casework.keys.values import Acting, CustodyKind


@dataclass(frozen=True, slots=True)
class Reserved:
    """Classes of compartment that only members may hold the key of, and the article that says."""

    classes: frozenset[str] = frozenset()
    article: str = ""


class Reservations(Protocol):
    """Asks the charters, which stand above the keys."""

    def of_case(self, session: Session, council_id: UUID, case_id: UUID) -> Reserved:
        """Return what the charter of a case reserves; nothing for a case that is not there."""
        ...

    def barred(
        self, session: Session, council_id: UUID, class_: str, organisations: Collection[UUID]
    ) -> Collection[UUID]:
        """Return those of some organisations that are of no sort that may hold a class."""
        ...

    def everywhere(
        self, session: Session, council_id: UUID
    ) -> Sequence[tuple[Reserved, Select[UUID]]]:
        """Return what each charter in force reserves, with the ids of the cases under it."""
        ...


Delivery = tuple[UUID, str, Collection[UUID]]
"""A part about to be delivered: its case, its class, and to which organisations."""


@dataclass(frozen=True, slots=True)
class Reserve:
    """A part is as strong as the weakest custody among its organisations: a charter may mind."""

    custody: Custody
    reservations: Reservations

    def require_members(self, work: Work, deliveries: Iterable[Delivery]) -> None:
        """Raise `CustodyRefused` when a reserved part would come into the service's own hands.

        Raises `IntegrityFailure` before a part goes to a sort of body that no charter lets hold it.
        """
        known: dict[UUID, Reserved] = {}
        council_id = work.principal.council_id
        for case_id, class_, organisations in deliveries:
            if self.reservations.barred(work.session, council_id, class_, organisations):
                raise IntegrityFailure("a part that is not for this sort of organisation")
            if case_id not in known:
                known[case_id] = self.reservations.of_case(work.session, council_id, case_id)
            reserved = known[case_id]
            if class_ in reserved.classes and self._serves(work, organisations):
                raise CustodyRefused(
                    Act.KEY_GRANTED, "server-custody", str(case_id), reserved.article
                )

    def require_none_held(self, work: Work, acting: Acting) -> None:
        """Raise `CustodyRefused` while an organisation, about to trust the service, holds one."""
        entries.stand_still(work.session, acting.place, alone=True)
        for reserved, cases in self.reservations.everywhere(work.session, acting.council_id):
            if holding.holds_any(work.session, acting.place, reserved.classes, cases):
                raise CustodyRefused(Act.CUSTODY_CHANGED, "reserved-held", article=reserved.article)

    def _serves(self, work: Work, organisations: Collection[UUID]) -> bool:
        """Say whether the service opens the secret of one of these; none changes meanwhile."""
        places = [(work.principal.council_id, one) for one in sorted(organisations)]
        for place in places:
            entries.stand_still(work.session, place)
        kinds = {self.custody.kind_of(work.session, place) for place in places}
        return CustodyKind.SERVER in kinds
