"""A second version of the charter, brought in as a draft: something to compare and approve."""

from typing import Final

from casework.demo.cast import Cast
from casework.identity import Reason

_LEISURE: Final = 'leisure = "Proposer une activité sportive, culturelle ou de loisirs"'
_CHANGES: Final = (
    ("version = 1", "version = 2"),
    ("quorum = 3", "quorum = 4"),
    ("review_months = 6", "review_months = 4"),
    (
        'categories = ["prosecutor", "youth_justice"]',
        'categories = ["prosecutor", "youth_justice", "social_service"]',
    ),
    (
        'categories = ["social_service", "street_work", "social_centre"]',
        'categories = ["social_service", "street_work"]',
    ),
    (
        _LEISURE,
        _LEISURE + '\nsummer_work = "Proposer un emploi d’été"',
    ),
)


def revised(text: str) -> str:
    """Return the text with a few changes that a council could want."""
    for old, new in _CHANGES:
        text = text.replace(old, new, 1)
    return text


def bring_in(cast: Cast, group: str, text: str) -> None:
    """Have the coordinator of a group bring in the revised text; it binds nobody yet."""
    who = cast.coordinator(group)
    cast.workshop.charter_service.adopt(who, Reason.DUTY, revised(text), cast.charter_id)
