"""The shape of the words of one procedure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from casework.cases.procedures.steps import CaseState, Step


@dataclass(frozen=True, slots=True)
class StepWords:
    """A step before it is taken (a button and the title of its page) and in the timeline after."""

    do: Any
    done: Any
    hint: Any = ""


@dataclass(frozen=True, slots=True)
class Wording:
    """Every word of a procedure: steps, what they ask, the codes that the procedure itself fixes.

    `asked` says, by step, who is to be chosen for the step after it; `told` what a field is called
    in the timeline, where its question would be too long. `states` are those that this procedure
    calls otherwise, as their tag shows them.
    """

    steps: Mapping[Step, StepWords] = field(default_factory=dict)
    fields: Mapping[str, Any] = field(default_factory=dict)
    hints: Mapping[str, Any] = field(default_factory=dict)
    choices: Mapping[tuple[str, str], Any] = field(default_factory=dict)
    asked: Mapping[Step, Any] = field(default_factory=dict)
    told: Mapping[str, Any] = field(default_factory=dict)
    states: Mapping[CaseState, tuple[str, Any]] = field(default_factory=dict)
