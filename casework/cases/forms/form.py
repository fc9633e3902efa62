"""The shape of the form of a referral: three pages of questions, then one to read it over."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from marshmallow import Schema, fields

from casework.cases.values import NewReferral
from casework.charters.vocabulary import CompartmentClass, ListName, PartnerCategory
from casework.i18n import lazy_gettext as _l
from casework.sentences import Sentence
from casework.web.schemas import Number, StrictSchema, Text

# Twice the longest text, so that a page being typed is kept whatever it still lacks.
_TYPED: Final = 4000
_CODE: Final = 40
_USUALLY: Final = _l("Nouvelle saisine")


def _agree(_: Mapping[str, str]) -> Mapping[str, Sentence]:
    """Find nothing: each page stands by itself."""
    return {}


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
    are fields whose codes are fixed here, `lists` those of the charter, `bodies` those that name a
    body of some categories; `many` hold several codes, joined by commas; `births` are the days that
    its ages are held against. `disagreements` tells where answers of different pages do not go
    together. `whole` is what a program sends at once, `referral` makes the referral of checked
    values.
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
    many: frozenset[str] = frozenset()
    bodies: Mapping[str, frozenset[PartnerCategory]] = field(default_factory=dict)
    disagreements: Callable[[Mapping[str, str]], Mapping[str, Sentence]] = _agree
    called: Any = _USUALLY

    def names(self, page: int) -> tuple[str, ...]:
        """Return the fields of a page."""
        return tuple(self.pages[page]().fields)

    def typing(self, page: int) -> Schema:
        """Return the schema of a page as it is being typed: anything readable is kept."""
        asked: dict[str, Any] = {name: self._typed(name) for name in self.names(page)}
        asked["kind"] = Text(_CODE, required=True)
        asked["version"] = Number(required=True)
        asked["opening"] = Text(_CODE, required=True)
        return StrictSchema.from_dict(asked)()

    def _typed(self, name: str) -> Any:
        kept = Text(_TYPED, lines=True)
        return fields.List(kept, load_default=list) if name in self.many else kept

    def spread(self, values: Mapping[str, str]) -> dict[str, Any]:
        """Return values for the fields of a page: those of several codes one by one."""
        return {
            name: value.split(",") if name in self.many else value for name, value in values.items()
        }
