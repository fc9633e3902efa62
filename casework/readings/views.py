"""Readings in words: days and lines, for the screen and for paper."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any, Final
from uuid import UUID

from casework.audit.lines import Line
from casework.audit.words import REASONS, act_words
from casework.cases.circles import GroupBook
from casework.i18n import gettext
from casework.i18n import lazy_gettext as _l
from casework.identity import Principal
from casework.partners.directory import Directory
from casework.readings.telling import day_of
from casework.readings.values import CaseTrail, OwnTrail, Report, ReportLine, Whom
from casework.web.look import Paper

WHOM: Final[Mapping[Whom, Any]] = {
    Whom.SUBJECT: _l("La personne suivie"),
    Whom.REPRESENTATIVE_1: _l("Son représentant légal, le premier de la fiche"),
    Whom.REPRESENTATIVE_2: _l("Son représentant légal, le second de la fiche"),
}


_GIVEN: Final[Mapping[Whom, Any]] = {
    Whom.SUBJECT: _l("la personne suivie"),
    Whom.REPRESENTATIVE_1: _l("un représentant légal"),
    Whom.REPRESENTATIVE_2: _l("un représentant légal"),
}
"""To whom a copy is given, as the foot of each sheet says it."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading in words; `name` and `body` are those of the reader, when they are told."""

    at: datetime
    act: Any
    subject: str
    reason: Any
    name: str = ""
    body: str = ""


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One line of a report."""

    on: date
    body: str
    name: str
    act: Any
    reason: Any
    count: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A report as it is printed."""

    paper: Paper
    reference: str
    request: str
    whom: Any
    by: str
    until: datetime
    article: str
    names: bool
    lines: tuple[SheetLine, ...]


Days = list[tuple[date, list[Reading]]]


def own_days(found: OwnTrail) -> Days:
    """Return one's own readings by day."""
    return _by_day(found.lines, lambda line: _reading(line, _subject(line, found.references)))


def case_days(found: CaseTrail, book: GroupBook) -> Days:
    """Return who opened a case by day; whoever left the group is told by their body alone."""

    def told(line: Line) -> Reading:
        seat, own = book.seat(line.member_id), line.organisation_id
        body = book.organisations.get(own) if own else None
        name = seat.name.full if seat else gettext("Sans mandat à ce jour")
        return _reading(line, "", name, body.name if body else "")

    return _by_day(found.lines, told)


def report_sheet(made: Report, directory: Directory, reader: Principal) -> Sheet:
    """Return a report as it is printed by its reader: bodies, and names if the charter says so."""
    bodies = directory.organisations()
    asked = {one.member_id for one in made.lines if one.member_id}
    own = {reader.member_id} if reader.member_id else set()
    labels = directory.labels(asked | own)

    def line(one: ReportLine) -> SheetLine:
        body = bodies.get(one.organisation_id)
        label = labels.get(one.member_id) if one.member_id else None
        return SheetLine(
            on=one.on,
            body=body.name if body else gettext("Organisme qui n’est plus partenaire"),
            name=label.name if label else "",
            act=act_words(one.act),
            reason=REASONS.get(one.reason, one.reason),
            count=one.count,
        )

    by = "".join(labels[one].name for one in own if one in labels)
    title = gettext("Relevé des consultations")
    paper = Paper(title, made.request, str(_GIVEN[made.whom]), made.at, str(made.copy), made.stamp)
    return Sheet(
        paper=paper,
        reference=made.reference,
        request=made.request,
        whom=WHOM[made.whom],
        by=by,
        until=made.stamp.at,
        article=made.article,
        names=made.names,
        lines=tuple(map(line, made.lines)),
    )


def _by_day(lines: Iterable[Line], told: Callable[[Line], Reading]) -> Days:
    return [(day, [told(one) for one in some]) for day, some in groupby(lines, key=day_of)]


def _reading(line: Line, subject: str, name: str = "", body: str = "") -> Reading:
    reason = REASONS.get(line.reason, line.reason)
    return Reading(line.at, act_words(line.act), subject, reason, name, body)


def _subject(line: Line, references: Mapping[UUID, str]) -> str:
    """Return what was opened; of a case out of reach, not even whether it still exists."""
    if line.case_id:
        out = gettext("une situation qui n’est plus dans vos listes")
        return references.get(line.case_id) or out
    if line.cases:
        return gettext("%(count)d situations", count=len(line.cases))
    return ""
