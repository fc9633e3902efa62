"""The words of every procedure, by kind."""

from collections.abc import Mapping
from typing import Final

from casework.cases.pages.views.labels.family_council import FAMILY_COUNCIL
from casework.cases.pages.views.labels.followup import FOLLOWUP
from casework.cases.pages.views.labels.reminder import REMINDER
from casework.cases.pages.views.labels.victim import VICTIM
from casework.cases.pages.views.labels.wording import Wording
from casework.charters.vocabulary import CaseKind

WORDINGS: Final[Mapping[CaseKind, Wording]] = {
    CaseKind.FOLLOWUP: FOLLOWUP,
    CaseKind.FAMILY_COUNCIL: FAMILY_COUNCIL,
    CaseKind.REMINDER: REMINDER,
    CaseKind.VICTIM: VICTIM,
}
