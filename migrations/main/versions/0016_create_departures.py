"""Organisations that left; who holds a compartment, and which wait, found without a scan."""

from typing import Final

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

_INDEXES: Final = (
    ("compartments", "due_since"),
    ("compartments", "former_since"),
    ("grants", "compartment_id"),
    ("rings", "compartment_id"),
)


def upgrade() -> None:
    op.add_column("organisations", sa.Column("left_on", sa.Date(), nullable=True))
    for table, column in _INDEXES:
        op.create_index(f"ix_{table}_{column}", table, ["council_id", column])


def downgrade() -> None:
    for table, column in reversed(_INDEXES):
        op.drop_index(f"ix_{table}_{column}", table_name=table)
    op.drop_column("organisations", "left_on")
