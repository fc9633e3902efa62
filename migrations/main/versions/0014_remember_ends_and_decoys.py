"""What was erased, so that an old key store is recognised; and decoys, by tags that name no case.

Neither table needs a policy of rows: one holds ids of what is gone, the other keyed tags.
"""

import sqlalchemy as sa
from alembic import op

from casework.db.types import Blob, Id, UtcDateTime

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.create_table(
        "ended_compartments",
        sa.Column("council_id", Id(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("case_id", Id(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("council_id", "id"),
    )
    op.create_table(
        "decoys",
        sa.Column("council_id", Id(), nullable=False),
        sa.Column("tag", Blob(), nullable=False),
        sa.PrimaryKeyConstraint("council_id", "tag"),
    )


def downgrade() -> None:
    op.drop_table("decoys")
    op.drop_table("ended_compartments")
