"""The signature of the service: each block wears the circle of those who can open it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Final
from uuid import UUID

from casework.cases.circles import Around, Audience, GroupBook, Ties
from casework.cases.pages.views.words import BODIES, cited
from casework.charters.outcome import Wanted
from casework.charters.vocabulary import CaseKind, CharterAct, CompartmentClass
from casework.i18n import gettext, ngettext
from casework.identity import Role
from casework.partners.values import Organisation, Seat
from casework.web.look import Circle, CircleKind, Reader

_KINDS: Final = {
    CompartmentClass.ORIGIN: CircleKind.COORDINATION,
    CompartmentClass.JUDICIAL: CircleKind.COORDINATION,
    CompartmentClass.PRIVATE: CircleKind.SERVICE,
    CompartmentClass.SOCIAL: CircleKind.SOCIAL,
    CompartmentClass.PROTECTED_CONTACT: CircleKind.SOCIAL,
}
_LIST: Final = Wanted(CharterAct.LIST)


@dataclass(frozen=True, slots=True)
class Circles:
    """Draws the circles of one case for one reader.

    Who made a referral is known to the coordination and to themselves (article 5 of the charter):
    for anybody else they are « la personne qui a saisi », in every circle that holds them.
    """

    book: GroupBook
    ties: Ties
    viewer_id: UUID | None
    around: Around = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Read who sits around the case once, for every circle of the page."""
        object.__setattr__(self, "around", Around.of(self.book, self.ties))

    def of(
        self, class_: CompartmentClass, *, shut: bool = False, owner: UUID | None = None
    ) -> Circle:
        """Return the circle of a part; a part shut for this reader wears it in grey."""
        everyone = self.around.audience(Wanted(CharterAct.READ, class_), owner)
        kind = CircleKind.WITHHELD if shut else _KINDS.get(class_, CircleKind.GROUP)
        return self._circle(kind, class_, everyone)

    @property
    def listed(self) -> Circle:
        """The circle of what lists show of a case: its number, commune, state and dates."""
        return self._circle(CircleKind.GROUP, None, self.around.audience(_LIST))

    def sending(self, class_: CompartmentClass | None) -> Circle:
        """Return the circle of a part before it is sent: those of today, and who may follow.

        Without a class, of what lists will show.
        """
        circle = self.of(class_) if class_ else self.listed
        if self._of_victim:
            return self._sending_victim(circle, class_)
        if class_ is CompartmentClass.ORIGIN:
            return circle
        later = Reader(gettext("Les membres que la coordination nommera"), gettext("plus tard"))
        words = gettext("Coordination, puis les nommés")
        if class_ is None and circle.readers != self.of(CompartmentClass.IDENTITY).readers:
            words = gettext("Ceux qui la trouvent en liste")
        return replace(circle, words=words, readers=(*circle.readers, later))

    @property
    def _of_victim(self) -> bool:
        return self.book.charter.kind is CaseKind.VICTIM

    def _sending_victim(self, circle: Circle, class_: CompartmentClass | None) -> Circle:
        """Return the circle of a victim's part before it is sent: two will know."""
        if class_ is CompartmentClass.ORIGIN:
            return circle
        chosen = Reader(gettext("Le service que vous choisissez"), gettext("lui seul"))
        words = gettext("Vous et le service choisi")
        if class_ is None:
            words = gettext("Vous, le service, la coordination")
        return replace(circle, words=words, readers=(*circle.readers, chosen))

    @property
    def own_body(self) -> UUID | None:
        """The body of this reader."""
        seat = self.book.seat(self.viewer_id)
        return seat.organisation.id if seat else None

    def own_service(self, organisation: Organisation) -> Circle:
        """Return the circle of what a body keeps for itself."""
        return self.of(CompartmentClass.PRIVATE, owner=organisation.id)

    def _circle(
        self, kind: CircleKind, class_: CompartmentClass | None, everyone: Audience
    ) -> Circle:
        """Return a circle with the seats that may be told to this reader."""
        seen = everyone.seats if self._knows_referrer() else everyone.without_referral
        words = self._words(class_, everyone, seen)
        article = cited(self.book.charter, *everyone.articles)
        return Circle(kind, words, self._readers(everyone, seen), article)

    def _knows_referrer(self) -> bool:
        seat = self.book.seat(self.viewer_id)
        coordinates = seat is not None and seat.holds(Role.COORDINATOR)
        return coordinates or self.viewer_id == self.ties.referrer_id

    def _words(
        self, class_: CompartmentClass | None, everyone: Audience, seen: Sequence[Seat]
    ) -> str:
        people = _people(len(everyone.seats))
        if class_ is CompartmentClass.ORIGIN:
            return self._origin_words()
        if class_ is CompartmentClass.PRIVATE:
            return str(BODIES[seen[0].organisation.category].alone) if seen else people
        if class_ is CompartmentClass.SOCIAL:
            return gettext("Secret partagé · %(people)s", people=people)
        if class_ is CompartmentClass.JUDICIAL:
            return ", ".join(dict.fromkeys(_function(seat) for seat in seen))
        if self._of_victim and class_ is not None:
            return gettext("Deux organismes · %(people)s", people=people)
        bodies = len({seat.organisation.id for seat in seen})
        count = ngettext("%(num)d organisme", "%(num)d organismes", bodies)
        return gettext("Groupe · %(people)s, %(bodies)s", people=people, bodies=count)

    def _origin_words(self) -> str:
        if self._of_victim:
            return gettext("Vous seul")
        if self.viewer_id == self.ties.referrer_id:
            return gettext("Coordination et vous")
        return gettext("Coordination, personne qui a saisi")

    def _readers(self, everyone: Audience, seen: Sequence[Seat]) -> tuple[Reader, ...]:
        ordered = sorted(seen, key=lambda seat: (seat.organisation.name, seat.member_id))
        readers = [
            Reader(name, ", ".join(self._called(seat) for seat in seats))
            for name, seats in groupby(ordered, key=lambda seat: seat.organisation.name)
        ]
        if len(everyone.seats) > len(seen):
            readers.append(Reader(gettext("La personne qui a saisi")))
        return tuple(readers)

    def _called(self, seat: Seat) -> str:
        return gettext("vous") if seat.member_id == self.viewer_id else seat.name.short


def _people(count: int) -> str:
    return ngettext("%(num)d personne", "%(num)d personnes", count)


def _function(seat: Seat) -> str:
    if seat.holds(Role.COORDINATOR):
        return gettext("Coordination")
    return str(BODIES[seat.organisation.category].name)
