"""The register."""

import sqlalchemy as sa
from alembic import op

from casework.db.types import Blob, Id

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    _create_audit_checkpoints()
    _create_audit_heads()
    _create_audit_leaves()
    _index_audit_leaves()
    _create_audit_subjects()
    _create_row_digests()


def downgrade() -> None:
    op.drop_table("row_digests")
    op.drop_table("audit_subjects")
    op.drop_table("audit_leaves")
    op.drop_table("audit_heads")
    op.drop_table("audit_checkpoints")


def _create_audit_checkpoints() -> None:
    op.create_table(
        "audit_checkpoints",
        sa.Column("council_id", Id(), nullable=False),
        sa.Column("size", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("council_id", "size"),
        sqlite_with_rowid=False,
    )


def _create_audit_heads() -> None:
    op.create_table(
        "audit_heads",
        sa.Column("council_id", Id(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("root", Blob(), nullable=False),
        sa.Column("frontier", Blob(), nullable=False),
        sa.Column("signed_size", sa.BigInteger(), nullable=False),
        sa.Column("signed_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("council_id"),
        sqlite_with_rowid=False,
    )


def _create_audit_leaves() -> None:
    op.create_table(
        "audit_leaves",
        sa.Column("council_id", Id(), nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("leaf", Blob(), nullable=False),
        sa.Column("nodes", Blob(), nullable=False),
        sa.Column("who_c", Blob(), nullable=False),
        sa.Column("what_c", Blob(), nullable=False),
        sa.Column("det_c", Blob(), nullable=False),
        sa.Column("rows_c", Blob(), nullable=False),
        sa.Column("who_salt", Blob(), nullable=True),
        sa.Column("who", Blob(), nullable=True),
        sa.Column("what_salt", Blob(), nullable=True),
        sa.Column("what", Blob(), nullable=True),
        sa.Column("det_salt", Blob(), nullable=True),
        sa.Column("det", Blob(), nullable=True),
        sa.PrimaryKeyConstraint("council_id", "seq"),
    )


def _index_audit_leaves() -> None:
    op.create_index(
        "ix_audit_leaves_kind",
        "audit_leaves",
        ["council_id", "kind", "seq"],
        sqlite_where=sa.text("kind NOT IN ('case:read', 'case:listed', 'case:searched')"),
        postgresql_where=sa.text("kind NOT IN ('case:read', 'case:listed', 'case:searched')"),
    )
    op.create_index(
        "ix_audit_leaves_outcome",
        "audit_leaves",
        ["council_id", "outcome", "seq"],
        sqlite_where=sa.text("outcome <> 'allowed'"),
        postgresql_where=sa.text("outcome <> 'allowed'"),
    )


def _create_audit_subjects() -> None:
    op.create_table(
        "audit_subjects",
        sa.Column("council_id", Id(), nullable=False),
        sa.Column("tag", Blob(), nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("council_id", "tag", "seq"),
        sqlite_with_rowid=False,
    )


def _create_row_digests() -> None:
    op.create_table(
        "row_digests",
        sa.Column("council_id", Id(), nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("table_name", sa.String(length=64), nullable=False),
        sa.Column("row_id", Id(), nullable=False),
        sa.Column("column_name", sa.String(length=64), nullable=False),
        sa.Column("digest", Blob(), nullable=True),
        sa.PrimaryKeyConstraint("council_id", "seq", "table_name", "row_id", "column_name"),
        sqlite_with_rowid=False,
    )
