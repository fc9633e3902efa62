"""What a state is called: the procedure's own word for it, or the usual one."""

from typing import Any

from casework.cases.pages.views.labels.every import WORDINGS
from casework.cases.pages.views.words import STATES
from casework.cases.values import CaseHead
from casework.charters.vocabulary import CaseKind


def state_of(head: CaseHead) -> tuple[str, Any]:
    """Return the state of a case as its tag shows it: kind, then words."""
    return WORDINGS[CaseKind(head.kind)].states.get(head.state, STATES[head.state])
