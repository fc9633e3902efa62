"""Who may look at forgetting, and who may run it."""

from dataclasses import dataclass
from typing import Final

from casework.audit.work import Work
from casework.cases.gateway.admission import Admission
from casework.charters.outcome import Wanted
from casework.errors import AccessDenied
from casework.identity import PrincipalKind
from casework.partners import gateway as partners

JOBS: Final = frozenset({PrincipalKind.OPERATOR, PrincipalKind.SERVICE})


def require_job(work: Work, wanted: str) -> None:
    """Raise `AccessDenied` unless a job of the service, or the named operator, asks."""
    if work.principal.kind not in JOBS:
        raise AccessDenied(wanted, "other-function")


@dataclass(frozen=True, slots=True)
class Everywhere:
    """What concerns the whole council is for those whom the charter of every group lets do it."""

    admission: Admission

    def demand(self, work: Work, wanted: Wanted) -> None:
        """Raise `AccessDenied`, citing the article of the first group that refuses."""
        groups = partners.groups(work.session, work.principal.council_id)
        if not groups:
            raise AccessDenied(str(wanted), "no-rule")
        for group in groups:
            self.admission.group(work, group.id, wanted)
