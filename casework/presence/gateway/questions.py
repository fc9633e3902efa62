"""Who asked and when; the cases found are sealed, alike whether there are any or none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from casework.audit.work import Work
from casework.charters.vocabulary import CaseKind
from casework.clock import Clock
from casework.entropy import Entropy, new_id
from casework.errors import AccessDenied, Misconfigured, SealBroken
from casework.keys.delivery import acting_organisation
from casework.presence.models import PresenceQuestionRow
from casework.presence.policy import HOUR, SHOWN_AGAIN
from casework.presence.seals import PresenceSeals

_NONCE: Final = 12
_MOST: Final = 4
"""Cases that an answer remembers: one person, in as many groups at most."""

_NEWEST: Final = 2_000


class Asked(NamedTuple):
    """A question as it is remembered."""

    id: UUID
    group_id: UUID
    member_id: UUID
    asked_at: datetime
    version: int
    answer_sealed: bytes


@dataclass(frozen=True, slots=True)
class Questions:
    """The questions of a council."""

    seals: PresenceSeals
    clock: Clock
    entropy: Entropy

    def add(self, work: Work, group_id: UUID, kind: CaseKind) -> UUID:
        """Keep that the acting member asks; nothing is found yet. Return the question's id."""
        own_id, version = new_id(self.clock, self.entropy), self.seals.newest(work.session)
        work.session.add(
            PresenceQuestionRow(
                council_id=work.principal.council_id,
                id=own_id,
                member_id=work.principal.member_id,
                organisation_id=acting_organisation(work).organisation_id,
                group_id=group_id,
                asked_at=work.now,
                version=version,
                answer_sealed=self._sealed((kind, version), own_id, ()),
            )
        )
        return own_id

    def own(self, work: Work, question_id: UUID) -> Asked:
        """Return a question of the acting member, of the last minutes; any other is not there."""
        who, row = work.principal, PresenceQuestionRow
        found = work.session.get(row, (who.council_id, question_id))
        if (
            found is None
            or found.member_id != who.member_id
            or work.now - found.asked_at > SHOWN_AGAIN
        ):
            subject = str(question_id)
            raise AccessDenied("presence", "no-such-question", subject=subject)
        return Asked(*(getattr(found, name) for name in Asked._fields))

    def answer(self, work: Work, question_id: UUID, kind: CaseKind, cases: Sequence[UUID]) -> None:
        """Seal what a question found: always, so that no and yes leave the same."""
        row = work.session.get_one(PresenceQuestionRow, (work.principal.council_id, question_id))
        row.answer_sealed = self._sealed((kind, row.version), question_id, cases)

    def found(self, one: Asked, kind: CaseKind) -> list[UUID]:
        """Return the cases that a question found; none where its row was altered."""
        try:
            return self.seals.of(kind, one.version).open_answer(one.id, one.answer_sealed)
        except (Misconfigured, SealBroken):
            return []

    def _sealed(self, place: tuple[CaseKind, int], own_id: UUID, cases: Sequence[UUID]) -> bytes:
        seal = self.seals.of(*place)
        return seal.keep_answer(own_id, cases, _MOST, self.entropy.bytes(_NONCE))


def moments(session: Session, council_id: UUID, member_id: UUID, now: datetime) -> list[datetime]:
    """Return when a member asked within the last hour."""
    row = PresenceQuestionRow
    mine = (row.council_id == council_id, row.member_id == member_id)
    return list(session.scalars(select(row.asked_at).where(*mine, row.asked_at > now - HOUR)))


def since(session: Session, council_id: UUID, begun: datetime) -> list[Asked]:
    """Return the questions asked since a moment, the newest first."""
    row = PresenceQuestionRow
    columns = (row.id, row.group_id, row.member_id, row.asked_at, row.version, row.answer_sealed)
    chosen = select(*columns).where(row.council_id == council_id, row.asked_at >= begun)
    newest = chosen.order_by(row.asked_at.desc(), row.id.desc()).limit(_NEWEST)
    return [Asked(*one) for one in session.execute(newest)]


def versions(session: Session, council_id: UUID) -> set[int]:
    """Return the versions of the secret that answers are sealed under."""
    row = PresenceQuestionRow
    return set(session.scalars(select(row.version).where(row.council_id == council_id).distinct()))


def over(session: Session, council_id: UUID, before: datetime) -> int:
    """Count the questions asked before a moment."""
    row = PresenceQuestionRow
    chosen = (row.council_id == council_id, row.asked_at < before)
    return session.scalar(select(func.count()).select_from(row).where(*chosen)) or 0


def forget(work: Work, before: datetime) -> None:
    """Delete the questions asked before a moment."""
    row = PresenceQuestionRow
    chosen = (row.council_id == work.principal.council_id, row.asked_at < before)
    work.session.execute(delete(row).where(*chosen))
