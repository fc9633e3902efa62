"""Files a few documents and keeps two people from a case, once the history is written."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from casework.cases.orders import Asked
from casework.cases.procedures.steps import CaseState
from casework.cases.values import CaseHead
from casework.demo.cast import Cast
from casework.demo.papers import papers_of
from casework.demo.shapes import World
from casework.documents.values import Sent
from casework.identity import Principal, Reason
from casework.runtime import Runtime

_SET_ON: Final = 2
_DECLARED_ON: Final = 3


def file_away(cast: Cast, world: World) -> None:
    """Add the documents of a world to its cases and two links; nothing where it has none."""
    papers = papers_of(world)
    if not papers:
        return
    workshop = cast.workshop
    everyday = Runtime(workshop.stores, workshop.edges, workshop.council_id)
    filing = Filing(cast, everyday, world.groups[0].key)
    followed = filing.followed()
    for paper in papers:
        filing.add(followed[paper.case], Sent(paper.title, "", paper.content))
    filing.keep_away(followed[_SET_ON])
    filing.stay_away(followed[_DECLARED_ON])


@dataclass(frozen=True, slots=True)
class Filing:
    """What is added to the followed cases of one group, by who would do it."""

    cast: Cast
    everyday: Runtime
    group: str

    def followed(self) -> list[CaseHead]:
        """Return the cases that are followed, the oldest reference first."""
        asked = Asked(states=frozenset({CaseState.FOLLOWED}))
        lines = self.everyday.cases.list_cases(self._clerk, Reason.DUTY, asked)
        mine = [one.head for one in lines if one.head.group_id == self.cast.groups[self.group]]
        return sorted(mine, key=lambda head: head.reference or "")

    def add(self, head: CaseHead, sent: Sent) -> None:
        """Have whoever leads a case add a document to it."""
        lead = self._who(head.lead_id) if head.lead_id else self._clerk
        self.everyday.documents.add(lead, Reason.DUTY, head.id, sent)

    def keep_away(self, head: CaseHead) -> None:
        """Have the coordination keep a case from somebody, then ask the officer that it end."""
        links, holder_id = self.everyday.safeguards.links, self._beside(head)
        links.exclude(self._clerk, Reason.DUTY, head.id, holder_id)
        links.ask_lift(self._clerk, Reason.DUTY, head.id, holder_id)

    def stay_away(self, head: CaseHead) -> None:
        """Have somebody say that they have a link with somebody of a case."""
        links = self.everyday.safeguards.links
        links.declare(self._who(self._beside(head)), Reason.DUTY, head.id)

    def _beside(self, head: CaseHead) -> UUID:
        """Return somebody named who does not lead: the first by their key in the world."""
        file = self.everyday.cases.read(self._clerk, Reason.DUTY, head.id)
        named = {one.member_id for one in file.namings} - {head.lead_id}
        keys = [key for key, member_id in self.cast.members.items() if member_id in named]
        return self.cast.members[min(keys)]

    def _who(self, member_id: UUID) -> Principal:
        return self.cast.standing(member_id, self.cast.workshop.stores.main)

    @property
    def _clerk(self) -> Principal:
        return self._who(self.cast.members[self.cast.coordinators[self.group]])
