"""The tags of persons followed: kept beside the peppers, compared box by box.

Nothing is looked up: every box of the council is opened at each question, so that yes and no take
the same time, and no two stored values are equal.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlalchemy import Delete, delete, insert, select

from casework.audit.actions import Act
from casework.audit.receipt import Receipt
from casework.charters.vocabulary import CaseKind
from casework.clock import Clock
from casework.db.engine import Database, Scope
from casework.entropy import Entropy
from casework.errors import AuditGap, Misconfigured, SealBroken
from casework.keys.presence_seal import PresenceSeal
from casework.keys.scrubbing import scrub
from casework.presence.models import PresenceRow
from casework.presence.rules import MOST, asked, spellings
from casework.presence.seals import PresenceSeals
from casework.presence.values import Known, Question

_NONCE: Final = 12
_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class PresenceIndex:
    """The boxes of one council, in the key store."""

    keystore: Database
    seals: PresenceSeals
    clock: Clock
    entropy: Entropy

    def keep(self, kind: CaseKind, version: int, known: Iterable[Known]) -> list[UUID]:
        """Keep the tags of persons, in place of those they had; return the cases kept.

        Somebody without both names has none. Durable at once, before their case is: what a crash
        leaves without a case is taken away by the regular job.
        """
        seal = self.seals.of(kind, version)
        boxes = {one.case_id: box for one in known if (box := self._boxed(seal, one)) is not None}
        council_id = self.seals.council_id
        rows = [
            {"council_id": council_id, "case_id": one, "version": version, "tags_sealed": box}
            for one, box in boxes.items()
        ]
        if rows:
            with self.keystore.writing(Scope(council_id)) as session:
                session.execute(_of(council_id, boxes))
                session.execute(insert(PresenceRow), rows)
        return list(boxes)

    def search(
        self, receipt: Receipt, question: Question, kind: CaseKind, among: Mapping[UUID, UUID]
    ) -> list[UUID]:
        """Return those cases of `among` (case, group) whose person it is, in their order.

        Raises `AuditGap` without the fresh receipt of a question.
        """
        if Act.PRESENCE_ASKED not in receipt.acts or receipt.stale(self.clock.now()):
            raise AuditGap("no fresh receipt of a question")
        names = asked(question.family_name, question.given_name, question.birth_date)
        wanted = _Wanted(self.seals, kind, names)
        rows = self._rows()
        return sorted(
            case_id
            for case_id, version, box in rows
            if case_id in among and wanted.is_in(among[case_id], version, case_id, box)
        )

    def versions(self) -> dict[UUID, int]:
        """Return under which version the tags of each case are kept; nothing is opened."""
        return {case_id: version for case_id, version, _ in self._rows()}

    def forget(self, council_id: UUID, cases: Collection[UUID]) -> None:
        """Delete the tags of cases; their bytes go with the next scrubbing."""
        ordered = sorted(cases)
        for at in range(0, len(ordered), _AT_ONCE):
            part = ordered[at : at + _AT_ONCE]
            if self._any(council_id, part):
                with self.keystore.writing(Scope(council_id)) as session:
                    session.execute(_of(council_id, part))

    def _any(self, council_id: UUID, cases: Collection[UUID]) -> bool:
        """Say whether there is something to delete: most councils have no tags at all."""
        row = PresenceRow
        chosen = (row.council_id == council_id, row.case_id.in_(list(cases)))
        with self.keystore.glancing() as connection:
            return (
                connection.execute(select(row.case_id).where(*chosen).limit(1)).first() is not None
            )

    def scrub(self) -> None:
        """Take what was deleted out of the files. Raises `Unavailable`: again then."""
        scrub(self.keystore)

    def _boxed(self, seal: PresenceSeal, one: Known) -> bytes | None:
        names = spellings(one.family_name, one.given_name, one.birth_date)
        if not names:
            return None
        tags = seal.tags(one.group_id, names)
        return seal.keep(one.case_id, tags, MOST, self.entropy.bytes(_NONCE))

    def _rows(self) -> list[tuple[UUID, int, bytes]]:
        row = PresenceRow
        chosen = select(row.case_id, row.version, row.tags_sealed)
        mine = chosen.where(row.council_id == self.seals.council_id)
        with self.keystore.glancing() as connection:
            return [(one, version, box) for one, version, box in connection.execute(mine)]


class _Wanted:
    """The tags of the person asked about, made once for each group and version."""

    def __init__(self, seals: PresenceSeals, kind: CaseKind, names: list[str]) -> None:
        self._seals, self._kind, self._names = seals, kind, names
        self._versions: dict[int, PresenceSeal | None] = {}
        self._tags: dict[tuple[UUID, int], frozenset[bytes]] = {}

    def is_in(self, group_id: UUID, version: int, case_id: UUID, box: bytes) -> bool:
        """Say whether a box holds one of them; one that was moved or altered holds nothing."""
        seal = self._seal(version)
        if seal is None:
            return False
        try:
            return not self._of(group_id, version, seal).isdisjoint(seal.open(case_id, box))
        except SealBroken:
            return False

    def _seal(self, version: int) -> PresenceSeal | None:
        """Return the seal of a version; None for one that is forgotten: an old copy brought it."""
        if version not in self._versions:
            try:
                self._versions[version] = self._seals.of(self._kind, version)
            except Misconfigured:
                self._versions[version] = None
        return self._versions[version]

    def _of(self, group_id: UUID, version: int, seal: PresenceSeal) -> frozenset[bytes]:
        place = (group_id, version)
        if place not in self._tags:
            self._tags[place] = frozenset(seal.tags(group_id, self._names))
        return self._tags[place]


def _of(council_id: UUID, cases: Collection[UUID]) -> Delete:
    row = PresenceRow
    return delete(row).where(row.council_id == council_id, row.case_id.in_(list(cases)))
