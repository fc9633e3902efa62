"""What no text of a case may hold, by its pattern (law note 9.4, rule 6)."""

from collections.abc import Mapping

from casework.errors import InvalidInput
from casework.screening.questions import QUESTIONS, REFUSED
from casework.screening.rules import holds_number
from casework.sentences import Sentence


def barred(text: str) -> list[Sentence]:
    """Return what must be taken out of a text, in words; nothing where it may stay."""
    return [QUESTIONS[one] for one in REFUSED if holds_number(text, one)]


def check_texts(texts: Mapping[str, str]) -> None:
    """Raise `InvalidInput` by field for a social-security number in any of them."""
    faults = {name: found for name, text in texts.items() if (found := barred(text))}
    if faults:
        raise InvalidInput(faults)
