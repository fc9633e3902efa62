"""Reasons that somebody typed: the one place for words beside the register, which holds none.

Sealed under the month's key of the register, so that they end with its lines in every backup:
PartCipher over tag = "why" ‖ row id 16 ‖ member id 16 ‖ session, seq = 0, padded.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from casework.audit.actions import Act
from casework.audit.lines import Line
from casework.audit.models import TypedReasonRow
from casework.audit.ports import RegisterKeyring
from casework.audit.receipt import Receipt
from casework.audit.work import Work
from casework.clock import Clock
from casework.crypto.padding import TEXT, pad, unpad
from casework.entropy import Entropy, new_id
from casework.errors import AuditGap, SealBroken
from casework.identity import Principal, Reason

_COLUMN: Final = "words_sealed"
_OF_CASE: Final = "case-"
_TOKEN: Final = "token-"  # noqa: S105 - how the sessions of programs are called


class _Row(NamedTuple):
    id: UUID
    member_id: UUID
    session: str
    at: datetime
    words_sealed: bytes


@dataclass(frozen=True, slots=True)
class TypedReasons:
    """Keeps the words of the reason « other », and tells them to who reads the register."""

    keyring: RegisterKeyring
    clock: Clock
    entropy: Entropy

    def keep(self, work: Work, words: str, *, of_case: bool = False) -> UUID:
        """Seal what the member of this unit of work gives as their reason; return the row's id.

        Words `of_case` stand for that case alone, and behind no line that does not name them.
        """
        who, row_id = work.principal, new_id(self.clock, self.entropy)
        if who.member_id is None:
            raise AuditGap("only a member types a reason")
        session = f"{_OF_CASE}{who.session_tag}" if of_case else who.session_tag
        bare = _Row(row_id, who.member_id, session, work.now, b"")
        text = pad(words.encode(), TEXT)
        sealed = self.keyring.of(who.council_id).parts.seal(work.now, _tag(bare), 0, text)
        values = {**bare._asdict(), _COLUMN: sealed}
        work.session.execute(insert(TypedReasonRow).values(council_id=who.council_id, **values))
        work.digest(TypedReasonRow.__tablename__, row_id, _COLUMN, sealed)
        return row_id

    def stated(self, session: Session, who: Principal, since: datetime) -> bool:
        """Say whether a session or a token has typed a reason since a moment."""
        row = TypedReasonRow
        mine = select(row.id).where(
            row.council_id == who.council_id,
            row.member_id == who.member_id,
            row.session == who.session_tag,
            row.at >= since,
        )
        return session.execute(mine.limit(1)).first() is not None

    def told(self, receipt: Receipt, session: Session, lines: Iterable[Line]) -> tuple[Line, ...]:
        """Return lines with the words behind « other »: what their member had last typed by then.

        AuditGap without a fresh receipt of `register:read`.
        """
        if Act.REGISTER_READ not in receipt.acts or receipt.stale(self.clock.now()):
            raise AuditGap("a typed reason opens only to a recorded reading of the register")
        found = tuple(lines)
        members = {one.member_id for one in found if _typed(one) and one.member_id}
        rows = self._rows(session, receipt.council_id, members) if members else []
        return tuple(self._with_words(receipt.council_id, one, rows) for one in found)

    def older(self, session: Session, council_id: UUID, before: datetime) -> bool:
        """Say whether anything was typed before a moment."""
        row = TypedReasonRow
        over = select(row.id).where(row.council_id == council_id, row.at < before)
        return session.execute(over.limit(1)).first() is not None

    def forget(self, work: Work, before: datetime) -> int:
        """Delete what was typed before a moment, and say how many."""
        row, council_id = TypedReasonRow, work.principal.council_id
        over = delete(row).where(row.council_id == council_id, row.at < before)
        gone = work.session.scalars(over.returning(row.id)).all()
        for row_id in gone:
            work.digest(TypedReasonRow.__tablename__, row_id, _COLUMN, None)
        return len(gone)

    def _rows(self, session: Session, council_id: UUID, members: Iterable[UUID]) -> list[_Row]:
        row = TypedReasonRow
        columns = [getattr(row, name) for name in _Row._fields]
        mine = select(*columns).where(row.council_id == council_id, row.member_id.in_(members))
        return [_Row(*one) for one in session.execute(mine.order_by(row.at.desc()))]

    def _with_words(self, council_id: UUID, line: Line, rows: Sequence[_Row]) -> Line:
        """Words that were altered or whose month is over are not told: the code remains."""
        row = _behind(line, rows) if _typed(line) else None
        return replace(line, words=self._open(council_id, row)) if row else line

    def _open(self, council_id: UUID, row: _Row) -> str:
        parts = self.keyring.of(council_id).parts
        try:
            text = parts.open(row.at, _tag(row), 0, row.words_sealed)
            return "" if text is None else unpad(text).decode()
        except SealBroken:
            return ""


def _typed(line: Line) -> bool:
    """Say whether words stand behind a line: it was done for them, or is when they were given."""
    return line.reason == Reason.OTHER or "words" in line.detail


def _behind(line: Line, rows: Sequence[_Row]) -> _Row | None:
    """Return what was typed in a line's session; a code given again had renamed it meanwhile.

    A line that names its words has those: they were typed for one case.
    """
    named = str(line.detail.get("words", ""))
    exact = [one for one in rows if str(one.id) == named and one.member_id == line.member_id]
    usual = [one for one in rows if not one.session.startswith(_OF_CASE)]
    by_then = [one for one in usual if one.member_id == line.member_id and one.at <= line.at]
    same = [one for one in by_then if one.session == line.session]
    of_pages = [one for one in by_then if not one.session.startswith(_TOKEN)]
    others = [] if line.session.startswith(_TOKEN) else of_pages
    return next(iter([*exact, *same, *others]), None)


def _tag(row: _Row) -> bytes:
    return b"why" + row.id.bytes + row.member_id.bytes + row.session.encode()
