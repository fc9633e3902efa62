"""Search by name among the cases of one group that one may open, and notice who resembles whom."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from uuid import UUID

from casework.audit.actions import Act
from casework.audit.entry import Entry
from casework.audit.ledger import Ledger
from casework.cases.gateway.admission import Admission
from casework.cases.gateway.searching import Candidate, CaseSearching, Open
from casework.cases.likening import Agrees, Near, resembling, searched
from casework.cases.searches import MOST_SHOWN, Answer, Search
from casework.cases.service.delivering import Delivering
from casework.cases.values import CaseFile, Text
from casework.charters.outcome import Wanted
from casework.charters.vocabulary import CharterAct
from casework.identity import Principal, Reason
from casework.matching.dates import Agreement, Birth, agreement
from casework.matching.names import Names

_TRIAGE: Final = Wanted(CharterAct.TRIAGE)
_DELIVERED: Final = 200
"""Keys that wait, taken in by one search: each takes as long as sixty names."""

_Choose = Callable[[Names, Agrees], list[Near]]


@dataclass(frozen=True, slots=True)
class _Question:
    """What is compared, in which group, and for which referral it is if it is for one."""

    group_id: UUID
    choose: _Choose = field(repr=False)
    birth: Birth | None = field(repr=False)
    referral_id: UUID | None = None

    @property
    def entry(self) -> Entry:
        return Entry(Act.CASE_SEARCHED, self.referral_id, detail={"group": self.group_id})


@dataclass(frozen=True, slots=True)
class SearchService:
    """Names are open while they are compared, five thousand at most, and then forgotten."""

    ledger: Ledger
    admission: Admission
    searching: CaseSearching
    delivering: Delivering

    def search(self, who: Principal, reason: Reason, asked: Search) -> Answer:
        """Return the cases of a group whose person has a name like the one asked for.

        Raises `AccessDenied` for a group one does not sit in, or that is never searched.
        """

        def choose(names: Names, agrees: Agrees) -> list[Near]:
            return searched(names, asked.words, agrees, asked.birth)

        return self._answer(who, reason, _Question(asked.group_id, choose, asked.birth))

    def resembling(self, who: Principal, reason: Reason, file: CaseFile) -> Answer:
        """Return the cases of a referral's group whose person may be the same, for who triages it.

        Nothing is decided by it. Raises `AccessDenied` for anybody else.
        """
        subject = file.subject
        names = (subject.family_name, subject.given_name) if subject else ("", "")
        family, given = (one if isinstance(one, str) else "" for one in names)
        day = _day(subject.birth_date) if subject else None
        birth = Birth(day.year, day) if day else None

        def choose(known: Names, agrees: Agrees) -> list[Near]:
            return resembling(known, family, given, agrees)

        return self._answer(who, reason, _Question(file.head.group_id, choose, birth, file.head.id))

    def _answer(self, who: Principal, reason: Reason, question: _Question) -> Answer:
        nearest: list[Candidate] = []
        unread = 0
        for opened in self._opened(who, reason, question):
            unread += opened.unread
            nearest = sorted([*nearest, *_candidates(opened, question)])[: MOST_SHOWN + 1]
        with self.ledger.consult(who, reason) as work:
            detail = {"group": question.group_id}
            found = self.searching.shown(work, nearest[:MOST_SHOWN], detail)
        return Answer(found, more=len(nearest) > MOST_SHOWN, unread=unread)

    def _opened(self, who: Principal, reason: Reason, question: _Question) -> Iterator[Open]:
        """Give the names of the group, some thousands at a time, each after its own line."""
        after, full = None, True
        while full:
            with self.ledger.consult(who, reason) as work:
                if question.referral_id is not None:
                    self.admission.shown(work, question.referral_id, _TRIAGE)
                shut = self.searching.load(work, question.group_id, after, question.entry)
            held = self.delivering.complete(who, reason, shut.held, _DELIVERED)
            yield self.searching.open(work.receipt, shut.with_keys(held))
            full = shut.full
            after = shut.rows[-1].case_id if full else None


def _candidates(opened: Open, question: _Question) -> Sequence[Candidate]:
    """Return the nearest of some names, but for the person of the referral itself."""

    def agrees(place: int) -> Agreement:
        if question.birth is None:
            return Agreement.UNKNOWN
        return agreement(question.birth, _day(opened.birth_date(place)))

    near = question.choose(Names(opened.families, opened.givens), agrees)
    others = [one for one in near if opened.rows[one.place].case_id != question.referral_id]
    return [_candidate(opened, one) for one in others[: MOST_SHOWN + 1]]


def _candidate(opened: Open, near: Near) -> Candidate:
    place = near.place
    names = (opened.families[place], opened.givens[place], opened.birth_date(place))
    return Candidate(near.far, opened.rows[place].case_id, names, near.likeness, near.birth)


def _day(text: Text) -> date | None:
    return date.fromisoformat(text) if isinstance(text, str) and text else None
