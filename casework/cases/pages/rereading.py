"""What a text should perhaps not say is asked of its author, before it is kept.

The questions help; they protect nobody, and nothing of a text is stored, logged or sent elsewhere.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from flask import Response, jsonify, request

from casework.cases.pages.blueprint import pages
from casework.errors import TextDoubted
from casework.i18n import shown
from casework.screening.questions import QUESTIONS
from casework.screening.rules import look
from casework.sentences import Sentence
from casework.web.guard import needs
from casework.web.load import load
from casework.web.permissions import Permission
from casework.web.schemas import StrictSchema, Text

_LONGEST: Final = 4000


class TextSchema(StrictSchema):
    """A text being written."""

    text = Text(_LONGEST, lines=True)


@pages.post("/relecture")
@needs(Permission.TEXT_REREAD)
def see_questions() -> Response:
    """Say what a text being written asks of its author; keep nothing of it."""
    asked = questions(load(TextSchema)["text"] or "")
    return jsonify(questions=[shown(one) for one in asked])


def questions(text: str, known: Iterable[str] = ()) -> tuple[Sentence, ...]:
    """Return what a text asks of its author, each question once."""
    subjects = dict.fromkeys(passage.subject for passage in look(text, known))
    return tuple(QUESTIONS[one] for one in subjects)


def reread(said: Mapping[str, Any], *names: str) -> None:
    """Raise `TextDoubted` for texts that ask something, unless their author keeps them so."""
    if request.form.get("reread") == "yes":
        return
    asked = {name: questions(said.get(name) or "") for name in names}
    doubted = {name: found for name, found in asked.items() if found}
    if doubted:
        raise TextDoubted(doubted)
