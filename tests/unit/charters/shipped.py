"""The charters that are shipped, one for each procedure."""

from functools import cache
from pathlib import Path
from typing import Final

from casework.charters.charter import Charter
from casework.charters.loading import load
from casework.charters.vocabulary import CaseKind

FOLDER: Final = Path(__file__).parents[3] / "config" / "charters"
FILES: Final = {
    CaseKind.FOLLOWUP: "gsn.toml",
    CaseKind.FAMILY_COUNCIL: "cddf.toml",
    CaseKind.REMINDER: "rappel-a-l-ordre.toml",
    CaseKind.VICTIM: "victimes.toml",
}


def text_of(kind: CaseKind) -> str:
    """Return the text of the charter of a procedure."""
    return (FOLDER / FILES[kind]).read_text(encoding="utf-8")


@cache
def shipped(kind: CaseKind) -> Charter:
    """Return the charter of a procedure."""
    return load(text_of(kind))
