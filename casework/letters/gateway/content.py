"""Where the sealed values of letters stand, for what erases cases and what seals them anew."""

from typing import Final

from casework.letters.models import LetterRow

CONTENT: Final = (LetterRow,)
"""The tables of letters with a sealed value."""
