"""How a group writes: its coordination sets the letterhead and brings its own templates."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from casework.audit.actions import Act
from casework.audit.entry import Entry
from casework.audit.ledger import Ledger
from casework.audit.work import Work
from casework.clock import Clock, local_day
from casework.errors import AccessDenied
from casework.identity import Principal, Reason
from casework.letters.fields import LetterField
from casework.letters.gateway import templates
from casework.letters.gateway.templates import TemplateStore
from casework.letters.kinds import KINDS_OF, LetterFormat, LetterKind
from casework.letters.policy import check_head, coordinates
from casework.letters.pressing import Press
from casework.letters.service.shelf import Shelf
from casework.letters.values import Stationery
from casework.partners import gateway as partners
from casework.partners.values import Group


@dataclass(frozen=True, slots=True)
class StationeryService:
    """Look, write the letterhead, bring a template, take one back."""

    ledger: Ledger
    store: TemplateStore
    shelf: Shelf
    press: Press
    clock: Clock

    def look(self, who: Principal, reason: Reason) -> list[Stationery]:
        """Return how each group that somebody coordinates writes."""
        with self.ledger.consult(who, reason) as work:
            groups = _coordinated(work)
            found = [_stationery(work, group) for group in groups]
            work.record(Entry(Act.TEMPLATE_LISTED, detail={"shown": len(found)}))
        return found

    def write_head(
        self,
        who: Principal,
        reason: Reason,
        group: tuple[UUID, int],
        said: Mapping[LetterField, str],
    ) -> None:
        """Set the letterhead of a group (its id and the version seen). Raises `Conflict`."""
        group_id, version = group
        with self.ledger.begin(who, reason) as work:
            _require(work, group_id)
            check_head(said)
            self.store.write_head(work, group_id, version, said)
            work.record(Entry(Act.LETTERHEAD_SET, detail={"group": group_id}))

    def download(
        self, who: Principal, reason: Reason, place: tuple[UUID, LetterKind, LetterFormat]
    ) -> bytes:
        """Return the template in use, to change it and bring it back."""
        group_id, kind, format_ = place
        with self.ledger.consult(who, reason) as work:
            _require(work, group_id, kind)
            work.record(Entry(Act.TEMPLATE_READ, detail=_told(group_id, kind, format_)))
        return self.shelf.template(who, group_id, kind, format_)

    def bring(
        self,
        who: Principal,
        reason: Reason,
        place: tuple[UUID, LetterKind, LetterFormat],
        content: bytes,
    ) -> frozenset[LetterField]:
        """Keep a group's own template, once the press has read it; return the fields it names.

        Raises `InvalidInput` with each fault and where it stands, `PressFailed` when it cannot say.
        """
        group_id, kind, format_ = place
        # Whoever may not is refused below, with a leaf: the press reads nothing for them.
        may = coordinates(who, group_id, local_day(self.clock.now()))
        used = self.press.check(kind, format_, content) if may else frozenset()
        with self.ledger.begin(who, reason) as work:
            _require(work, group_id, kind)
            self.store.keep(work, place, content, used)
            work.record(Entry(Act.TEMPLATE_SET, detail=_told(*place)))
        return used

    def take_back(
        self, who: Principal, reason: Reason, place: tuple[UUID, LetterKind, LetterFormat]
    ) -> None:
        """Return to the template that comes with the service."""
        with self.ledger.begin(who, reason) as work:
            _require(work, place[0], place[1])
            self.store.remove(work, place)
            work.record(Entry(Act.TEMPLATE_REMOVED, detail=_told(*place)))


def _coordinated(work: Work) -> list[Group]:
    """Return the groups that who asks coordinates today and that write letters."""
    day, council_id = local_day(work.now), work.principal.council_id
    every = partners.groups(work.session, council_id)
    return [one for one in every if KINDS_OF[one.kind] and coordinates(work.principal, one.id, day)]


def _require(work: Work, group_id: UUID, kind: LetterKind | None = None) -> None:
    """Raise `AccessDenied` for a group not coordinated, or a letter that it never writes."""
    found = next((one for one in _coordinated(work) if one.id == group_id), None)
    if found is None or (kind is not None and kind not in KINDS_OF[found.kind]):
        raise AccessDenied("template", "other-function", subject=str(group_id))


def _stationery(work: Work, group: Group) -> Stationery:
    place = work.session, work.principal.council_id, group.id
    return Stationery(group, templates.head_of(*place), tuple(templates.brought(*place)))


def _told(group_id: UUID, kind: LetterKind, format_: LetterFormat) -> dict[str, str | UUID]:
    return {"group": group_id, "kind": kind.value, "format": format_.value}
