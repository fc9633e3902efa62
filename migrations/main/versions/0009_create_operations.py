"""When the regular jobs are due."""

import sqlalchemy as sa
from alembic import op

from casework.db.types import Id, UtcDateTime

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    _create_jobs()


def downgrade() -> None:
    op.drop_table("jobs")


def _create_jobs() -> None:
    op.create_table(
        "jobs",
        sa.Column("council_id", Id(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("lease_until", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("council_id", "kind"),
    )
