"""A case as its page shows it to one reader."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

from casework.cases.circles import GroupBook, current, ties_of
from casework.cases.pages.views import timeline as lines
from casework.cases.pages.views.blocks import Block, block_of, parts_by_class
from casework.cases.pages.views.circles import Circles
from casework.cases.pages.views.courses.every import course_of
from casework.cases.pages.views.deeds import Deed, deeds_of
from casework.cases.pages.views.household import HomeView, homes_of
from casework.cases.pages.views.procedure import conservation
from casework.cases.pages.views.states import state_of
from casework.cases.pages.views.steps import Coming, coming
from casework.cases.pages.views.words import PARTS, age, born, full_name, said
from casework.cases.procedures.catalogue import procedure_of
from casework.cases.procedures.steps import CaseState
from casework.cases.procedures.steps import Step as ProcedureStep
from casework.cases.standing import standing_of_case
from casework.cases.values import CaseFile, CaseHead, Person
from casework.charters.vocabulary import CaseKind, CharterAct, CompartmentClass, ListName
from casework.errors import AccessDenied
from casework.i18n import gettext
from casework.keys.values import Withheld
from casework.web.dates import long_day
from casework.web.look import Circle, Moment, Step

_STEP_OF = {
    CharterAct.INFORM: ProcedureStep.INFORM,
    CharterAct.CLOSE: ProcedureStep.CLOSE,
    CharterAct.ANSWER: ProcedureStep.ANSWER,
}
WRITE_SUMMONS: Final = "write-summons"
"""Offered beside the acts: the letter of the summons that stands."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A fact of the identity: its name, what it says, and nothing when nobody gave it."""

    label: str
    said: str


@dataclass(frozen=True, slots=True)
class Confided:
    """What some sorts of body alone know of: `measure` is the circle of the page it has apart."""

    social: Block | None
    secrets: tuple[Moment, ...]
    measure: Circle | None


@dataclass(frozen=True, slots=True)
class CaseView:
    """Everything the page of a case shows."""

    head: CaseHead
    title: str
    above: str
    below: str
    state: tuple[str, object]
    steps: tuple[Step, ...]
    blocks: str
    sheet: Block | None
    identity: Block | None
    origin: Block | None
    confided: Confided
    attached: Block | None
    own: Circle | None
    listed: Circle
    opened: Circle
    timeline: tuple[Moment, ...]
    notes: tuple[Moment, ...]
    answers: tuple[Answer, ...]
    origin_answers: tuple[Answer, ...]
    deeds: tuple[Deed, ...]
    followers: str
    conservation: tuple[str, ...]
    limit: int
    pending: bool
    exceptional: datetime | None
    namesake: bool
    offers: frozenset[str] = field(default=frozenset())
    coming: Coming = field(default_factory=Coming)
    homes: tuple[HomeView, ...] = ()

    @property
    def id(self) -> UUID:
        """The case."""
        return self.head.id

    @property
    def version(self) -> int:
        """What a change of it starts from."""
        return self.head.version

    @property
    def reference(self) -> str:
        """What the case is called by those who may not know its name."""
        return reference_of(self.head)

    @property
    def protected(self) -> bool:
        """Whether it opens with two people alone."""
        return self.head.protected

    @property
    def triage(self) -> bool:
        """Whether the coordination is still to look into it."""
        return self.head.state in (CaseState.REFERRED, CaseState.QUESTIONED)

    @property
    def reminder(self) -> bool:
        """Whether it is a mayor's reminder, which nobody follows up."""
        return self.head.kind == CaseKind.REMINDER

    @property
    def uninformed(self) -> bool:
        """Whether the person has not been informed yet."""
        return self.head.informed_on is None


def case_view(file: CaseFile, book: GroupBook, viewer_id: UUID | None) -> CaseView:
    """Return the page of a case for one reader; a victim's has pages of its own, without a name."""
    head = _shown_here(file.head)
    circles = Circles(book, ties_of(head, file.namings, book, file.away), viewer_id)
    blocks = {class_: block_of(part, circles) for class_, part in parts_by_class(file).items()}
    deeds = deeds_of(file.actions, book, viewer_id, file.article_of(CompartmentClass.SHEET))
    course = course_of(file, book, sum(one.open for one in deeds))
    viewer = book.seat(viewer_id)
    title = _title(file, book)
    return CaseView(
        head=head,
        title=title or reference_of(head),
        above=f"{reference_of(head)} · {book.group.name}" if title else book.group.name,
        below=" · ".join(_below(head, book)),
        state=state_of(head),
        steps=course.steps(),
        blocks=course.blocks(),
        sheet=blocks.get(CompartmentClass.SHEET),
        identity=blocks.get(CompartmentClass.IDENTITY),
        origin=blocks.get(CompartmentClass.ORIGIN),
        confided=_confided(file, book, blocks, circles),
        attached=blocks.get(CompartmentClass.ATTACHMENTS),
        own=circles.own_service(viewer.organisation) if viewer else None,
        listed=circles.listed,
        opened=_opened(blocks, circles),
        timeline=lines.timeline(file, book),
        notes=lines.notes(file, book),
        answers=tuple(_answers(file.persons, head, book)),
        origin_answers=tuple(_origin(file, book)),
        deeds=deeds,
        followers=", ".join(_followers(file, book, viewer_id)),
        conservation=conservation(head, book.charter),
        exceptional=file.exceptional_until,
        namesake=file.namesake,
        pending=any(one.pending for one in blocks.values()),
        limit=book.charter.texts.free_text_max,
        offers=offers(file, book),
        coming=coming(file, book, viewer),
        homes=homes_of(file, book.day),
    )


def _shown_here(head: CaseHead) -> CaseHead:
    if head.kind == CaseKind.VICTIM:
        raise AccessDenied("read", "other-page", subject=str(head.id))
    return head


def _confided(
    file: CaseFile, book: GroupBook, blocks: Mapping[CompartmentClass, Block], circles: Circles
) -> Confided:
    """Return what social workers share, also before a first text, and where a measure stands."""
    class_ = CompartmentClass.SOCIAL
    social = blocks.get(class_)
    if social is None and "share" in file.may:
        social = Block(PARTS[class_], circles.of(class_), open=True)
    measure = circles.of(CompartmentClass.JUDICIAL) if "measure" in file.may else None
    return Confided(social, lines.secrets(file, book), measure)


def _opened(blocks: Mapping[CompartmentClass, Block], circles: Circles) -> Circle:
    """Return the circle of what the page itself shows: it opens with the identity."""
    known = blocks.get(CompartmentClass.IDENTITY)
    return known.circle if known and known.open else circles.of(CompartmentClass.IDENTITY)


def offers(file: CaseFile, book: GroupBook) -> frozenset[str]:
    """Return the acts to offer: allowed by the charter, possible in the procedure."""
    procedure = procedure_of(file.head.kind)
    possible = procedure.open_steps(standing_of_case(file.head, book.day))
    acts = frozenset(
        act for act in file.may if act not in _STEP_OF or _STEP_OF[CharterAct(act)] in possible
    )
    return acts | {WRITE_SUMMONS} if _writes_summons(file) else acts


def _writes_summons(file: CaseFile) -> bool:
    """Say whether a letter is to be written next: nothing of a protected case is printed."""
    summoned = file.head.state == CaseState.SUMMONED and not file.head.protected
    return summoned and CharterAct.INFORM in file.may


def reference_of(head: CaseHead) -> str:
    """Return how a case is called without a name: its reference, else the day it was referred."""
    return head.reference or gettext("Saisine du %(day)s", day=long_day(head.referred_on))


def _title(file: CaseFile, book: GroupBook) -> str:
    """Return a name and an age, or the family that the council hears; nothing while it is shut."""
    subject = file.subject
    if subject is None:
        return ""
    if file.head.kind == CaseKind.FAMILY_COUNCIL:
        family = full_name("", subject.family_name)
        return gettext("Famille %(name)s", name=family) if family else ""
    name, birth = full_name(subject.given_name, subject.family_name), born(subject.birth_date)
    return f"{name}, {age(birth, book.day)}" if name and birth else name


def _below(head: CaseHead, book: GroupBook) -> Iterator[str]:
    lead = book.seat(head.lead_id)
    if lead is not None:
        yield gettext(
            "Référent de parcours : %(name)s, %(body)s",
            name=lead.name.short,
            body=lead.organisation.name,
        )
    if head.kind == CaseKind.REMINDER:
        yield gettext("fait rapporté le %(day)s", day=long_day(head.referred_on))
    elif head.followed_on:
        since = long_day(head.followed_on)
        heard = head.kind == CaseKind.FAMILY_COUNCIL
        yield (
            gettext("retenue le %(day)s", day=since)
            if heard
            else gettext("suivie depuis le %(day)s", day=since)
        )
    elif head.reference:
        yield gettext("saisine du %(day)s", day=long_day(head.referred_on))


def _answers(persons: Iterable[Person], head: CaseHead, book: GroupBook) -> Iterator[Answer]:
    for person in sorted(persons, key=lambda one: one.relation != "subject"):
        if person.relation == "subject":
            birth = born(person.birth_date)
            yield Answer(gettext("Naissance"), long_day(birth) if birth else "")
            yield Answer(gettext("Commune"), book.communes.get(head.commune, head.commune))
            yield Answer(gettext("Adresse"), said(person.address))
            yield Answer(gettext("Téléphone"), said(person.phone))
            if head.kind != CaseKind.REMINDER:
                yield Answer(gettext("Établissement"), said(person.school))
        else:
            name = full_name(person.given_name, person.family_name)
            told = ", ".join(filter(None, (name, said(person.phone))))
            yield Answer(gettext("Représentant légal"), told)


def _origin(file: CaseFile, book: GroupBook) -> Iterator[Answer]:
    referral = file.referral
    if referral is None or isinstance(referral.origin, Withheld):
        return
    seat = book.seat(file.head.referrer_id)
    sender = f"{seat.name.short}, {seat.organisation.name}" if seat else ""
    origin = book.charter.label(ListName.ORIGINS, referral.origin) or referral.origin
    yield Answer(gettext("Saisine de"), sender)
    yield Answer(gettext("Origine"), origin)
    yield Answer(gettext("Personne"), said(referral.reporter))
    yield Answer(gettext("Ses mots"), said(referral.words))
    for label, text in (
        (gettext("Question"), referral.question),
        (gettext("Réponse"), referral.answer),
    ):
        if text:
            yield Answer(label, said(text))


def _followers(file: CaseFile, book: GroupBook, viewer_id: UUID | None) -> Iterator[str]:
    named = {one.member_id for one in file.namings if current(one, book.day)}
    viewer = book.seat(viewer_id)
    own = viewer.organisation.name if viewer and viewer.member_id in named else None
    bodies = (seat.organisation.name for seat in book.seats if seat.member_id in named)
    yield gettext("Coordination")
    if file.head.kind == CaseKind.REMINDER:
        yield gettext("le maire ou sa délégation")
    for body in dict.fromkeys(bodies):
        yield gettext("%(body)s (vous)", body=body) if body == own else body
