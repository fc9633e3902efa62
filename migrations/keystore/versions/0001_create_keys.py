"""Peppers, erasures and the keys of the register's parts."""

import sqlalchemy as sa
from alembic import op

from casework.db.types import Blob, Id, UtcDateTime

revision = "0001"
down_revision = None


def upgrade() -> None:
    _create_erasures()
    _create_part_keys()
    _create_peppers()


def downgrade() -> None:
    op.drop_table("peppers")
    op.drop_table("part_keys")
    op.drop_table("erasures")


def _create_erasures() -> None:
    op.create_table(
        "erasures",
        sa.Column("council_id", Id(), nullable=False),
        sa.Column("compartment_id", Id(), nullable=False),
        sa.Column("erased_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("council_id", "compartment_id"),
    )


def _create_part_keys() -> None:
    op.create_table(
        "part_keys",
        sa.Column("council_id", Id(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("secret", Blob(), nullable=False),
        sa.PrimaryKeyConstraint("council_id", "month"),
    )


def _create_peppers() -> None:
    op.create_table(
        "peppers",
        sa.Column("council_id", Id(), nullable=False),
        sa.Column("compartment_id", Id(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("pepper", Blob(), nullable=False),
        sa.PrimaryKeyConstraint("council_id", "compartment_id", "epoch"),
    )
