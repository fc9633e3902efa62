"""The instance's word for each holder of a key, and signatures of a registrar kept elsewhere."""

import sqlalchemy as sa
from alembic import op

from casework.db.types import Blob, Id, UtcDateTime

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    for table in ("grants", "rings"):
        op.add_column(table, sa.Column("admission", Blob(), nullable=True))
    op.create_table(
        "registrar_signatures",
        sa.Column("council_id", Id(), nullable=False),
        sa.Column("organisation_id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("registrar", Id(), nullable=False),
        sa.Column("signature", Blob(), nullable=False),
        sa.Column("signed_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["council_id", "organisation_id"], ["organisations.council_id", "organisations.id"]
        ),
        sa.PrimaryKeyConstraint("council_id", "organisation_id", "version", "registrar"),
    )


def downgrade() -> None:
    op.drop_table("registrar_signatures")
    for table in ("rings", "grants"):
        op.drop_column(table, "admission")
