"""What programs asked with a key, so that asking again does nothing twice."""

import sqlalchemy as sa
from alembic import op

from casework.db.types import Blob, Id, UtcDateTime

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "repeats",
        sa.Column("council_id", Id(), nullable=False),
        sa.Column("member_id", Id(), nullable=False),
        sa.Column("key", Id(), nullable=False),
        sa.Column("route", sa.String(length=80), nullable=False),
        sa.Column("digest", Blob(), nullable=False),
        sa.Column("status", sa.SmallInteger(), nullable=False),
        sa.Column("made_id", Id(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("kept_until", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("council_id", "member_id", "key"),
    )
    op.create_index("ix_repeats_until", "repeats", ["council_id", "kept_until"])


def downgrade() -> None:
    op.drop_table("repeats")
