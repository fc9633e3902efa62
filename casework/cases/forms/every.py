"""The form of every kind of referral."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from casework.cases.forms import family_council, followup, reminder, victim
from casework.cases.forms.form import Form
from casework.charters.vocabulary import CaseKind

FORMS: Final[Mapping[CaseKind, Form]] = MappingProxyType(
    {
        CaseKind.FOLLOWUP: followup.FORM,
        CaseKind.FAMILY_COUNCIL: family_council.FORM,
        CaseKind.REMINDER: reminder.FORM,
        CaseKind.VICTIM: victim.FORM,
    }
)
