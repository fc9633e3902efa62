"""What stands before each step of a formal reminder, with the rule it comes from."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from casework.cases.procedures.steps import Guard, Standing, Step

_LAW: Final = "CSI, art. L. 132-7"
_PROTOCOL: Final = "protocole avec le parquet"
_CONFLICT: Final = "code civil, art. 388-2"
_ALONE: Final = frozenset({"", "of_age", "impossible"})
_INSTEAD: Final = frozenset({"other_representative", "educational_responsible"})
"""Who comes when the legal representative stands against the minor."""

Holds = Callable[[Standing], bool]


def _answered(field: str, answer: str) -> Holds:
    return lambda standing: standing.answers.get(field, "") == answer


def _passed(*steps: Step) -> Holds:
    return lambda standing: bool(standing.passed.intersection(steps))


def _said(standing: Standing, field: str) -> str:
    return standing.answers.get(field, "")


def _given(standing: Standing, field: str) -> frozenset[str]:
    return frozenset(_said(standing, field).split(",")) - {""}


def _opinion_had(standing: Standing) -> bool:
    required = standing.protocol.opinion_required
    return not required or bool(standing.passed & {Step.FAVOUR, Step.WAIVE})


def _silence_agrees(standing: Standing) -> bool:
    return standing.protocol.silence_agrees


def _delay_over(standing: Standing) -> bool:
    return standing.awaited_on is None or standing.awaited_on < standing.today


def _ordered(standing: Standing) -> bool:
    return _said(standing, "held_by") != "delegate" or bool(_said(standing, "delegated_on"))


def _accompanied(standing: Standing) -> bool:
    """Say whether somebody comes with a minor, or why nobody can is to be said.

    In the quarter of the 18th birthday only the paper tells: whoever summons says it.
    """
    present = _said(standing, "present")
    if present == "of_age":
        return standing.may_be_adult or not standing.minor
    return bool(present) or not standing.minor


def _impossible_said(standing: Standing) -> bool:
    return _said(standing, "present") != "impossible" or bool(_said(standing, "impossible_why"))


def _without_conflict(standing: Standing) -> bool:
    return _said(standing, "conflict") != "yes" or _said(standing, "present") in _INSTEAD


def _companion_named(standing: Standing) -> bool:
    return _said(standing, "present") not in _INSTEAD or bool(_said(standing, "companion"))


def _copied(standing: Standing) -> bool:
    """Say whether whoever comes with a minor gets a copy of the summons."""
    comes = _said(standing, "present") not in _ALONE
    return not (standing.minor and comes) or bool(_said(standing, "copied_on"))


def _copied_to_parents(standing: Standing) -> bool:
    surely_minor = standing.minor and not standing.may_be_adult
    return not surely_minor or bool(_said(standing, "copied_on"))


def _in_time(standing: Standing) -> bool:
    """Say whether the days of the protocol lie between the summons and the hearing."""
    sent_on, hearing_on = _said(standing, "sent_on"), _said(standing, "hearing_on")
    least = timedelta(days=standing.protocol.summons_days)
    return date.fromisoformat(hearing_on) - date.fromisoformat(sent_on) >= least


def _hearing_day_came(standing: Standing) -> bool:
    return standing.awaited_on is None or standing.awaited_on <= standing.today


def _came(standing: Standing) -> bool:
    return "person" in _given(standing, "attended")


def _heard_with_somebody(standing: Standing) -> bool:
    alone = not _given(standing, "attended") - {"person"}
    surely_minor = standing.minor and not standing.may_be_adult
    return not (surely_minor and alone) or bool(_said(standing, "alone_why"))


def _framed(standing: Standing) -> bool:
    return standing.protocol.incivility_notices


def _closes_for(why: str, *steps: Step) -> Holds:
    """Let a case end for a reason that its own steps bear out; a sweep gives none of these."""
    return lambda standing: _said(standing, "why") != why or standing.passed.issuperset(steps)


ELIGIBLE: Final = (
    Guard(_answered("crime", "no"), "reminder-of-offence", _LAW),
    Guard(_answered("complaint", "no"), "reminder-complaint", _LAW),
    Guard(_answered("inquiry", "no"), "reminder-inquiry", _LAW),
)
"""No reminder stands in for justice: each is asked, and only « no » lets it go on (rule 17)."""

CHECKED: Final = Guard(_passed(Step.ACCEPT), "reminder-unchecked", _LAW)
OPINION: Final = Guard(_opinion_had, "opinion-missing", _PROTOCOL)
NO_ANSWER: Final = (
    Guard(_silence_agrees, "silence-authorises-nothing", _PROTOCOL),
    Guard(_delay_over, "opinion-still-awaited", _PROTOCOL),
)
SUMMONS: Final = (
    Guard(_ordered, "delegation-undated", _LAW),
    Guard(_without_conflict, "guardian-in-conflict", _CONFLICT),
    Guard(_accompanied, "minor-unaccompanied", _LAW),
    Guard(_impossible_said, "impossible-unsaid", _LAW),
    Guard(_companion_named, "companion-unnamed", _LAW),
    Guard(_copied, "copy-missing", _LAW),
    Guard(_in_time, "summons-too-near", _PROTOCOL),
)
DAY_CAME: Final = Guard(_hearing_day_came, "hearing-to-come", _LAW)
HEARING: Final = (
    Guard(_came, "person-did-not-come", _LAW),
    Guard(_heard_with_somebody, "minor-heard-alone", _LAW),
)
FRAMED: Final = Guard(_framed, "notice-unframed", _PROTOCOL)
NOTICE: Final = (Guard(_copied_to_parents, "copy-missing", _LAW),)
ENDING: Final = (
    Guard(_closes_for("reminded", Step.HEAR, Step.CHECK), "outcome-unchecked", _LAW),
    Guard(_closes_for("no_show", Step.MISS), "nobody-missed", _LAW),
    Guard(_closes_for("notice_sent", Step.NOTIFY), "notice-unsent", _LAW),
    Guard(_closes_for("opposed", Step.OPPOSE), "not-opposed", _PROTOCOL),
)
