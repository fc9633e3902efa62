"""The form of a step, drawn from the procedure; and what a recorded step said."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from casework.cases.circles import GroupBook
from casework.cases.pages.views.household import minors
from casework.cases.pages.views.labels.every import WORDINGS
from casework.cases.pages.views.labels.wording import StepWords, Wording
from casework.cases.pages.views.words import step_refused
from casework.cases.procedures.answers import codes_of
from casework.cases.procedures.catalogue import procedure_of
from casework.cases.procedures.procedure import Field, FieldKind, StepRule
from casework.cases.procedures.steps import ARCHIVED, LET_GO, Standing, Step
from casework.cases.relations import Relation
from casework.cases.standing import standing_of_case
from casework.cases.values import CaseFile, CaseHead, TakenStep
from casework.charters.vocabulary import CaseKind, ListName, PartnerCategory
from casework.i18n import gettext
from casework.keys.values import Withheld
from casework.partners.values import Seat
from casework.web.dates import long_day
from casework.web.look import Tick

_UNSAID = StepWords("", "")
_DONE = "already-recorded"


class Outlook(StrEnum):
    """What is still to be seen of a case once a step is taken."""

    HERE = "here"
    SHUT = "shut"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class NextStep:
    """A step that this reader may take now."""

    step: Step
    label: str


@dataclass(frozen=True, slots=True)
class Question:
    """A field of the form of a step."""

    name: str
    kind: FieldKind
    label: str
    hint: str
    required: bool
    ticks: tuple[Tick, ...]


@dataclass(frozen=True, slots=True)
class StepForm:
    """What the page of a step asks; `asked` are those who may be named for the step after.

    One that `erases` keeps nothing of the case.
    """

    step: Step
    title: str
    hint: str
    questions: tuple[Question, ...]
    asked_label: str = ""
    asked: tuple[Tick, ...] = ()
    by_post: bool = False
    erases: bool = False

    @property
    def labels(self) -> Mapping[str, str]:
        """The names of its fields, for the summary of faults."""
        return {one.name: one.label for one in self.questions} | {"asked": self.asked_label}


@dataclass(frozen=True, slots=True)
class WaitingStep:
    """Steps that wait for the same thing: `why` says what, with its source."""

    why: str
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Coming:
    """What may be done next with a case, and what waits."""

    now: tuple[NextStep, ...] = ()
    waiting: tuple[WaitingStep, ...] = ()


def coming(file: CaseFile, book: GroupBook, viewer: Seat | None) -> Coming:
    """Return the recorded steps that this reader may take, now or once something else is done."""
    body = viewer.organisation.id if viewer else None
    return Coming(_next(file, book, body), _waiting(file, book, body))


def _next(file: CaseFile, book: GroupBook, body: UUID | None) -> tuple[NextStep, ...]:
    """Return the recorded steps that may be taken now by somebody of a body.

    What was never done comes first, what is sent elsewhere last.
    """
    procedure, words = procedure_of(file.head.kind), WORDINGS[CaseKind(file.head.kind)]
    standing = standing_of_file(file, book)
    open_now = sorted(
        procedure.next_steps(standing),
        key=lambda step: (step is Step.SIGNAL, step in standing.passed),
    )
    return tuple(
        NextStep(step, str(words.steps.get(step, _UNSAID).do))
        for step in open_now
        if _may(file, procedure.rules[step], body)
    )


def _waiting(file: CaseFile, book: GroupBook, body: UUID | None) -> tuple[WaitingStep, ...]:
    """Return the steps that may be taken later, by what they wait for."""
    found: dict[str, list[str]] = {}
    for why, label in _blocked(file, book, body):
        found.setdefault(why, []).append(label)
    return tuple(WaitingStep(why, tuple(labels)) for why, labels in found.items())


def _blocked(file: CaseFile, book: GroupBook, body: UUID | None) -> Iterator[tuple[str, str]]:
    procedure, words = procedure_of(file.head.kind), WORDINGS[CaseKind(file.head.kind)]
    standing = standing_of_file(file, book)
    for step, rule in procedure.rules.items():
        guard = procedure.blocking(step, standing)
        leads_on = (standing.state, step) in procedure.moves
        if guard is None or guard.reason == _DONE or not leads_on or not _may(file, rule, body):
            continue
        why = f"{step_refused(guard.reason)} ({guard.source})"
        yield why, str(words.steps.get(step, _UNSAID).do)


def standing_of_file(file: CaseFile, book: GroupBook) -> Standing:
    """Return what guards look at before any answer: what was recorded, and the protocol.

    Of several children, the births that are open here tell whether one is a minor.
    """
    passed = frozenset(one.step for one in file.steps)
    standing = standing_of_case(file.head, book.day, passed)
    if any(one.relation == Relation.CHILD for one in file.persons):
        standing = replace(standing, minor=bool(minors(file.persons, book.day)))
    return replace(standing, protocol=book.charter.protocol)


def outlook(file: CaseFile, step: Step) -> Outlook:
    """Return what whoever took a step still sees of the case."""
    procedure = procedure_of(file.head.kind)
    arrived = procedure.moves[file.head.state, step]
    if arrived in LET_GO:
        return Outlook.GONE
    shut = procedure.rules[step].own or arrived in ARCHIVED
    return Outlook.SHUT if shut else Outlook.HERE


def closure_reasons(file: CaseFile, book: GroupBook) -> tuple[Tick, ...]:
    """Return why a case may be closed now: what its own steps bear out."""
    procedure, standing = procedure_of(file.head.kind), standing_of_file(file, book)
    reasons = book.charter.lists[ListName.CLOSURE_REASONS]
    return tuple(
        Tick(code, words)
        for code, words in reasons.items()
        if code not in procedure.own_closures
        and Step.CLOSE in procedure.open_steps(replace(standing, answers={"why": code}))
    )


def _may(file: CaseFile, rule: StepRule, body: UUID | None) -> bool:
    """Say whether to offer a step: the charter lets this reader take it, on the page of the case.

    What one body was asked is its own.
    """
    if rule.apart:
        return False
    if rule.own:
        asked = [one for one in file.steps if one.asked_organisation_id is not None]
        return bool(asked) and asked[-1].asked_organisation_id == body
    return str(rule.act) in file.may


def step_form(head: CaseHead, step: Step, book: GroupBook, standing: Standing) -> StepForm | None:
    """Return the form of a step, or None where the procedure has no such step."""
    kind = CaseKind(head.kind)
    rule, words = procedure_of(kind).rules.get(step), WORDINGS[kind]
    if rule is None:
        return None
    said = words.steps.get(step, _UNSAID)
    return StepForm(
        step=step,
        title=str(said.do),
        hint=str(said.hint),
        questions=tuple(_question(one, words, book) for one in rule.asked_of(minor=standing.minor)),
        asked_label=str(words.asked.get(step, "")) if rule.asks or rule.addresses else "",
        by_post=rule.by_post,
        asked=tuple(_asked(rule, book, head.referrer_organisation_id)),
        erases=procedure_of(kind).moves.get((head.state, step)) in LET_GO,
    )


def _asked(rule: StepRule, book: GroupBook, but: UUID) -> Iterator[Tick]:
    """Give the members who may be asked, or the bodies that may be addressed."""
    for seat in book.seats:
        if seat.organisation.category is rule.asks:
            yield Tick(str(seat.member_id), f"{seat.name.short}, {seat.organisation.name}")
    yield from bodies(rule.addresses, book, but)


def bodies(
    categories: Collection[PartnerCategory], book: GroupBook, but: UUID | None = None
) -> tuple[Tick, ...]:
    """Return the bodies of some categories that sit in a group, but for one."""
    found = {seat.organisation.id: seat.organisation for seat in book.seats}
    return tuple(
        Tick(str(one.id), one.name)
        for one in sorted(found.values(), key=lambda body: body.name)
        if one.category in categories and one.id != but
    )


def _question(field: Field, words: Wording, book: GroupBook) -> Question:
    ticks = tuple(
        Tick(code, _choice(field, code, words, book)) for code in codes_of(field, book.charter)
    )
    if field.kind is FieldKind.YES_NO:
        ticks = (Tick("yes", gettext("Oui")), Tick("no", gettext("Non")))
    label, hint = words.fields.get(field.name, field.name), words.hints.get(field.name, "")
    return Question(field.name, field.kind, str(label), str(hint), field.required, ticks)


def _choice(field: Field, code: str, words: Wording, book: GroupBook) -> str:
    if field.list is not None:
        return book.charter.label(field.list, code) or code
    return str(words.choices.get((field.name, code), code))


@dataclass(frozen=True, slots=True)
class TakenWords:
    """A recorded step as the timeline tells it; `lines` are what was answered, by label."""

    title: str
    lines: tuple[tuple[str, str], ...]


def taken_words(taken: TakenStep, kind: CaseKind, book: GroupBook) -> TakenWords:
    """Return what a recorded step says to whoever opens its part."""
    rule, words = procedure_of(kind).rules.get(taken.step), WORDINGS[kind]
    title = str(words.steps.get(taken.step, _UNSAID).done)
    if rule is None or isinstance(taken.answers, Withheld):
        return TakenWords(title, ())
    return TakenWords(title, tuple(_lines(rule, taken.answers, words, book)))


def _lines(
    rule: StepRule, answers: Mapping[str, str], words: Wording, book: GroupBook
) -> Iterator[tuple[str, str]]:
    for field in rule.fields:
        value = answers.get(field.name, "")
        if value:
            label = words.told.get(field.name) or words.fields.get(field.name, field.name)
            yield str(label), said_of(field, value, words, book)


def said_of(field: Field, value: str, words: Wording, book: GroupBook) -> str:
    """Return what an answer says."""
    match field.kind:
        case FieldKind.DAY:
            return long_day(date.fromisoformat(value))
        case FieldKind.YES_NO:
            return gettext("Oui") if value == "yes" else gettext("Non")
        case FieldKind.CODE | FieldKind.CODES:
            return ", ".join(_choice(field, one, words, book) for one in value.split(","))
        case _:
            return value


def typed_answers(fields: tuple[Field, ...], typed: Mapping[str, Any]) -> dict[str, str]:
    """Return the answers of a form as the service takes them."""
    return {one.name: _typed(typed.get(one.name)) for one in fields}


def _typed(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.isoformat()
    return ",".join(value) if isinstance(value, list) else str(value)
