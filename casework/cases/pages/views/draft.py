"""A draft as its pages show it: where one is, what lacks, and who will be able to read it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from casework.cases.circles import GroupBook, ties_of_draft
from casework.cases.draft_pages import FIELDS, begun, filled
from casework.cases.pages.views.circles import Circles
from casework.cases.pages.views.lacking import faults
from casework.cases.values import Draft
from casework.charters.vocabulary import CompartmentClass, ListName
from casework.errors import StepRefused
from casework.i18n import gettext
from casework.i18n import lazy_gettext as _l
from casework.web.dates import long_day, today
from casework.web.forms import FormState
from casework.web.look import Circle, Tick
from casework.web.typed_dates import Era, parse_date

LABELS: Final[Mapping[str, Any]] = {
    "family_name": _l("Nom de famille"),
    "given_name": _l("Prénom"),
    "birth_date": _l("Date de naissance"),
    "commune": _l("Commune"),
    "address": _l("Adresse"),
    "phone": _l("Téléphone"),
    "school": _l("Établissement scolaire ou employeur"),
    "parent_family_name": _l("Nom du représentant légal"),
    "parent_given_name": _l("Prénom du représentant légal"),
    "parent_phone": _l("Téléphone du représentant légal"),
    "reason": _l("Motif de la saisine"),
    "fact": _l("Un fait constaté"),
    "fact_on": _l("Date du fait"),
    "origin": _l("D’où vient l’alerte"),
    "reporter": _l("Qui vous l’a dit"),
    "words": _l("Ses mots"),
    "informed": _l("La famille est‑elle informée ?"),
    "informed_on": _l("Informée le"),
    "delay_reason": _l("Pourquoi cela attend"),
}
TITLES: Final = {
    1: _l("Pour qui ?"),
    2: _l("Pourquoi ?"),
    3: _l("La famille est‑elle informée ?"),
    4: _l("Relire et transmettre"),
}
_LISTS: Final = {
    "reason": ListName.REFERRAL_REASONS,
    "origin": ListName.ORIGINS,
    "delay_reason": ListName.DELAY_REASONS,
}
_DAYS: Final = frozenset({"birth_date", "fact_on", "informed_on"})
_ORIGIN: Final = frozenset({"origin", "reporter", "words"})
_LISTED: Final = frozenset({"commune", *FIELDS[3]})
"""What a case shows wherever it is listed, by clear facts that need no key."""


@dataclass(frozen=True, slots=True)
class DraftView:
    """What every page of a draft shows around its fields."""

    draft: Draft
    book: GroupBook
    identity: Circle
    sheet: Circle
    origin: Circle
    listed: Circle

    @property
    def limit(self) -> int:
        """The longest free text of the charter, in characters."""
        return self.book.charter.texts.free_text_max

    def label(self, name: str) -> str:
        """Return what a field is called."""
        return str(LABELS[name])

    def ticks(self, name: str) -> tuple[Tick, ...]:
        """Return the choices of a field."""
        if name == "informed":
            return (Tick("yes", gettext("Oui")), Tick("no", gettext("Pas encore")))
        if name == "commune":
            return tuple(Tick(code, words) for code, words in self.book.communes.items())
        found = self.book.charter.lists[_LISTS[name]]
        return tuple(Tick(code, words) for code, words in found.items())

    def said(self, name: str, value: str) -> str:
        """Return what a value says: the label of a code, yes or no, the text itself."""
        if name == "informed":
            return {"yes": gettext("Oui"), "no": gettext("Pas encore")}.get(value, "")
        if name == "commune":
            return self.book.communes.get(value, value)
        if name in _DAYS:
            return _day(value)
        if name in _LISTS:
            return self.book.charter.label(_LISTS[name], value) or value
        return value

    def circle(self, name: str) -> Circle:
        """Return who will read a field: beside its block's circle, the ring alone."""
        found = self._around(name)
        return found.within(self.identity) if name == "commune" else found.beside

    def _around(self, name: str) -> Circle:
        if name in _LISTED:
            return self.listed
        if name in FIELDS[1]:
            return self.identity
        return self.origin if name in _ORIGIN else self.sheet

    def done(self, step: int) -> bool:
        """Say whether a page has all that it needs."""
        return begun(self.draft, step) and not faults(self.draft, step, self.book)


@dataclass(frozen=True, slots=True)
class Part:
    """The lines of one circle on the page that is read over before sending."""

    title: str
    circle: Circle
    step: int
    lines: Sequence[tuple[str, str]]


def draft_view(draft: Draft, book: GroupBook, author_id: UUID | None) -> DraftView:
    """Return what surrounds the pages of a draft."""
    author = book.seat(author_id)
    if author is None:
        raise StepRefused("impossible-now")
    ties = ties_of_draft(author, book, draft.fields.get("commune", ""))
    circles = Circles(book, ties, author_id)
    return DraftView(
        draft=draft,
        book=book,
        identity=circles.sending(CompartmentClass.IDENTITY),
        sheet=circles.sending(CompartmentClass.SHEET),
        origin=circles.sending(CompartmentClass.ORIGIN),
        listed=circles.sending(None),
    )


def page_state(draft: Draft, step: int, book: GroupBook) -> FormState:
    """Return a page as it was left; what is wrong shows once something was written on it."""
    found = faults(draft, step, book) if begun(draft, step) else {}
    shown = {name: said for name, said in found.items() if draft.fields.get(name)}
    return FormState(filled(draft, step), shown)


def review(view: DraftView) -> tuple[Part, ...]:
    """Return everything that will be sent, by those who will read it."""
    identity = tuple(name for name in FIELDS[1] if name not in _LISTED)
    return (
        Part(gettext("Identité"), view.identity, 1, _lines(view, identity)),
        Part(gettext("Commune"), view.listed, 1, _lines(view, ("commune",))),
        Part(gettext("Fiche partagée"), view.sheet, 2, _lines(view, ("reason", "fact", "fact_on"))),
        Part(gettext("Origine"), view.origin, 2, _lines(view, ("origin", "reporter", "words"))),
        Part(gettext("Information de la famille"), view.listed, 3, _lines(view, FIELDS[3])),
    )


def _lines(view: DraftView, names: Sequence[str]) -> list[tuple[str, str]]:
    fields = view.draft.fields
    return [(view.label(name), view.said(name, fields[name])) for name in names if fields.get(name)]


def _day(typed: str) -> str:
    """Return a day as it will be understood, or what was typed when it is none."""
    try:
        return long_day(parse_date(typed, today(), Era.PAST))
    except ValueError:
        return typed
