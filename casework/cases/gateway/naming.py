"""Who is named on a case, and which organisations come near it with them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import or_, select, update

from casework.audit.work import Work
from casework.cases.gateway.confiding import Confiding
from casework.cases.gateway.excluding import exclusions_of
from casework.cases.gateway.parting import CaseParting
from casework.cases.models import AdmissionRow, CaseRow, NamingRow
from casework.charters.vocabulary import CompartmentClass
from casework.clock import Clock, local_day
from casework.db import sight
from casework.entropy import Entropy, new_id
from casework.errors import InvalidInput
from casework.keys.delivery import Courier, acting_organisation
from casework.keys.gateway import holding
from casework.keys.keyring import Keyring
from casework.sentences import N_

_LINKED = N_("Un lien personnel écarte cette personne de la situation : nommez quelqu’un d’autre.")
_SHARED = frozenset(
    {CompartmentClass.IDENTITY, CompartmentClass.SHEET, CompartmentClass.ATTACHMENTS}
)


@dataclass(frozen=True, slots=True)
class CaseNaming:
    """Names members. Their organisation is admitted and receives the keys of the shared parts.

    Those of the parts confided to some sorts of body follow who may open them from then on.
    """

    keyring: Keyring
    courier: Courier
    parting: CaseParting
    confiding: Confiding
    clock: Clock
    entropy: Entropy

    def name(
        self,
        work: Work,
        case: CaseRow,
        member: tuple[UUID, UUID],
        until: date | None,
        parts: frozenset[CompartmentClass] = _SHARED,
    ) -> None:
        """Name (member, organisation) on a case, or change until when; its body reads `parts`.

        Raises `InvalidInput` for whoever a personal link keeps from it.
        """
        member_id, organisation_id = member
        links = exclusions_of(work.session, work.principal.council_id, [case.id])
        if any(one.keeps_away(member_id, organisation_id) for one in links):
            raise InvalidInput({"member": [_LINKED]})
        row = self._named(work, case.id, member_id)
        if row is None:
            work.session.add(self._naming(work, case.id, member, until))
        else:
            row.until_on = until
        self._admit(work, case.id, organisation_id, parts)
        self.confiding.settle(work, case)

    def unname(self, work: Work, case: CaseRow, member_id: UUID) -> None:
        """End a naming yesterday: from now on the case does not exist for this member.

        When they were the last of their organisation, its keys go too.
        """
        row = self._named(work, case.id, member_id)
        if row is not None:
            row.until_on = local_day(work.now) - timedelta(days=1)
            self.parting.part(work, case.id, row.organisation_id)
            self.confiding.settle(work, case)

    def put_out(self, work: Work, case: CaseRow, organisation_id: UUID) -> None:
        """End the part of a whole body in a case, its keys with it."""
        self.parting.put_out(work, case.id, organisation_id)
        self.confiding.settle(work, case)

    def end_all(self, work: Work, case_ids: Sequence[UUID]) -> None:
        """End every naming of closed cases."""
        yesterday = local_day(work.now) - timedelta(days=1)
        running = or_(NamingRow.until_on.is_(None), NamingRow.until_on > yesterday)
        ended = update(NamingRow).where(
            NamingRow.council_id == work.principal.council_id,
            NamingRow.case_id.in_(case_ids),
            running,
        )
        at_once = {"synchronize_session": False, **sight.CLEAR}
        work.session.execute(ended.values(until_on=yesterday), execution_options=at_once)

    def _named(self, work: Work, case_id: UUID, member_id: UUID) -> NamingRow | None:
        return work.session.scalars(
            select(NamingRow)
            .where(
                NamingRow.council_id == work.principal.council_id,
                NamingRow.case_id == case_id,
                NamingRow.member_id == member_id,
            )
            .execution_options(**sight.ADMITTED)
        ).one_or_none()

    def _naming(
        self, work: Work, case_id: UUID, member: tuple[UUID, UUID], until: date | None
    ) -> NamingRow:
        member_id, organisation_id = member
        return NamingRow(
            council_id=work.principal.council_id,
            id=new_id(self.clock, self.entropy),
            case_id=case_id,
            member_id=member_id,
            organisation_id=organisation_id,
            named_by=work.principal.member_id,
            from_on=local_day(work.now),
            until_on=until,
        )

    def _admit(
        self,
        work: Work,
        case_id: UUID,
        organisation_id: UUID,
        parts: frozenset[CompartmentClass],
    ) -> None:
        place = (work.principal.council_id, organisation_id, case_id)
        admission = work.session.get(AdmissionRow, place, execution_options=sight.ADMITTED)
        if admission is not None and admission.until_on is not None:
            admission.from_on, admission.until_on = local_day(work.now), None
        if admission is None:
            council_id, organisation_id, case_id = place
            work.session.add(
                AdmissionRow(
                    council_id=council_id,
                    organisation_id=organisation_id,
                    case_id=case_id,
                    from_on=local_day(work.now),
                )
            )
        held = holding.held_by_case(work.session, acting_organisation(work), case_id)
        shared = [key for key in held if key.compartment_class in parts]
        self.keyring.admit(work, self.courier.ready(work, shared), frozenset({organisation_id}))
