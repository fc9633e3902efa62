"""One secret for each procedure, so that no two of them can ever be compared; none for victims."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final
from uuid import UUID

from sqlalchemy.orm import Session

from casework.charters.vocabulary import CaseKind
from casework.errors import IntegrityFailure
from casework.keys.presence_seal import PresenceSeal
from casework.keys.secrets import InstanceSecrets, SecretName, newest_version

SECRETS: Final[Mapping[CaseKind, SecretName]] = MappingProxyType(
    {
        CaseKind.FOLLOWUP: SecretName.PRESENCE_FOLLOWUP,
        CaseKind.FAMILY_COUNCIL: SecretName.PRESENCE_FAMILY_COUNCIL,
        CaseKind.REMINDER: SecretName.PRESENCE_REMINDER,
    }
)


@dataclass(frozen=True, slots=True)
class PresenceSeals:
    """The seals of one council, by procedure and version. All secrets are of one version."""

    secrets: InstanceSecrets
    council_id: UUID

    def of(self, kind: CaseKind, version: int) -> PresenceSeal:
        """Return a seal. Raises `IntegrityFailure` for a procedure that has none, ever."""
        name = SECRETS.get(kind)
        if name is None:
            raise IntegrityFailure("no presence for this procedure")
        return PresenceSeal(self.secrets.of(name, version), self.council_id)

    def newest(self, session: Session) -> int:
        """Return the version under which what is new is sealed."""
        return min(newest_version(session, self.council_id, one) for one in SECRETS.values())
