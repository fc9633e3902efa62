"""When an act does not go through: the same page again, with what was typed and what happened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from casework.cases.pages.views.words import step_refused
from casework.charters.charter import Charter
from casework.errors import (
    CaseworkError,
    Conflict,
    CustodyRefused,
    InvalidInput,
    Locked,
    RegistrarAwaited,
    StepRefused,
    TextDoubted,
)
from casework.i18n import gettext
from casework.web.forms import FormState
from casework.web.problem_table import PROBLEMS

HANDLED: Final = (InvalidInput, Conflict, StepRefused, Locked)
"""What a page tells in its own place, so that nothing typed is lost."""


@dataclass(frozen=True, slots=True)
class Setback:
    """What happened, for the page that is shown again; without one, nothing did."""

    status: int = 200
    state: FormState = field(default_factory=FormState)
    kind: str = ""
    title: str = ""
    text: str = ""
    clash: bool = False

    def mine(self, name: str) -> str:
        """Return what was typed in a field."""
        return self.state.value(name)


NONE: Final = Setback()


def setback(
    error: CaseworkError,
    charter: Charter | None = None,
    called: Mapping[str, str] = MappingProxyType({}),
) -> Setback:
    """Return how an error of this request is told on its own page.

    `called` gives the page's name of a field that the service names otherwise.
    """
    status = int(PROBLEMS[error.code].status)
    title, text = str(PROBLEMS[error.code].title), ""
    if isinstance(error, InvalidInput):
        placed = {called.get(name, name): said for name, said in error.fields.items()}
        kept_if_said = isinstance(error, TextDoubted)
        state = FormState.refused((TextDoubted if kept_if_said else InvalidInput)(placed))
        return Setback(status, state, text=_unplaced(state.errors))
    if isinstance(error, CustodyRefused):
        advice = f"{PROBLEMS[error.code].advice} ({error.source})"
        return Setback(status, typed(), "soon", title, advice)
    if isinstance(error, StepRefused):
        text = step_refused(error.reason, charter)
        text = f"{text} ({error.source})" if error.source else text
    elif isinstance(error, Conflict):
        return Setback(status, typed(), "soon", title, clash=True)
    elif isinstance(error, RegistrarAwaited):
        text = str(PROBLEMS[error.code].advice)
    else:
        text = gettext("Votre texte est resté ci-dessous. La coordination peut remettre la clé.")
    return Setback(status, typed(), "soon", title, text)


def typed() -> FormState:
    """Return the form of this request as it was typed."""
    return FormState.refused(InvalidInput({}))


def _unplaced(fields: Mapping[str, Sequence[str]]) -> str:
    """Return what is said of no field in particular."""
    return " ".join(fields.get("_schema", ()))
