"""The mayor's register and the prosecutor's queue, and a fact reported by a program."""

from typing import Final
from uuid import UUID

from casework.cases.procedures.steps import Step
from tests.mayor import FACT, PLACE, checked, found_register, step
from tests.town import COMMUNE
from tests.walking import Walk

_BORN: Final = "2010-05-17"


def mayor_reminds(walk: Walk) -> None:
    """Look at the register and at what waits for the prosecutor; report a fact."""
    group_id = found_register(walk.town)
    case_id = checked(walk.town, group_id)
    walk.get("mayor", "/rappels")
    step(walk.town, case_id, Step.CONSULT, "clerk", asked="prosecutor")
    walk.get("prosecutor", "/avis")
    walk.api("agent", "POST /reminders", body_of(group_id))


def body_of(group_id: UUID) -> dict[str, str]:
    """Return the report of an invented minor as a program sends it."""
    return {
        "group_id": str(group_id),
        "commune": COMMUNE,
        "age": "minor",
        "family_name": "Grondinelle",
        "given_name": "Théodule",
        "birth_date": _BORN,
        "reason": "noise",
        "fact": FACT,
        "fact_on": "2026-11-20",
        "place": PLACE,
        "origin": "municipal_police",
    }
