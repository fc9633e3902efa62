"""Who can open which part of a case: the charter asked about everybody who sits in the group."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from casework.cases.procedures.steps import ARCHIVED, DECIDED, OUT_OF_REACH, CaseState
from casework.cases.values import CaseHead, Naming
from casework.charters.charter import Charter
from casework.charters.decision import decide
from casework.charters.facts import CaseFacts, Standing, standing_of
from casework.charters.outcome import Wanted
from casework.identity import Principal, PrincipalKind
from casework.partners.values import Group, Organisation, Seat


@dataclass(frozen=True, slots=True)
class GroupBook:
    """A group on a day, as its pages show it: charter, people, bodies, communes by INSEE code."""

    council_id: UUID
    group: Group
    charter: Charter
    seats: tuple[Seat, ...]
    organisations: Mapping[UUID, Organisation]
    communes: Mapping[str, str]
    day: date

    def seat(self, member_id: UUID | None) -> Seat | None:
        """Return the seat of a member, or None when they have left the group."""
        return next((one for one in self.seats if one.member_id == member_id), None)

    def standing(self, seat: Seat) -> Standing:
        """Return what the member of a seat is in the group on the day of this book."""
        principal = Principal(
            kind=PrincipalKind.MEMBER,
            council_id=self.council_id,
            member_id=seat.member_id,
            organisation_id=seat.organisation.id,
            category=seat.organisation.category.value,
            mandates=seat.mandates,
        )
        signed = any(one.signed for one in seat.mandates if one.group_id == self.group.id)
        return standing_of(principal, self.group.id, self.day, charter_signed=signed)


@dataclass(frozen=True, slots=True)
class Ties:
    """What ties people and bodies to one case, whatever it says."""

    state: CaseState
    commune: str
    referrer_id: UUID
    named: frozenset[UUID]
    admitted: frozenset[UUID]
    lead_id: UUID | None = None
    on_agenda: bool = False
    in_meeting: bool = False
    away: frozenset[UUID] = frozenset()


def ties_of(
    head: CaseHead,
    namings: Iterable[Naming],
    book: GroupBook,
    away: frozenset[UUID] = frozenset(),
) -> Ties:
    """Return the ties of a case; `away` are members and bodies whom a personal link keeps from it.

    Sending admits two bodies, and each naming one more: no other body is ever admitted.
    """
    known = tuple(namings)
    bodies = {head.referrer_organisation_id, book.group.coordinating_id}
    return Ties(
        state=head.state,
        commune=head.commune,
        referrer_id=head.referrer_id,
        named=frozenset(one.member_id for one in known if current(one, book.day)),
        admitted=frozenset(bodies | {one.organisation_id for one in known}),
        lead_id=head.lead_id,
        on_agenda=head.agenda_of is not None,
        in_meeting=head.in_meeting,
        away=away,
    )


def ties_of_draft(author: Seat, book: GroupBook, commune: str) -> Ties:
    """Return the ties that a referral will have once sent."""
    bodies = frozenset({author.organisation.id, book.group.coordinating_id})
    return Ties(CaseState.REFERRED, commune, author.member_id, frozenset(), bodies)


def current(naming: Naming, day: date) -> bool:
    """Say whether a naming holds on a day."""
    return naming.from_on <= day and (naming.until_on is None or naming.until_on >= day)


@dataclass(frozen=True, slots=True)
class Audience:
    """Those who can open a part, in the order of the group's list, and the articles that say so.

    `seats` are everybody; `without_referral` leaves out whoever can only because they referred.
    """

    seats: tuple[Seat, ...]
    articles: tuple[str, ...]
    without_referral: tuple[Seat, ...]

    @property
    def bodies(self) -> tuple[Organisation, ...]:
        """The bodies of these people, each once."""
        return tuple(dict.fromkeys(seat.organisation for seat in self.seats))


@dataclass(frozen=True, slots=True)
class Around:
    """Everybody who sits in a group, before one case: what each is, read once for all questions."""

    book: GroupBook
    ties: Ties
    people: tuple[tuple[Seat, Standing, CaseFacts], ...]

    @classmethod
    def of(cls, book: GroupBook, ties: Ties) -> "Around":
        """Return the people of a group around a case."""
        people = tuple((seat, book.standing(seat), _facts(seat, ties)) for seat in book.seats)
        return cls(book, ties, people)

    def audience(self, wanted: Wanted, owner: UUID | None = None) -> Audience:
        """Return to whom the charter grants something; `owner` is the body whose own part it is."""
        charter = self.book.charter
        seats, said, others = [], set(), []
        for seat, standing, usual in self.people:
            facts = replace(usual, own_service=True) if seat.organisation.id == owner else usual
            decision = decide(charter, standing, wanted, facts)
            if not decision.allowed:
                continue
            seats.append(seat)
            said.add(decision.article)
            blind = replace(facts, referrer=False) if facts.referrer else facts
            if blind is facts or decide(charter, standing, wanted, blind).allowed:
                others.append(seat)
        ordered = tuple(number for number in charter.articles if number in said)
        return Audience(tuple(seats), ordered, tuple(others))


def _facts(seat: Seat, ties: Ties) -> CaseFacts:
    body = seat.organisation
    return CaseFacts(
        excluded=bool(ties.away & {seat.member_id, body.id}),
        admitted=body.id in ties.admitted,
        in_territory=True,
        sealed=ties.state in OUT_OF_REACH,
        restricted=ties.state in ARCHIVED,
        named=seat.member_id in ties.named,
        lead=seat.member_id == ties.lead_id,
        referrer=seat.member_id == ties.referrer_id,
        own_commune=body.commune == ties.commune,
        on_agenda=ties.on_agenda,
        in_meeting=ties.in_meeting,
        followed=ties.state in DECIDED,
    )
