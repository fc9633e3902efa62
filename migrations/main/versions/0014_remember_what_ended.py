"""What was erased, so that an old key store is recognised: ids of what is gone, for the jobs."""

import sqlalchemy as sa
from alembic import op

from casework.db.types import Id, UtcDateTime

revision = "0014"
down_revision = "0012"


def upgrade() -> None:
    op.create_table(
        "ended_compartments",
        sa.Column("council_id", Id(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("case_id", Id(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("council_id", "id"),
    )


def downgrade() -> None:
    op.drop_table("ended_compartments")
