"""Where each text of a charter stands, which one it follows, and who approved it.

What was adopted before is in force. Neither table needs a policy of rows: they name no case.
"""

import sqlalchemy as sa
from alembic import op

from casework.db.types import Id, UtcDateTime

revision = "0023"
down_revision = "0022"

_TABLE = "charter_versions"


def upgrade() -> None:
    state = sa.Column("state", sa.String(12), nullable=False, server_default="in_force")
    op.add_column(_TABLE, state)
    for name, kind in _columns().items():
        op.add_column(_TABLE, sa.Column(name, kind, nullable=True))
    op.create_table(
        "charter_approvals",
        sa.Column("council_id", Id(), nullable=False),
        sa.Column("charter_id", Id(), nullable=False),
        sa.Column("member_id", Id(), nullable=False),
        sa.Column("function", sa.String(16), nullable=False),
        sa.Column("approved_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["council_id", "charter_id"], ["charter_versions.council_id", "charter_versions.id"]
        ),
        sa.ForeignKeyConstraint(["council_id", "member_id"], ["members.council_id", "members.id"]),
        sa.PrimaryKeyConstraint("council_id", "charter_id", "member_id"),
        sa.UniqueConstraint("council_id", "charter_id", "function"),
    )


def downgrade() -> None:
    op.drop_table("charter_approvals")
    for name in (*_columns(), "state"):
        op.drop_column(_TABLE, name)


def _columns() -> dict[str, sa.types.TypeEngine[object]]:
    moments = {"compared_at": UtcDateTime()}
    days = {one: sa.Date() for one in ("enters_on", "entered_on", "ended_on")}
    return {"replaces_id": Id(), "drafted_by": Id(), **moments, **days}
