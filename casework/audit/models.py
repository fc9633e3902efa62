"""Tables of the register. Rows are added here and never changed; only the head moves.

What comes to its end is the exception (`forgetting`): parts become NULL, then old leaves go.

What an append costs on an encrypted file is the number of pages it touches, hence on SQLite:
tables clustered by their key (WITHOUT ROWID) but for the leaves, the inner nodes of the tree inside
the leaf that completes them, and no index entry for the acts and outcomes that make up nearly all
leaves (`RARE`, `UNUSUAL`). What a verification costs is the pages of the leaves: their parts lie
apart.
"""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import BigInteger, Index, Integer, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from casework.audit.numbers import RARE, UNUSUAL
from casework.db.model import CouncilRow, Model, reference
from casework.db.types import Blob, Id, UtcDateTime

_CLUSTERED: Final[dict[str, Any]] = {"sqlite_with_rowid": False}


class LeafRow(Model):
    """One leaf: what its hash is made of, and stays.

    `at` in microseconds since 1970; `kind` is the act; order is `seq`, never time. `nodes` holds
    the roots of the subtrees this leaf completes, from level 1 upwards; `bound` the commitments to
    who, what, why and the rows written, 32 bytes each.
    """

    __tablename__ = "audit_leaves"
    __table_args__ = (
        Index(
            "ix_audit_leaves_kind",
            "council_id",
            "kind",
            "seq",
            sqlite_where=text(RARE),
            postgresql_where=text(RARE),
        ),
        Index(
            "ix_audit_leaves_outcome",
            "council_id",
            "outcome",
            "seq",
            sqlite_where=text(UNUSUAL),
            postgresql_where=text(UNUSUAL),
        ),
    )

    council_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    at: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[str] = mapped_column(String(64))
    outcome: Mapped[str] = mapped_column(String(16))
    leaf: Mapped[bytes] = mapped_column(Blob)
    nodes: Mapped[bytes] = mapped_column(Blob)
    bound: Mapped[bytes] = mapped_column(Blob)


class PartRow(Model):
    """The sealed parts of one leaf, and their salts, which may be erased.

    They are apart because whoever verifies the tree does not need them, and reads no page of them.
    """

    __tablename__ = "audit_parts"
    __table_args__ = _CLUSTERED

    council_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    who_salt: Mapped[bytes | None] = mapped_column(Blob)
    who: Mapped[bytes | None] = mapped_column(Blob)
    what_salt: Mapped[bytes | None] = mapped_column(Blob)
    what: Mapped[bytes | None] = mapped_column(Blob)
    det_salt: Mapped[bytes | None] = mapped_column(Blob)
    det: Mapped[bytes | None] = mapped_column(Blob)


class CoverRow(Model):
    """The root of a complete subtree whose leaves are pruned: proofs still need it."""

    __tablename__ = "audit_covers"
    __table_args__ = _CLUSTERED

    council_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    level: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    idx: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    hash: Mapped[bytes] = mapped_column(Blob)


class HeadRow(Model):
    """Where the register of a council stands: locked by every append, so appends queue here."""

    __tablename__ = "audit_heads"
    __table_args__ = _CLUSTERED

    council_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    size: Mapped[int] = mapped_column(BigInteger)
    root: Mapped[bytes] = mapped_column(Blob)
    frontier: Mapped[bytes] = mapped_column(Blob)
    signed_size: Mapped[int] = mapped_column(BigInteger)
    signed_at: Mapped[int] = mapped_column(BigInteger)


class CheckpointRow(Model):
    """A signed note of the register at `size` leaves.

    By its `mark` the service knows a note again that it signed itself; older ones have none.
    """

    __tablename__ = "audit_checkpoints"
    __table_args__ = _CLUSTERED

    council_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    size: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    at: Mapped[int] = mapped_column(BigInteger)
    note: Mapped[str] = mapped_column(Text)
    mark: Mapped[bytes | None] = mapped_column(Blob)


class AnchorRow(Model):
    """What somebody outside gave back for the checkpoint of `size`; `at` in microseconds."""

    __tablename__ = "audit_anchors"
    __table_args__ = _CLUSTERED

    council_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    size: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(16), primary_key=True)
    giver: Mapped[str] = mapped_column(String(200), primary_key=True)
    at: Mapped[int] = mapped_column(BigInteger)
    content: Mapped[bytes] = mapped_column(Blob)


class SubjectRow(Model):
    """Which leaves speak of a case, a member or an organisation; the tag is blind."""

    __tablename__ = "audit_subjects"
    __table_args__ = _CLUSTERED

    council_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    tag: Mapped[bytes] = mapped_column(Blob, primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)


class TypedReasonRow(CouncilRow, Model):
    """What a member typed as their reason, sealed; `session` is that of a leaf."""

    __tablename__ = "typed_reasons"
    __table_args__ = (
        reference("members", "member_id"),
        Index("ix_typed_reasons_member", "council_id", "member_id", "at"),
    )

    member_id: Mapped[UUID] = mapped_column(Id)
    session: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    words_sealed: Mapped[bytes] = mapped_column(Blob)


class DigestRow(Model):
    """SHA-256 of a sealed value when leaf `seq` was written; none when it was erased."""

    __tablename__ = "row_digests"
    __table_args__ = _CLUSTERED

    council_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    table_name: Mapped[str] = mapped_column(String(64), primary_key=True)
    row_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    column_name: Mapped[str] = mapped_column(String(64), primary_key=True)
    digest: Mapped[bytes | None] = mapped_column(Blob)
