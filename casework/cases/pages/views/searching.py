"""What a search found, and who a referral's person resembles, as lines of a page."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from casework.cases.circles import GroupBook
from casework.cases.pages.views.case import reference_of
from casework.cases.pages.views.words import STATES, age, born, full_name
from casework.cases.searches import SEARCHED_KINDS, Alike, Answer, Likeness
from casework.i18n import lazy_gettext as _l
from casework.matching.dates import Agreement
from casework.web.look import Tick

_LIKENESS: Final[Mapping[Likeness, tuple[str, Any]]] = {
    Likeness.SAME: ("soon", _l("Même nom")),
    Likeness.NEAR: ("neutral", _l("Nom proche")),
    Likeness.TWIN: ("neutral", _l("Jumeaux peut-être")),
    Likeness.NAMESAKE: ("neutral", _l("Homonyme peut-être")),
}
_BIRTHS: Final[Mapping[Agreement, Any]] = {
    Agreement.SAME: _l("même date"),
    Agreement.INVERTED: _l("jour et mois inversés"),
    Agreement.YEAR: _l("même année"),
    Agreement.OTHER: _l("autre date"),
}


@dataclass(frozen=True, slots=True)
class AlikeLine:
    """A case of an answer; `agreed` says how the date of birth agrees with the one asked for."""

    id: UUID
    reference: str
    name: str
    birth: str
    age: str
    commune: str
    state: tuple[str, object]
    likeness: tuple[str, object]
    agreed: object


@dataclass(frozen=True, slots=True)
class AnswerView:
    """What is shown of an answer."""

    lines: Sequence[AlikeLine]
    more: bool
    unread: int


def searchable(books: Iterable[GroupBook]) -> dict[UUID, GroupBook]:
    """Return the groups whose cases are searched by name."""
    return {one.group.id: one for one in books if one.charter.kind in SEARCHED_KINDS}


def group_ticks(groups: Mapping[UUID, GroupBook]) -> tuple[Tick, ...]:
    """Return the groups to choose from, by name."""
    named = sorted((book.group.name, str(own_id)) for own_id, book in groups.items())
    return tuple(Tick(own_id, name) for name, own_id in named)


def answer_view(answer: Answer, groups: Mapping[UUID, GroupBook]) -> AnswerView:
    """Return the lines of an answer, the nearest first."""
    lines = [alike_line(one, groups[one.head.group_id]) for one in answer.cases]
    return AnswerView(lines, answer.more, answer.unread)


def alike_line(one: Alike, book: GroupBook) -> AlikeLine:
    """Return the line of one case."""
    birth = born(one.birth_date)
    return AlikeLine(
        id=one.head.id,
        reference=reference_of(one.head),
        name=full_name(one.given_name, one.family_name),
        birth=f"{birth:%d/%m/%Y}" if birth else "",
        age=age(birth, book.day) if birth else "",
        commune=book.communes.get(one.head.commune, one.head.commune),
        state=STATES[one.head.state],
        likeness=_LIKENESS[one.likeness],
        agreed=_BIRTHS.get(one.birth, ""),
    )
