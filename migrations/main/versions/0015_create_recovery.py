"""Escrows and their custodians, ceremonies, and keys that were lent."""

import sqlalchemy as sa
from alembic import op

from casework.db.types import Blob, Id, UtcDateTime

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    _create_escrows()
    _create_ceremonies()
    _create_loans()
    if op.get_context().dialect.name == "postgresql":
        _protect_loans()


def downgrade() -> None:
    for table in ("loans", "ceremony_answers", "ceremonies", "escrow_subsets", "escrow_custodians",
                  "escrows"):  # fmt: skip
        op.drop_table(table)


def _create_escrows() -> None:
    op.create_table(
        "escrows",
        sa.Column("council_id", Id(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("threshold", sa.Integer(), nullable=False),
        sa.Column("public", Blob(), nullable=True),
        sa.Column("decoy_sealed", Blob(), nullable=True),
        sa.Column("decoy_digest", Blob(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("founded_at", UtcDateTime(), nullable=True),
        sa.Column("retired_at", UtcDateTime(), nullable=True),
        sa.Column("seal", Blob(), nullable=False),
        sa.PrimaryKeyConstraint("council_id", "id"),
    )
    op.create_table(
        "escrow_custodians",
        sa.Column("council_id", Id(), nullable=False),
        sa.Column("escrow_id", Id(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("member_id", Id(), nullable=False),
        sa.Column("public", Blob(), nullable=True),
        sa.Column("drawn_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["council_id", "escrow_id"], ["escrows.council_id", "escrows.id"]),
        sa.ForeignKeyConstraint(["council_id", "member_id"], ["members.council_id", "members.id"]),
        sa.PrimaryKeyConstraint("council_id", "escrow_id", "place"),
    )
    op.create_table(
        "escrow_subsets",
        sa.Column("council_id", Id(), nullable=False),
        sa.Column("escrow_id", Id(), nullable=False),
        sa.Column("places", sa.String(16), nullable=False),
        sa.Column("sealed", Blob(), nullable=False),
        sa.ForeignKeyConstraint(["council_id", "escrow_id"], ["escrows.council_id", "escrows.id"]),
        sa.PrimaryKeyConstraint("council_id", "escrow_id", "places"),
    )


def _create_ceremonies() -> None:
    op.create_table(
        "ceremonies",
        sa.Column("council_id", Id(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("escrow_id", Id(), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("why", sa.String(12), nullable=False),
        sa.Column("organisation_id", Id(), nullable=True),
        sa.Column("member_id", Id(), nullable=True),
        sa.Column("member_public", Blob(), nullable=True),
        sa.Column("case_id", Id(), nullable=True),
        sa.Column("borrower_id", Id(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("asked_by", Id(), nullable=True),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("ends_at", UtcDateTime(), nullable=False),
        sa.Column("done_at", UtcDateTime(), nullable=True),
        sa.Column("seal", Blob(), nullable=False),
        sa.ForeignKeyConstraint(["council_id", "escrow_id"], ["escrows.council_id", "escrows.id"]),
        sa.PrimaryKeyConstraint("council_id", "id"),
    )
    op.create_index("ix_ceremonies_asked_at", "ceremonies", ["council_id", "asked_at"])
    op.create_table(
        "ceremony_answers",
        sa.Column("council_id", Id(), nullable=False),
        sa.Column("ceremony_id", Id(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("sealed", Blob(), nullable=False),
        sa.Column("given_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["council_id", "ceremony_id"], ["ceremonies.council_id", "ceremonies.id"]
        ),
        sa.PrimaryKeyConstraint("council_id", "ceremony_id", "place"),
    )


def _create_loans() -> None:
    op.create_table(
        "loans",
        sa.Column("council_id", Id(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("case_id", Id(), nullable=False),
        sa.Column("borrower_id", Id(), nullable=False),
        sa.Column("granter_id", Id(), nullable=False),
        sa.Column("lent_at", UtcDateTime(), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("council_id", "id"),
    )
    op.create_index("ix_loans_until", "loans", ["council_id", "until"])


def _protect_loans() -> None:
    """Let whoever lends or borrows find a loan, since it names a case; and jobs, as in 0010."""
    within = (
        "council_id = (SELECT nullif(current_setting('casework.council', true), '')::uuid)"
        " AND ((SELECT current_setting('casework.reach', true) = 'whole')"
        " OR (SELECT nullif(current_setting('casework.organisation', true), '')::uuid)"
        " IN (borrower_id, granter_id))"
    )
    op.execute("ALTER TABLE loans ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE loans FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY loans_within_reach ON loans USING ({within}) WITH CHECK ({within})")
