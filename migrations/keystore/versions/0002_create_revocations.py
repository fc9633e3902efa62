"""What counts no more, whatever the main database says."""

import sqlalchemy as sa
from alembic import op

from casework.db.types import Id

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "revocations",
        sa.Column("council_id", Id(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.PrimaryKeyConstraint("council_id", "id"),
    )


def downgrade() -> None:
    op.drop_table("revocations")
