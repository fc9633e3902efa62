"""Custody by members, epochs that follow one another, accesses that end by themselves."""

import sqlalchemy as sa
from alembic import op

from casework.db.types import Blob, Id, UtcDateTime

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.add_column("organisation_seals", sa.Column("pin", Blob(), nullable=True))
    op.add_column("organisation_keys", sa.Column("due_since", UtcDateTime(), nullable=True))
    op.add_column("rings", sa.Column("expires_at", UtcDateTime(), nullable=True))
    op.add_column("compartments", sa.Column("due_since", UtcDateTime(), nullable=True))
    op.add_column("compartments", sa.Column("former_since", UtcDateTime(), nullable=True))
    _create_member_keys()
    _create_former_epochs()
    if op.get_context().dialect.name == "postgresql":
        _protect_former_epochs()


def downgrade() -> None:
    op.drop_table("former_epochs")
    op.drop_table("member_keys")
    op.drop_column("compartments", "former_since")
    op.drop_column("compartments", "due_since")
    op.drop_column("rings", "expires_at")
    op.drop_column("organisation_keys", "due_since")
    op.drop_column("organisation_seals", "pin")


def _create_member_keys() -> None:
    op.create_table(
        "member_keys",
        sa.Column("council_id", Id(), nullable=False),
        sa.Column("member_id", Id(), nullable=False),
        sa.Column("agreement_public", Blob(), nullable=False),
        sa.Column("seal", Blob(), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["council_id", "member_id"], ["members.council_id", "members.id"]),
        sa.PrimaryKeyConstraint("council_id", "member_id"),
    )


def _create_former_epochs() -> None:
    op.create_table(
        "former_epochs",
        sa.Column("council_id", Id(), nullable=False),
        sa.Column("compartment_id", Id(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("commitment", Blob(), nullable=False),
        sa.ForeignKeyConstraint(
            ["council_id", "compartment_id"], ["compartments.council_id", "compartments.id"]
        ),
        sa.PrimaryKeyConstraint("council_id", "compartment_id", "epoch"),
    )


def _protect_former_epochs() -> None:
    """Find the former epochs of compartments that may themselves be found, as in 0010."""
    within = (
        "council_id = (SELECT nullif(current_setting('casework.council', true), '')::uuid)"
        " AND ((SELECT current_setting('casework.reach', true) = 'whole') OR EXISTS"
        " (SELECT 1 FROM compartments held WHERE held.council_id = former_epochs.council_id"
        " AND held.id = former_epochs.compartment_id))"
    )
    op.execute("ALTER TABLE former_epochs ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE former_epochs FORCE ROW LEVEL SECURITY")
    op.execute(
        "CREATE POLICY former_epochs_within_reach ON former_epochs"
        f" USING ({within}) WITH CHECK ({within})"
    )
