"""Reasons that somebody typed: sealed, apart from the register, whose lines hold no words.

The table needs no policy of rows: it names no case, and its texts open with the register's keys.
"""

import sqlalchemy as sa
from alembic import op

from casework.db.types import Blob, Id, UtcDateTime

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    op.create_table(
        "typed_reasons",
        sa.Column("council_id", Id(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("member_id", Id(), nullable=False),
        sa.Column("session", sa.String(64), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("words_sealed", Blob(), nullable=False),
        sa.ForeignKeyConstraint(["council_id", "member_id"], ["members.council_id", "members.id"]),
        sa.PrimaryKeyConstraint("council_id", "id"),
    )
    op.create_index("ix_typed_reasons_member", "typed_reasons", ["council_id", "member_id", "at"])


def downgrade() -> None:
    op.drop_table("typed_reasons")
