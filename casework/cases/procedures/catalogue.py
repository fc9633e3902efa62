"""Every procedure that is played, by the kind of its cases: a fifth gets its line here."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from casework.cases.procedures.family_council import FAMILY_COUNCIL
from casework.cases.procedures.followup import FOLLOWUP
from casework.cases.procedures.procedure import Procedure
from casework.cases.procedures.reminder import REMINDER
from casework.cases.procedures.victim import VICTIM
from casework.charters.vocabulary import CaseKind
from casework.errors import StepRefused

PROCEDURES: Final[Mapping[CaseKind, Procedure]] = MappingProxyType(
    {
        CaseKind.FOLLOWUP: FOLLOWUP,
        CaseKind.FAMILY_COUNCIL: FAMILY_COUNCIL,
        CaseKind.REMINDER: REMINDER,
        CaseKind.VICTIM: VICTIM,
    }
)
"""Under the charter of a kind that is not here no case begins."""


def procedure_of(kind: str) -> Procedure:
    """Return the procedure of a kind. Raises `StepRefused` for one that is not played yet."""
    played = PROCEDURES.get(CaseKind(kind))
    if played is None:
        raise StepRefused("procedure-absent")
    return played
