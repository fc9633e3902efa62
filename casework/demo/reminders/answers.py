"""What each step of an invented reminder records, from its particulars in the word list."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Final

from casework.cases.procedures.steps import Step
from casework.demo.reminders.shapes import Taken

_ROOM: Final = "Mairie, salle des Platanes inventés"
_OUTCOME: Final = "Plus aucun signalement depuis l’entretien."
_ORDERED: Final = timedelta(days=400)

Answers = dict[str, str]


def answers_of(step: Step, taken: Taken) -> Answers:
    """Return what a step records; nothing for one that asks nothing."""
    return _ANSWERS[step](taken) if step in _ANSWERS else {}


def _checks(_taken: Taken) -> Answers:
    return dict.fromkeys(("crime", "complaint", "inquiry"), "no")


def _summons(taken: Taken) -> Answers:
    told = taken.told
    answers = {
        "sent_on": taken.on.isoformat(),
        "hearing_on": told["hearing"],
        "hour": "17 h 30",
        "place": _ROOM,
        "held_by": "mayor",
    }
    if "delegate" in told:
        ordered = (taken.on - _ORDERED).isoformat()
        answers |= {"held_by": "delegate", "delegated_on": ordered}
    if "present" in told:
        copied = taken.on.isoformat()
        answers |= {"conflict": "no", "present": told["present"], "copied_on": copied}
    return answers


def _hearing(taken: Taken) -> Answers:
    came = taken.told["came"].replace("_", ",")
    return {"rules": taken.told["rule"], "attended": came}


_ANSWERS: Final[Mapping[Step, Callable[[Taken], Answers]]] = {
    Step.ACCEPT: _checks,
    Step.SUMMON: _summons,
    Step.HEAR: _hearing,
    Step.MISS: lambda _: {"absence": "no_answer"},
    Step.ORIENT: lambda taken: {"towards": taken.told["to"], "agreed": "yes"},
    Step.CHECK: lambda _: {"stopped": "yes", "seen": _OUTCOME},
    Step.NOTIFY: lambda taken: {"sent_on": taken.on.isoformat(), "rules": "bylaw"},
}
