"""Whether each partner's people are still there: asked each quarter, answered by their own body.

The tables need no policy of rows: they name no case, and the coordination follows all of them.
"""

import sqlalchemy as sa
from alembic import op

from casework.db.types import Id, UtcDateTime

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    op.add_column("organisations", sa.Column("suspended_on", sa.Date(), nullable=True))
    op.create_table(
        "presence_reviews",
        sa.Column("council_id", Id(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("organisation_id", Id(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("reminded_on", sa.Date(), nullable=True),
        sa.Column("suspended_on", sa.Date(), nullable=True),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.Column("answered_by", Id(), nullable=True),
        sa.Column("confirmed_by", Id(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["council_id", "organisation_id"], ["organisations.council_id", "organisations.id"]
        ),
        sa.PrimaryKeyConstraint("council_id", "id"),
        sa.UniqueConstraint("council_id", "organisation_id", "opened_on"),
    )
    op.create_table(
        "presence_lines",
        sa.Column("council_id", Id(), nullable=False),
        sa.Column("review_id", Id(), nullable=False),
        sa.Column("member_id", Id(), nullable=False),
        sa.Column("said", sa.String(8), nullable=False),
        sa.ForeignKeyConstraint(
            ["council_id", "review_id"], ["presence_reviews.council_id", "presence_reviews.id"]
        ),
        sa.ForeignKeyConstraint(["council_id", "member_id"], ["members.council_id", "members.id"]),
        sa.PrimaryKeyConstraint("council_id", "review_id", "member_id"),
    )


def downgrade() -> None:
    op.drop_table("presence_lines")
    op.drop_table("presence_reviews")
    op.drop_column("organisations", "suspended_on")
