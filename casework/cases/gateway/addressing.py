"""The one service to which a victim is referred: its members are named, its keys come and go."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from casework.audit.work import Work
from casework.cases.gateway.excluding import exclusions_of
from casework.cases.gateway.naming import CaseNaming
from casework.cases.models import CaseRow
from casework.charters.vocabulary import CompartmentClass, PartnerCategory
from casework.clock import local_day
from casework.errors import InvalidInput
from casework.keys.withdrawing import Withdrawing
from casework.partners import gateway as partners
from casework.partners.gateway.seats import seats_of
from casework.partners.values import Seat
from casework.sentences import N_

_CHOOSE: Final = N_("Choisissez un service du réseau, autre que le vôtre.")
_TOLD: Final = frozenset(
    {CompartmentClass.IDENTITY, CompartmentClass.SHEET, CompartmentClass.PROTECTED_CONTACT}
)
"""What the service is told; where the referral comes from is none of it."""


@dataclass(frozen=True, slots=True)
class Addressing:
    """Names everybody who sits for one body, and takes it all back.

    A service is a team: who opens the door today is not who opens it tomorrow.
    """

    naming: CaseNaming
    withdrawing: Withdrawing

    def address(
        self,
        work: Work,
        case: CaseRow,
        organisation_id: UUID,
        categories: frozenset[PartnerCategory],
    ) -> UUID:
        """Address a case to a body of some categories. Raises `InvalidInput` for any other."""
        team = self._team(work, case, organisation_id, categories)
        for seat in team:
            member = (seat.member_id, organisation_id)
            self.naming.name(work, case, member, until=None, parts=_TOLD)
        return organisation_id

    def take_back(self, work: Work, case: CaseRow, organisation_id: UUID) -> None:
        """End the part of a body in a case, and its keys with it.

        A body that coordinates the network stays admitted, so that it knows what exists: its keys
        are taken all the same.
        """
        self.naming.put_out(work, case, organisation_id)
        self.withdrawing.from_case(work, organisation_id, case.id)

    def _team(
        self,
        work: Work,
        case: CaseRow,
        organisation_id: UUID,
        categories: frozenset[PartnerCategory],
    ) -> list[Seat]:
        council_id, day = work.principal.council_id, local_day(work.now)
        group = partners.group(work.session, council_id, case.group_id)
        seats = () if group is None else seats_of(work.session, council_id, group, day)
        links = exclusions_of(work.session, council_id, [case.id])
        team = [
            seat
            for seat in seats
            if seat.organisation.id == organisation_id != case.referrer_organisation_id
            and seat.organisation.category in categories
            and not any(one.keeps_away(seat.member_id, organisation_id) for one in links)
        ]
        if not team:
            raise InvalidInput({"service": [_CHOOSE]})
        return team
