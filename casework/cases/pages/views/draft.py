"""A draft as its pages show it: where one is, what lacks, and who will be able to read it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import url_for

from casework.cases.circles import GroupBook, ties_of_draft
from casework.cases.consent import covered
from casework.cases.draft_pages import filled
from casework.cases.forms.every import FORMS
from casework.cases.forms.form import Form
from casework.cases.pages.views.circles import Circles
from casework.cases.pages.views.lacking import faults
from casework.cases.pages.views.steps import bodies
from casework.cases.values import Draft
from casework.charters.vocabulary import CaseKind, CompartmentClass
from casework.errors import StepRefused
from casework.i18n import gettext
from casework.web.dates import long_day, today
from casework.web.forms import FormState
from casework.web.look import Circle, Tick
from casework.web.typed_dates import Era, parse_date


@dataclass(frozen=True, slots=True)
class DraftView:
    """What every page of a draft shows around its fields."""

    draft: Draft
    book: GroupBook
    form: Form
    circles: Circles

    @property
    def kind(self) -> str:
        """The kind of referral: its pages are found by it."""
        return str(self.book.charter.kind)

    @property
    def of_victim(self) -> bool:
        """Say whether its pages carry the quick way out."""
        return self.book.charter.kind is CaseKind.VICTIM

    @property
    def called(self) -> str:
        """What is being written."""
        return str(self.form.called)

    @property
    def start_url(self) -> str:
        """Where one finds one's drafts again."""
        return url_for("cases.see_new_victim" if self.of_victim else "cases.see_new")

    @property
    def list_url(self) -> str:
        """Where what was sent is found."""
        return url_for("cases.see_victims" if self.of_victim else "cases.see_referrals")

    @property
    def sent(self) -> str:
        """What is said once it is sent."""
        if self.of_victim:
            return gettext("Orientation adressée au service, et à lui seul.")
        return gettext("Saisine transmise à la coordination.")

    @property
    def limit(self) -> int:
        """The longest free text of the charter, in characters."""
        return self.book.charter.texts.free_text_max

    @property
    def identity(self) -> Circle:
        """Who will read the identity."""
        return self.around(CompartmentClass.IDENTITY)

    @property
    def sheet(self) -> Circle:
        """Who will read the shared sheet."""
        return self.around(CompartmentClass.SHEET)

    @property
    def origin(self) -> Circle:
        """Who will read who said so."""
        return self.around(CompartmentClass.ORIGIN)

    @property
    def listed(self) -> Circle:
        """Who will find the clear facts in a list."""
        return self.around(None)

    @property
    def contact(self) -> Circle:
        """Who will read how to reach a victim."""
        return self.around(CompartmentClass.PROTECTED_CONTACT)

    def asks(self, name: str) -> bool:
        """Say whether a victim's consent lets a field be written; what was typed stays in view."""
        fields = self.draft.fields
        return bool(fields.get(name)) or covered(fields.get("consent_scope", ""), name)

    def around(self, part: CompartmentClass | None) -> Circle:
        """Return who will read a part once it is sent."""
        return self.circles.sending(part)

    def label(self, name: str) -> str:
        """Return what a field is called."""
        return str(self.form.labels[name])

    def ticks(self, name: str) -> tuple[Tick, ...]:
        """Return the choices of a field."""
        if name in self.form.bodies:
            return bodies(self.form.bodies[name], self.book, self.circles.own_body)
        if name == "commune":
            found: Mapping[str, Any] = self.book.communes
        elif name in self.form.choices:
            found = self.form.choices[name]
        else:
            found = self.book.charter.lists[self.form.lists[name]]
        return tuple(Tick(code, str(words)) for code, words in found.items())

    def said(self, name: str, value: str) -> str:
        """Return what a value says: the label of a code, yes or no, the text itself."""
        if name in self.form.many:
            return ", ".join(self._one(name, code) for code in value.split(",") if code)
        return self._one(name, value)

    def _one(self, name: str, value: str) -> str:
        if name in self.form.bodies:
            return next((one.label for one in self.ticks(name) if one.value == value), "")
        if name in self.form.choices:
            return str(self.form.choices[name].get(value, ""))
        if name == "commune":
            return self.book.communes.get(value, value)
        if name in self.form.days:
            return _day(value)
        if name in self.form.lists:
            return self.book.charter.label(self.form.lists[name], value) or value
        return value

    def circle(self, name: str) -> Circle:
        """Return who will read a field: beside its block's circle, the ring alone."""
        found = self.around(self.form.parts[name])
        return found.within(self.identity) if name == "commune" else found.beside

    def done(self, step: int) -> bool:
        """Say whether a page has all that it needs."""
        begun = filled(self.draft, self.form.names(step))
        return bool(begun) and not faults(self.draft, step, self.book)


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
    return DraftView(draft, book, FORMS[book.charter.kind], circles)


def page_state(draft: Draft, step: int, book: GroupBook) -> FormState:
    """Return a page as it was left; what is wrong shows once something was written on it."""
    begun = filled(draft, FORMS[book.charter.kind].names(step))
    found = faults(draft, step, book) if begun else {}
    shown = {name: said for name, said in found.items() if draft.fields.get(name)}
    return FormState(FORMS[book.charter.kind].spread(begun), shown)


def review(view: DraftView) -> tuple[Part, ...]:
    """Return everything that will be sent, by those who will read it."""
    return tuple(
        Part(str(one.title), view.around(one.part), one.page, _lines(view, one.names))
        for one in view.form.sections
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
