"""The mayor's register of reminders and the prosecutor's queue: what each list shows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from casework.cases.procedures.steps import ARCHIVED, LIVING, CaseState
from casework.cases.values import CaseHead, CaseLine
from casework.i18n import gettext
from casework.i18n import lazy_gettext as _l
from casework.web.dates import day as short_day

_NEAR: Final = timedelta(days=7)
ANSWERABLE: Final = frozenset({CaseState.CONSULTED, CaseState.CLEARED, CaseState.SUMMONED})
"""States in which the prosecutor's answer is awaited, or still taken."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A chip above the register: its code in the address, its words, the states it keeps."""

    code: str
    words: Any
    states: frozenset[CaseState]


STAGES: Final = (
    Stage("en-cours", _l("En cours"), LIVING),
    Stage("a-verifier", _l("À vérifier"), frozenset({CaseState.REFERRED, CaseState.QUESTIONED})),
    Stage("avis", _l("Parquet"), frozenset({CaseState.ACCEPTED, CaseState.CONSULTED})),
    Stage("a-convoquer", _l("À convoquer"), frozenset({CaseState.CLEARED})),
    Stage("convoques", _l("Convoqués"), frozenset({CaseState.SUMMONED})),
    Stage("suites", _l("Suites à vérifier"), frozenset({CaseState.FOLLOWED})),
    Stage("clos", _l("Clos"), ARCHIVED),
)


def stage_of(code: str) -> Stage:
    """Return the stage of a code; an unknown code keeps what is under way."""
    return next((one for one in STAGES if one.code == code), STAGES[0])


def reminder_sign(head: CaseHead, day: date) -> tuple[str, str]:
    """Return what is next for a reminder: kind and words, or nothing."""
    until = head.awaited_on
    match head.state:
        case CaseState.ACCEPTED:
            return "soon", gettext("Avis à demander")
        case CaseState.CONSULTED if until:
            return _opinion_sign(until, day)
        case CaseState.SUMMONED if until:
            return _hearing_sign(until, day)
        case CaseState.FOLLOWED:
            return _outcome_sign(until, day)
    return "neutral", ""


def by_urgency(lines: Iterable[CaseLine]) -> list[CaseLine]:
    """Return opinions in the order in which they are awaited."""
    return sorted(lines, key=lambda line: (line.head.awaited_on or date.max, line.head.id))


def _opinion_sign(until: date, day: date) -> tuple[str, str]:
    if until < day:
        return "late", gettext("Avis attendu depuis le %(day)s", day=short_day(until))
    return "neutral", gettext("Avis avant le %(day)s", day=short_day(until))


def _hearing_sign(until: date, day: date) -> tuple[str, str]:
    if until < day:
        return "late", gettext("Entretien du %(day)s à inscrire", day=short_day(until))
    words = gettext("Entretien le %(day)s", day=short_day(until))
    return ("soon" if until - day <= _NEAR else "neutral"), words


def _outcome_sign(until: date | None, day: date) -> tuple[str, str]:
    if until is None:
        return "soon", gettext("À clore")
    if until < day:
        return "late", gettext("Suites à vérifier depuis le %(day)s", day=short_day(until))
    return "neutral", gettext("Suites avant le %(day)s", day=short_day(until))
