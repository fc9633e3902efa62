"""What code below the pages says to people: French words that a page can still translate."""

from collections.abc import Mapping
from typing import Self


class Sentence(str):
    """A French sentence, with the message of the catalogue and the values it was made from.

    It reads as French wherever a text is expected; `i18n.shown` says it in the reader's language.
    """

    __slots__ = ("message", "values")
    message: str
    values: Mapping[str, object]

    def __new__(cls, message: str, values: Mapping[str, object]) -> Self:
        """Fill `values` into `message`, which names them as `%(name)s` or `%(name)d`."""
        said = super().__new__(cls, message % values if values else message)
        said.message, said.values = message, values
        return said


def N_(message: str, **values: object) -> Sentence:  # noqa: N802 - gettext's own name for it
    """Mark a French sentence for the catalogue without translating it yet."""
    return Sentence(message, values)
