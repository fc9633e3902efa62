"""Takes the person of a new referral into the index, where the group's charter says so."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from casework.audit.work import Work
from casework.cases.gateway.admission import Charters
from casework.cases.values import NewReferral
from casework.presence.gateway.index import PresenceIndex
from casework.presence.policy import takes_part
from casework.presence.values import Known

_SUBJECT: Final = "subject"


@dataclass(frozen=True, slots=True)
class PresencePlacing:
    """The one moment at which a name is at hand without being opened: its author types it."""

    index: PresenceIndex
    charters: Charters

    def placed(self, work: Work, case_id: UUID, referral: NewReferral) -> None:
        """Keep the tags of the person followed; nothing where the charter is silent."""
        group_id = referral.group_id
        charter = self.charters.of_group(work.session, work.principal.council_id, group_id)
        if not takes_part(charter):
            return
        version = self.index.seals.newest(work.session)
        known = [
            Known(case_id, group_id, one.family_name, one.given_name, one.birth_date)
            for one in referral.persons
            if one.relation == _SUBJECT and one.birth_date is not None
        ]
        self.index.keep(charter.kind, version, known)
