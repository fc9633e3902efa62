"""What others gave back for checkpoints: time stamps, cosignatures, letters sent."""

import sqlalchemy as sa
from alembic import op

from casework.db.types import Blob, Id

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.create_table(
        "audit_anchors",
        sa.Column("council_id", Id(), nullable=False),
        sa.Column("size", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("giver", sa.String(200), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("content", Blob(), nullable=False),
        sa.PrimaryKeyConstraint("council_id", "size", "kind", "giver"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("audit_anchors")
