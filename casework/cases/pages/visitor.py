"""Who reads, why, and with which key: the one place where these pages ask."""

from collections.abc import Iterable
from uuid import UUID

from casework.accounts import signin
from casework.cases.circles import GroupBook
from casework.cases.service.books import GroupBooks
from casework.cases.service.drafts import DraftService
from casework.identity import Principal, Reason
from casework.keys.member_keys import DraftKey
from casework.web import guard


def who() -> Principal:
    """Return who is acting."""
    return guard.principal()


def reason() -> Reason:
    """Return why they read, as they said."""
    return signin.current_reason()


def draft_key() -> DraftKey:
    """Return the key of this person's drafts, which only their own session opens."""
    return guard.service(DraftService).key_of(signin.current_session().seed())


def book_of(group_id: UUID) -> GroupBook:
    """Return the book of a group for this reader."""
    return guard.service(GroupBooks).of(who(), group_id)


def asks_presence(books: Iterable[GroupBook]) -> bool:
    """Say whether one of these charters lets somebody ask if a person is already followed."""
    return any(book.charter.presence.on for book in books)
