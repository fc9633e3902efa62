"""Forgetting: holds, elimination lists, certificates."""

import sqlalchemy as sa
from alembic import op

from casework.db.types import Id, UtcDateTime

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    _create_certificates()
    _index_certificates()
    _create_elimination_lists()
    _create_holds()
    _index_holds()
    _create_elimination_items()
    _index_elimination_items()


def downgrade() -> None:
    op.drop_table("elimination_items")
    op.drop_table("holds")
    op.drop_table("elimination_lists")
    op.drop_table("certificates")


def _create_certificates() -> None:
    op.create_table(
        "certificates",
        sa.Column("council_id", Id(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("case_id", Id(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("list_id", Id(), nullable=True),
        sa.Column("compartments", sa.Integer(), nullable=False),
        sa.Column("erased_at", UtcDateTime(), nullable=False),
        sa.Column("backups_until", sa.Date(), nullable=False),
        sa.Column("leaf", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("council_id", "id"),
    )


def _index_certificates() -> None:
    op.create_index("ix_certificates_case", "certificates", ["council_id", "case_id"])


def _create_elimination_lists() -> None:
    op.create_table(
        "elimination_lists",
        sa.Column("council_id", Id(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("listed_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("visa_on", sa.Date(), nullable=True),
        sa.Column("visa_by", Id(), nullable=True),
        sa.Column("visa_reference", sa.String(length=60), nullable=True),
        sa.PrimaryKeyConstraint("council_id", "id"),
    )


def _create_holds() -> None:
    op.create_table(
        "holds",
        sa.Column("council_id", Id(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("case_id", Id(), nullable=False),
        sa.Column("reason", sa.String(length=32), nullable=False),
        sa.Column("placed_by", Id(), nullable=False),
        sa.Column("placed_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("lifted_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("council_id", "id"),
    )


def _index_holds() -> None:
    op.create_index("ix_holds_case", "holds", ["council_id", "case_id"])


def _create_elimination_items() -> None:
    op.create_table(
        "elimination_items",
        sa.Column("council_id", Id(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("list_id", Id(), nullable=False),
        sa.Column("case_id", Id(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("opened_year", sa.Integer(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["council_id", "list_id"], ["elimination_lists.council_id", "elimination_lists.id"]
        ),
        sa.PrimaryKeyConstraint("council_id", "id"),
    )


def _index_elimination_items() -> None:
    op.create_index("ix_elimination_items_case", "elimination_items", ["council_id", "case_id"])
    op.create_index("ix_elimination_items_list", "elimination_items", ["council_id", "list_id"])
