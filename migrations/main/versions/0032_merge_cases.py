"""Cases merged into another of the same person, and the last day that each had by itself."""

from typing import Final

import sqlalchemy as sa
from alembic import op

from casework.db.types import Id

revision = "0032"
down_revision = "0031"

_INDEX: Final = "ix_cases_merged"
_MERGED: Final = sa.text("merged_into IS NOT NULL")


def upgrade() -> None:
    op.add_column("cases", sa.Column("merged_into", Id(), nullable=True))
    op.add_column("cases", sa.Column("unmerged_ceiling_on", sa.Date(), nullable=True))
    op.create_index(
        _INDEX,
        "cases",
        ["council_id", "merged_into"],
        sqlite_where=_MERGED,
        postgresql_where=_MERGED,
    )


def downgrade() -> None:
    op.drop_index(_INDEX, "cases")
    op.drop_column("cases", "unmerged_ceiling_on")
    op.drop_column("cases", "merged_into")
