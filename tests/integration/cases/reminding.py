"""What tests of reminders ask often: where a case is, why a step is refused, who is denied it."""

from uuid import UUID

import pytest

from casework.cases.procedures.steps import Step
from casework.errors import AccessDenied, StepRefused
from casework.identity import Reason
from tests.gathering import fact
from tests.mayor import (
    CHARTER,
    step,
)
from tests.town import Town


def state(town: Town, case_id: UUID) -> object:
    return fact(town, case_id, "state")


def refused(town: Town, case_id: UUID, taken: Step, by: str, **answers: str) -> str:
    with pytest.raises(StepRefused) as met:
        step(town, case_id, taken, by, **answers)
    return met.value.reason


def denied(town: Town, case_id: UUID, taken: Step, *bodies: str, **answers: str) -> bool:
    """Say whether each of several people is told that there is no such case, or may not."""
    for body in bodies:
        with pytest.raises(AccessDenied):
            step(town, case_id, taken, body, **answers)
    return True


def close(town: Town, case_id: UUID, why: str, by: str = "clerk") -> None:
    version = fact(town, case_id, "version")
    assert isinstance(version, int)
    town.runtime.cases.close(town.who(by), Reason.DUTY, case_id, version, why)


def agreeing_silence() -> str:
    text = CHARTER.read_text(encoding="utf-8")
    return text.replace("silence_agrees = false", "silence_agrees = true")
