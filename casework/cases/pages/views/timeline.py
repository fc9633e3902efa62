"""What happened to a case, newest first: its referral, what was shared, what was decided."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from uuid import UUID

from casework.cases.circles import GroupBook
from casework.cases.pages.views.procedure import uncapital
from casework.cases.pages.views.steps import taken_words
from casework.cases.pages.views.words import reason_label, reserved, shut_words
from casework.cases.values import CaseFile, Contribution, Decision, Referral
from casework.charters.vocabulary import CaseKind, CompartmentClass, ListName
from casework.clock import local_day
from casework.i18n import gettext
from casework.keys.values import Withheld
from casework.web.dates import day as short_day
from casework.web.look import Moment


def timeline(file: CaseFile, book: GroupBook) -> tuple[Moment, ...]:
    """Return the moments of a case that this reader may see."""
    shut = {part.compartment_id: reserved(book.charter, part.article) for part in file.parts}
    sheet = reserved(book.charter, file.article_of(CompartmentClass.SHEET))
    moments = [*_written(file.shared, book, shut), *_decided(file.decisions, book, sheet)]
    moments.extend(_taken(file, book, shut))
    if file.referral is not None:
        moments.extend(_referred(file.referral, book, sheet))
    return tuple(sorted(moments, key=lambda moment: moment.on, reverse=True))


def notes(file: CaseFile, book: GroupBook) -> tuple[Moment, ...]:
    """Return what one's own service keeps."""
    return tuple(_written(file.notes, book, {}))


def secrets(file: CaseFile, book: GroupBook) -> tuple[Moment, ...]:
    """Return what social workers share between them."""
    return tuple(_written(file.social, book, {}))


def _written(
    contributions: Iterable[Contribution], book: GroupBook, shut: Mapping[UUID, str]
) -> Iterator[Moment]:
    for one in contributions:
        on = local_day(one.written_at)
        body = book.organisations.get(one.organisation_id)
        if isinstance(one.text, Withheld):
            article = shut.get(one.compartment_id, "")
            words = shut_words(one.text, gettext("Élément réservé"), article)
            yield Moment(on, words, withheld=True)
        else:
            yield Moment(on, one.text, by=body.name if body else "")


def _decided(decisions: Iterable[Decision], book: GroupBook, article: str) -> Iterator[Moment]:
    for one in decisions:
        on = local_day(one.made_at)
        if isinstance(one.code, Withheld):
            words = shut_words(one.code, gettext("Décision réservée"), article)
            yield Moment(on, words, withheld=True)
        else:
            title = book.charter.label(ListName.DECISIONS, one.code) or one.code
            by = gettext(
                "Séance du %(day)s · décision n° %(number)d", day=short_day(on), number=one.number
            )
            yield Moment(on, "", f"{title}.", by)


def _taken(file: CaseFile, book: GroupBook, shut: Mapping[UUID, str]) -> Iterator[Moment]:
    for one in reversed(file.steps):
        on, words = local_day(one.taken_at), taken_words(one, CaseKind(file.head.kind), book)
        if isinstance(one.answers, Withheld):
            article = shut.get(one.compartment_id, "")
            yield Moment(on, shut_words(one.answers, words.title, article), withheld=True)
        elif words.title:
            yield _answered(on, f"{words.title}.", tuple(map(_asked, words.lines)))


def _answered(on: date, title: str, answers: tuple[tuple[str, str], ...]) -> Moment:
    """Return what a step recorded: one answer beside its title, several below each other."""
    if len(answers) > 1:
        return Moment(on, "", title, answers=answers)
    return Moment(on, " ".join(word for one in answers for word in one), title)


def _asked(line: tuple[str, str]) -> tuple[str, str]:
    """Return « Lieu : » or « Est-ce un délit ? », and what was said."""
    label, said = line
    return (label if label.endswith("?") else gettext("%(label)s :", label=label)), said


def _referred(referral: Referral, book: GroupBook, article: str) -> Iterator[Moment]:
    """Yield the referral by what its sheet says; who sent it never stands here."""
    on = local_day(referral.sent_at)
    if isinstance(referral.reason, Withheld) or isinstance(referral.fact, Withheld):
        words = shut_words(referral.reason, gettext("Saisine réservée"), article)
        yield Moment(on, words, withheld=True)
        return
    reason = reason_label(book.charter, referral.reason)
    yield Moment(
        on,
        referral.fact,
        gettext("Saisine : %(reason)s.", reason=uncapital(reason)),
        _seen_on(referral),
    )


def _seen_on(referral: Referral) -> str:
    if isinstance(referral.fact_on, str) and referral.fact_on:
        return gettext("Fait du %(day)s", day=short_day(date.fromisoformat(referral.fact_on)))
    return ""
