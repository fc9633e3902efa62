"""The referral of a victim as its page shows it: her name stands in one block, never in a title."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from casework.cases.circles import GroupBook, ties_of
from casework.cases.pages.views import timeline as lines
from casework.cases.pages.views.blocks import Block, block_of, parts_by_class
from casework.cases.pages.views.case import Answer
from casework.cases.pages.views.circles import Circles
from casework.cases.pages.views.courses.victim import VictimCourse
from casework.cases.pages.views.labels.victim import VICTIM
from casework.cases.pages.views.steps import NextStep, coming, said_of
from casework.cases.pages.views.words import full_name
from casework.cases.procedures.procedure import Field
from casework.cases.procedures.steps import Step as ProcedureStep
from casework.cases.procedures.victim import CONSENT, DANGER, NEEDS, PERSON
from casework.cases.values import CaseFile, CaseHead
from casework.charters.vocabulary import CompartmentClass, ListName
from casework.i18n import gettext, ngettext
from casework.keys.values import Withheld
from casework.web.dates import long_day
from casework.web.look import Circle, Moment, Step

_ENDS: Final = frozenset({ProcedureStep.DECLINE, ProcedureStep.REFUSE, ProcedureStep.WITHDRAW})
_ASKING: Final = frozenset({ProcedureStep.REFER, ProcedureStep.ADDRESS})


@dataclass(frozen=True, slots=True)
class ContactBlock:
    """The part that opens on its own page: who can, and that it is there."""

    circle: Circle


@dataclass(frozen=True, slots=True)
class VictimView:
    """Everything the page shows."""

    head: CaseHead
    above: str
    below: str
    steps: tuple[Step, ...]
    next: tuple[NextStep, ...]
    identity: Block | None
    sheet: Block | None
    origin: Block | None
    contact: ContactBlock | None
    own: Circle | None
    listed: Circle
    opened: Circle
    who: tuple[Answer, ...]
    needs: tuple[Answer, ...]
    whence: tuple[Answer, ...]
    notes: tuple[Moment, ...]
    knowing: str
    conservation: tuple[str, ...]
    danger: bool
    namesake: bool
    pending: bool
    limit: int
    offers: frozenset[str]

    @property
    def id(self) -> UUID:
        """The case."""
        return self.head.id

    @property
    def reference(self) -> str:
        """What it is called by those who may not know her name."""
        return called(self.head)

    @property
    def title(self) -> str:
        """What stands on top of the page: whoever passes by reads no name."""
        return gettext("Orientation")

    @property
    def ends(self) -> frozenset[ProcedureStep]:
        """The steps that are no way forward: their buttons stand back."""
        return _ENDS

    @property
    def protected(self) -> bool:
        """Whether it opens with two people alone."""
        return self.head.protected


def victim_view(file: CaseFile, book: GroupBook, viewer_id: UUID | None) -> VictimView:
    """Return the page of a referral for one reader."""
    circles = Circles(book, ties_of(file.head, file.namings, book, file.away), viewer_id)
    parts = parts_by_class(file)
    blocks = {class_: block_of(part, circles) for class_, part in parts.items()}
    viewer, told = book.seat(viewer_id), _told(file)
    service = service_of(file, book)
    known = blocks.get(CompartmentClass.IDENTITY)
    return VictimView(
        head=file.head,
        above=f"{called(file.head)} · {book.group.name}",
        below=gettext("Orientée le %(day)s", day=long_day(file.head.referred_on)),
        steps=VictimCourse(file.head, file.steps, service).steps(),
        next=coming(file, book, viewer).now,
        identity=known,
        sheet=blocks.get(CompartmentClass.SHEET),
        origin=_own_origin(blocks),
        contact=_contact(parts, circles),
        own=circles.own_service(viewer.organisation) if viewer else None,
        listed=circles.listed,
        opened=known.circle if known and known.open else circles.of(CompartmentClass.IDENTITY),
        who=tuple(_who(file, told, book)),
        needs=tuple(_answers((*NEEDS, *DANGER, *CONSENT), told, book)),
        whence=tuple(_whence(file, book)),
        notes=lines.notes(file, book),
        knowing=_knowing(file, viewer_id, service),
        conservation=tuple(_conservation(file.head)),
        danger=told.get("danger_level") == "characterised",
        namesake=file.namesake,
        pending=any(one.pending for one in blocks.values()),
        limit=book.charter.texts.free_text_max,
        offers=file.may,
    )


def called(head: CaseHead) -> str:
    """Return what a referral is called by those who may not know her name."""
    return head.reference or gettext("Orientation du %(day)s", day=long_day(head.referred_on))


def service_of(file: CaseFile, book: GroupBook) -> str:
    """Return the name of the service to which somebody was last addressed."""
    ids = [one.asked_organisation_id for one in file.steps if one.step in _ASKING]
    asked = [one for one in ids if one is not None]
    return book.organisations[asked[-1]].name if asked else ""


def scope_of(file: CaseFile) -> str:
    """Return the scopes of her consent, joined by commas; nothing where the sheet stays shut."""
    return _told(file).get("consent_scope", "")


def _told(file: CaseFile) -> Mapping[str, str]:
    """Return what her referral recorded in the parts that opened."""
    told: dict[str, str] = {}
    for one in file.steps:
        if one.step is ProcedureStep.REFER and not isinstance(one.answers, Withheld):
            told.update(one.answers)
    return told


def _own_origin(blocks: Mapping[CompartmentClass, Block]) -> Block | None:
    """Return the origin to whoever wrote it; to the service it is not even announced."""
    found = blocks.get(CompartmentClass.ORIGIN)
    return found if found and found.open else None


def _contact(parts: Mapping[CompartmentClass, object], circles: Circles) -> ContactBlock | None:
    class_ = CompartmentClass.PROTECTED_CONTACT
    return ContactBlock(circles.of(class_)) if class_ in parts else None


def _who(file: CaseFile, told: Mapping[str, str], book: GroupBook) -> Iterator[Answer]:
    subject = file.subject
    name = full_name(subject.given_name, subject.family_name) if subject else ""
    yield Answer(gettext("Nom"), name)
    age = told.get("age", "")
    yield Answer(str(VICTIM.fields["age"]), _years(age) if age else "")
    yield Answer(gettext("Commune"), book.communes.get(file.head.commune, file.head.commune))
    for field in PERSON[1:]:
        if told.get(field.name):
            yield Answer(str(VICTIM.fields[field.name]), told[field.name])


def _years(age: str) -> str:
    return ngettext("%(num)d an", "%(num)d ans", int(age)) if age.isdecimal() else age


def _answers(
    fields: tuple[Field, ...], told: Mapping[str, str], book: GroupBook
) -> Iterator[Answer]:
    for field in fields:
        value = told.get(field.name, "")
        if value:
            yield Answer(str(VICTIM.fields[field.name]), said_of(field, value, VICTIM, book))


def _whence(file: CaseFile, book: GroupBook) -> Iterator[Answer]:
    referral = file.referral
    if referral is not None and isinstance(referral.origin, str):
        label = book.charter.label(ListName.ORIGINS, referral.origin) or referral.origin
        yield Answer(gettext("Origine"), label)


def _knowing(file: CaseFile, viewer_id: UUID | None, service: str) -> str:
    """Say who knows: whoever referred is named to themselves alone."""
    if viewer_id == file.head.referrer_id:
        return gettext("Vous, et %(service)s.", service=service) if service else gettext("Vous.")
    return gettext("La personne qui l’a orientée, et votre service.")


def _conservation(head: CaseHead) -> Iterator[str]:
    if head.due_on:
        yield gettext(
            "Sera scellée le %(day)s : plus personne ne l’ouvrira.", day=long_day(head.due_on)
        )
    else:
        yield gettext("Scellée un mois après le premier contact, puis effacée.")
    yield gettext("Accord retiré : effacée aussitôt, sauvegardes comprises.")
    yield gettext("Au plus tard le %(day)s, quoi qu’il arrive.", day=long_day(head.ceiling_on))
