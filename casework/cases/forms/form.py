"""The shape of the form of a referral: three pages of questions, then one to read it over."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from marshmallow import Schema

from casework.cases.values import NewReferral
from casework.charters.vocabulary import CompartmentClass, ListName
from casework.web.schemas import Number, StrictSchema, Text

# Twice the longest text, so that a page being typed is kept whatever it still lacks.
_TYPED: Final = 4000
_CODE: Final = 40


@dataclass(frozen=True, slots=True)
class Section:
    """Lines of one circle on the page that is read over; `page` is where to change them."""

    title: Any
    part: CompartmentClass | None
    page: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The form of one kind of referral.

    `pages` are the schemas of the three pages, each holding what it must to be sent. `parts` says
    in which part of the case a field will be read; None for clear facts that lists show. `choices`
    are fields whose codes are fixed here, `lists` those of the charter; `births` are the days that
    its ages are held against. `whole` is what a program sends at once, `referral` makes the
    referral of checked values.
    """

    pages: Mapping[int, type[Schema]]
    whole: type[Schema]
    titles: Mapping[int, Any]
    labels: Mapping[str, Any]
    parts: Mapping[str, CompartmentClass | None]
    sections: tuple[Section, ...]
    referral: Callable[[UUID, Mapping[str, Any]], NewReferral]
    lists: Mapping[str, ListName] = field(default_factory=dict)
    choices: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    days: frozenset[str] = frozenset()
    births: frozenset[str] = frozenset({"birth_date"})
    texts: frozenset[str] = frozenset()

    def names(self, page: int) -> tuple[str, ...]:
        """Return the fields of a page."""
        return tuple(self.pages[page]().fields)

    def typing(self, page: int) -> Schema:
        """Return the schema of a page as it is being typed: anything readable is kept."""
        asked: dict[str, Any] = {name: Text(_TYPED, lines=True) for name in self.names(page)}
        asked["kind"] = Text(_CODE, required=True)
        asked["version"] = Number(required=True)
        asked["opening"] = Text(_CODE, required=True)
        return StrictSchema.from_dict(asked)()
