"""Letters as their pages show them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from casework.cases.circles import GroupBook, ties_of
from casework.cases.pages.views.case import reference_of
from casework.cases.pages.views.circles import Circles
from casework.cases.values import CaseHead
from casework.charters.vocabulary import CaseKind, CompartmentClass
from casework.i18n import gettext
from casework.keys.values import Withheld
from casework.letters.fields import OPTIONAL, SHAPES, LetterField, typed_of
from casework.letters.kinds import EDITED, INFORMING, KINDS_OF, LetterFormat, LetterKind
from casework.letters.merging import lines_of
from casework.letters.policy import open_marks, unused
from casework.letters.values import Beside, Letter, LetterHead, LetterLine, Stationery, Template
from casework.letters.wording import Wording, shipped_wording
from casework.letters.words import FIELDS, FORMATS, KINDS, MARKS, STATES
from casework.web.look import Circle, Tick


@dataclass(frozen=True, slots=True)
class Row:
    """A letter in a list."""

    head: LetterHead
    case: str
    kind: str
    state: tuple[str, Any]


@dataclass(frozen=True, slots=True)
class AskedField:
    """A field of the form of a letter: how it is asked, called and explained."""

    name: str
    label: str
    hint: str
    how: str
    most: int
    required: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """A letter on its page and on paper: the words that came with the service, filled in."""

    head: LetterHead
    kind: str
    state: tuple[str, Any]
    said: Mapping[str, str]
    dated: str
    reference: str
    subject: str
    wording: Wording
    marks: tuple[Tick, ...]
    informs: bool


@dataclass(frozen=True, slots=True)
class TemplateLine:
    """A template of a group: its own, or the one that came with the service."""

    kind: LetterKind
    format: LetterFormat
    label: str
    own: Template | None
    lacks: tuple[str, ...]


def rows(lines: Iterable[LetterLine]) -> list[Row]:
    """Return the rows of a list."""
    return [
        Row(line.head, line.case, kind_words(line.kind), STATES[line.head.state]) for line in lines
    ]


def kind_words(kind: object) -> str:
    """Return what a letter is called, or that its part stays shut."""
    if isinstance(kind, Withheld) or not kind:
        return gettext("Réservé")
    return str(KINDS[LetterKind(str(kind))][0])


def kind_ticks(case: CaseHead) -> list[Tick]:
    """Return the letters that a case may be written, to choose from."""
    return [
        Tick(kind.value, str(KINDS[kind][0]), str(KINDS[kind][1]))
        for kind in KINDS_OF[CaseKind(case.kind)]
    ]


def format_ticks() -> list[Tick]:
    """Return what a letter may be made in."""
    return [Tick(one.value, str(FORMATS[one][0]), str(FORMATS[one][1])) for one in LetterFormat]


def circle_of(around: Beside, book: GroupBook, viewer_id: UUID | None) -> Circle:
    """Return the circle of those who can read the letters of a case."""
    ties = ties_of(around.case, around.namings, book, around.away)
    return Circles(book, ties, viewer_id).of(CompartmentClass.ATTACHMENTS)


def asked_fields(kind: LetterKind) -> list[AskedField]:
    """Return the fields of the form of a letter."""
    return [asked_field(name) for name in typed_of(kind)]


def asked_field(name: LetterField) -> AskedField:
    """Return how a field is asked."""
    label, hint = FIELDS[name]
    dated = {LetterField.DAY, LetterField.FACTS_ON}
    how = "day" if name in dated else "lines" if SHAPES[name].lines else "line"
    needed = name not in OPTIONAL
    return AskedField(name.value, str(label), str(hint), how, SHAPES[name].most, needed)


def names_of(names: Iterable[LetterField]) -> dict[str, str]:
    """Return the labels of fields by their names, for the faults at the top of a form."""
    return {name.value: str(FIELDS[name][0]) for name in names}


def labels(names: Iterable[LetterField]) -> list[str]:
    """Return what fields are called."""
    return [str(FIELDS[name][0]) for name in names]


def sheet(letter: Letter) -> Sheet | None:
    """Return a letter to show or print; None where its part stays shut."""
    if letter.kind is None:
        return None
    around, wording = letter.beside, shipped_wording(letter.kind).filled(letter.fields)
    dated, reference, subject = lines_of(letter.fields, wording.subject)
    uninformed = around.issues and around.case.informed_on is None
    return Sheet(
        head=letter.head,
        kind=kind_words(letter.kind),
        state=STATES[letter.head.state],
        said={name.name.lower(): letter.fields.get(name, "") for name in LetterField},
        dated=dated,
        reference=reference,
        subject=subject,
        wording=wording,
        marks=tuple(Tick(one.value, str(MARKS[one])) for one in open_marks(letter.head.state)),
        informs=letter.kind in INFORMING and uninformed,
    )


def above(case: CaseHead) -> str:
    """Return what stands above the title: the reference of the case, never a name."""
    return reference_of(case)


def template_lines(stationery: Stationery) -> list[TemplateLine]:
    """Return the templates of a group, one line for each kind and format."""
    own = {(one.kind, one.format): one for one in stationery.templates}
    return [
        template_line(kind, format_, own.get((kind, format_)))
        for kind in KINDS_OF[stationery.group.kind]
        for format_ in EDITED
    ]


def template_line(kind: LetterKind, format_: LetterFormat, own: Template | None) -> TemplateLine:
    """Return one template, and what it does not say."""
    lacks = tuple(labels(unused(kind, own.used))) if own else ()
    return TemplateLine(kind, format_, str(KINDS[kind][0]), own, lacks)
