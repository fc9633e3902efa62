"""Documents of cases, and their sealed streams piece by piece.

On PostgreSQL they are found with their case, as what is written on it. A sealed piece does not get
smaller: it is stored as it is.
"""

from typing import Final

import sqlalchemy as sa
from alembic import op

from casework.db.types import Blob, Id, UtcDateTime

revision = "0031"
down_revision = "0030"

_COUNCIL: Final = "(SELECT nullif(current_setting('casework.council', true), '')::uuid)"
_ORGANISATION: Final = "(SELECT nullif(current_setting('casework.organisation', true), '')::uuid)"
_WHOLE: Final = "(SELECT current_setting('casework.reach', true) = 'whole')"
_SEALED: Final = ("name_sealed", "kind_sealed", "size_sealed", "key_sealed")


def upgrade() -> None:
    _create_documents()
    _create_pieces()
    if op.get_context().dialect.name == "postgresql":
        for table in ("documents", "document_pieces"):
            _protect(table)
        op.execute("ALTER TABLE document_pieces ALTER COLUMN piece_sealed SET STORAGE EXTERNAL")


def downgrade() -> None:
    op.drop_table("document_pieces")
    op.drop_table("documents")


def _create_documents() -> None:
    op.create_table(
        "documents",
        sa.Column("council_id", Id(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("case_id", Id(), nullable=False),
        sa.Column("compartment_id", Id(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("author_id", Id(), nullable=False),
        sa.Column("organisation_id", Id(), nullable=False),
        sa.Column("added_at", UtcDateTime(), nullable=False),
        *(sa.Column(name, Blob(), nullable=False) for name in _SEALED),
        _reference("case_id", "cases"),
        _reference("author_id", "members"),
        sa.PrimaryKeyConstraint("council_id", "id"),
        sa.UniqueConstraint("council_id", "case_id", "number"),
    )


def _create_pieces() -> None:
    op.create_table(
        "document_pieces",
        sa.Column("council_id", Id(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("case_id", Id(), nullable=False),
        sa.Column("document_id", Id(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("piece_sealed", Blob(), nullable=False),
        _reference("case_id", "cases"),
        _reference("document_id", "documents"),
        sa.PrimaryKeyConstraint("council_id", "id"),
        sa.UniqueConstraint("council_id", "document_id", "number"),
    )
    # Erasing a case finds them by it.
    op.create_index("ix_document_pieces_case", "document_pieces", ["council_id", "case_id"])


def _reference(column: str, table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["council_id", column], [f"{table}.council_id", f"{table}.id"])


def _protect(table: str) -> None:
    """Let rows be found by who is admitted to their case, and stored under a case one sees."""
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    admitted = (
        f"EXISTS (SELECT 1 FROM admissions a WHERE a.council_id = {table}.council_id"
        f" AND a.organisation_id = {_ORGANISATION} AND a.case_id = {table}.case_id"
        " AND a.until_on IS NULL)"
    )
    stored = (
        f"EXISTS (SELECT 1 FROM cases held WHERE held.council_id = {table}.council_id"
        f" AND held.id = {table}.case_id)"
    )
    op.execute(
        f"CREATE POLICY {table}_within_reach ON {table}"
        f" USING ({_within(admitted)}) WITH CHECK ({_within(stored)})"
    )


def _within(condition: str) -> str:
    return f"council_id = {_COUNCIL} AND ({_WHOLE} OR {condition})"
