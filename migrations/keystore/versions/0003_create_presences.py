"""Tags of persons followed, boxed by case: they end with the keys, in backups too."""

import sqlalchemy as sa
from alembic import op

from casework.db.types import Blob, Id

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "presences",
        sa.Column("council_id", Id(), nullable=False),
        sa.Column("case_id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("tags_sealed", Blob(), nullable=False),
        sa.PrimaryKeyConstraint("council_id", "case_id"),
    )


def downgrade() -> None:
    op.drop_table("presences")
