"""One thing to record: ids and codes, never a name, never a word somebody typed."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from casework.audit.actions import Act, Outcome

Detail = Mapping[str, int | str | UUID]

CHARTER_TEXT: Final = "charter_text"
"""Where a leaf says which text of the charter decided: the first figures of its SHA-256."""

CITED: Final = 16
"""How many of its figures, enough to tell apart all the texts that a council ever signs."""

_CODE: Final = re.compile(r"[a-z0-9:_.-]{1,64}")
_ARTICLE: Final = re.compile(r"[A-Za-z0-9:_.-]{1,32}")
_REFERENCE: Final = re.compile(r"[A-Za-z0-9:_.@-]{0,64}")


@dataclass(frozen=True, slots=True)
class Entry:
    """What one leaf of the register will say, beside who and when.

    `case_id` is the case concerned, `cases` the cases a list or search showed, `compartments`
    those about to be opened or just written: the receipt covers exactly these. `scanned` are more
    that a search compares, too many to be named: the receipt covers them too, and the leaf tells
    how many and one digest. `detail` holds integers, booleans, ids and short codes; anything else
    raises ValueError here, at once.
    """

    act: Act
    case_id: UUID | None = None
    compartments: tuple[UUID, ...] = ()
    cases: tuple[UUID, ...] = ()
    article: str | None = None
    outcome: Outcome = Outcome.ALLOWED
    detail: Detail = field(default_factory=dict)
    scanned: tuple[UUID, ...] | None = None

    def __post_init__(self) -> None:
        """Refuse what could carry a name or a sentence."""
        if self.article is not None and not is_article(self.article):
            raise ValueError("an article is a number or a code")
        for name, value in self.detail.items():
            if not is_code(name) or not _speaks_no_name(value):
                raise ValueError("a detail is an integer, an id or a short code")


def cited(articles: Iterable[str]) -> str | None:
    """Return the articles of a list as its one leaf names them, `5:11`; None when there is none.

    Those for which there is no more room are left out, the longest numbers first.
    """
    told = ""
    for one in sorted(set(articles) - {""}, key=lambda number: (len(number), number)):
        longer = f"{told}:{one}" if told else one
        told = longer if is_article(longer) else told
    return told or None


def is_code(text: str) -> bool:
    """Say whether `text` is a short code: lower case, digits and `:_.-`, at most 64."""
    return _CODE.fullmatch(text) is not None


def is_article(text: str) -> bool:
    """Say whether `text` is the number of an article: letters, digits and `:_.-`, at most 32."""
    return _ARTICLE.fullmatch(text) is not None


def is_reference(text: str) -> bool:
    """Say whether `text` may name a session, an operator or a job; it may be empty."""
    return _REFERENCE.fullmatch(text) is not None


def _speaks_no_name(value: object) -> bool:
    return isinstance(value, int | UUID) or (isinstance(value, str) and is_code(value))
