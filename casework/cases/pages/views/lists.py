"""Lists: one line per case or referral, with a name only where it was opened."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from casework.cases.circles import GroupBook
from casework.cases.orders import DraftLine
from casework.cases.pages.views.case import reference_of
from casework.cases.pages.views.deeds import Deed, deed_of
from casework.cases.pages.views.reminders import reminder_sign
from casework.cases.pages.views.states import state_of
from casework.cases.pages.views.words import age, awaits_key, born, full_name, reserved
from casework.cases.procedures.steps import DECIDED, LIVING, REACHABLE, CaseState
from casework.cases.service.home import Home
from casework.cases.values import Action, CaseHead, CaseLine
from casework.charters.vocabulary import BESIDE_VICTIMS, CaseKind
from casework.i18n import gettext
from casework.web.dates import day as short_day

_OVER: Final = (CaseState.CLOSED, CaseState.RESTRICTED)
_NEAR: Final = timedelta(days=30)
Books = Mapping[UUID, GroupBook]


@dataclass(frozen=True, slots=True)
class Filter:
    """A chip above the list: its code in the address, its words, the states it keeps."""

    code: str
    states: frozenset[CaseState]


FILTERS: Final = (
    Filter("toutes", LIVING | frozenset(_OVER)),
    Filter("a-decider", frozenset({CaseState.ACCEPTED})),
    Filter("suivies", DECIDED),
    Filter("saisines", frozenset({CaseState.REFERRED, CaseState.QUESTIONED})),
    Filter("closes", frozenset(_OVER)),
)


def filter_of(code: str) -> Filter:
    """Return the filter of a code; an unknown code keeps everything."""
    return next((one for one in FILTERS if one.code == code), FILTERS[0])


def filter_words(code: str) -> str:
    """Return what a chip says."""
    return {
        "toutes": gettext("Toutes"),
        "a-decider": gettext("À décider"),
        "suivies": gettext("Suivies"),
        "saisines": gettext("Saisines"),
        "closes": gettext("Closes"),
    }[code]


@dataclass(frozen=True, slots=True)
class Row:
    """A case in a list; `name` is empty when it stays shut."""

    id: UUID
    reference: str
    name: str
    age: str
    commune: str
    state: tuple[str, object]
    sign: tuple[str, str]
    reachable: bool
    protected: bool
    pending: bool = False
    article: str = ""


@dataclass(frozen=True, slots=True)
class HomeView:
    """The home page."""

    drafts: Sequence[DraftLine]
    questions: Sequence[Row]
    waiting: int
    awaited: Sequence[Row]
    deeds: Sequence[tuple[Deed, str]]


def rows(lines: Iterable[CaseLine], books: Books) -> list[Row]:
    """Return the rows of a list of cases."""
    return [_row(line.head, books, line) for line in lines]


def referral_rows(heads: Iterable[CaseHead], books: Books) -> list[Row]:
    """Return the rows of a list of referrals: never a name."""
    return [_row(head, books) for head in heads if head.group_id in books]


def deeds(
    actions: Iterable[Action], heads: Mapping[UUID, CaseHead], books: Books, viewer: UUID | None
) -> list[tuple[Deed, str]]:
    """Return one's actions with the references of their cases."""
    return list(_deeds(actions, heads, books, viewer))


def home_view(home: Home, books: Books, viewer: UUID | None) -> HomeView:
    """Return the home page of somebody."""
    asked = [head for head in home.referrals if head.state is CaseState.QUESTIONED]
    return HomeView(
        drafts=[one for one in home.drafts if _stands_here(one, books)],
        questions=referral_rows(asked, books),
        waiting=len(home.waiting),
        awaited=referral_rows(home.awaited, books),
        deeds=deeds(home.actions, home.heads, books, viewer),
    )


def _stands_here(draft: DraftLine, books: Books) -> bool:
    """Say whether a draft stands on the home page: one about a victim stands beside no other."""
    book = books.get(draft.group_id)
    return book is None or book.charter.kind in BESIDE_VICTIMS


def _deeds(
    actions: Iterable[Action], heads: Mapping[UUID, CaseHead], books: Books, viewer: UUID | None
) -> Iterator[tuple[Deed, str]]:
    for action in actions:
        head = heads[action.case_id]
        if head.group_id in books:
            yield deed_of(action, books[head.group_id], viewer), reference_of(head)


def _row(head: CaseHead, books: Books, line: CaseLine | None = None) -> Row:
    book = books[head.group_id]
    birth = born(line.birth_date) if line else None
    return Row(
        id=head.id,
        reference=reference_of(head),
        name=full_name(line.given_name, line.family_name) if line else "",
        age=age(birth, book.day) if birth else "",
        commune=book.communes.get(head.commune, head.commune),
        state=state_of(head),
        sign=_next(head, book.day),
        reachable=head.state in REACHABLE,
        protected=head.protected,
        pending=line is not None and awaits_key(line.family_name),
        article=reserved(book.charter, line.article) if line else "",
    )


def _next(head: CaseHead, day: date) -> tuple[str, str]:
    """Return what is next for a case: kind and words, or nothing."""
    if head.due_on:
        return "neutral", gettext("Scellée le %(day)s", day=short_day(head.due_on))
    return reminder_sign(head, day) if head.kind == CaseKind.REMINDER else _sign(head, day)


def _sign(head: CaseHead, day: date) -> tuple[str, str]:
    if head.state is CaseState.SUMMONED and head.awaited_on:
        near = "soon" if head.awaited_on - day <= _NEAR else "neutral"
        return near, gettext("Attendue le %(day)s", day=short_day(head.awaited_on))
    if head.state is not CaseState.FOLLOWED:
        return "neutral", ""
    return _answer(head.awaited_on, day) if head.awaited_on else _review(head, day)


def _answer(until: date, day: date) -> tuple[str, str]:
    """Return what is said of a case that waits for somebody’s answer, or for its next hearing."""
    if until < day:
        return "late", gettext("Suite attendue depuis le %(day)s", day=short_day(until))
    near = "soon" if until - day <= _NEAR else "neutral"
    return near, gettext("Suite attendue le %(day)s", day=short_day(until))


def _review(head: CaseHead, day: date) -> tuple[str, str]:
    """Return what a case that is followed waits for."""
    if not head.informed_on and not head.delay_reason:
        return "soon", gettext("Famille à informer")
    if head.review_by is None:
        return "neutral", ""
    words = gettext("Point avant le %(day)s", day=short_day(head.review_by))
    if head.review_by < day:
        return "late", gettext("Point attendu depuis le %(day)s", day=short_day(head.review_by))
    return ("soon" if head.review_by - day <= _NEAR else "neutral"), words
