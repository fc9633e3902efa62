"""Steps of a procedure that are recorded, and the day by which the next one is awaited."""

from typing import Final

import sqlalchemy as sa
from alembic import op

from casework.db.types import Blob, Id, UtcDateTime

revision = "0028"
down_revision = "0027"

_COUNCIL: Final = "(SELECT nullif(current_setting('casework.council', true), '')::uuid)"
_ORGANISATION: Final = "(SELECT nullif(current_setting('casework.organisation', true), '')::uuid)"
_WHOLE: Final = "(SELECT current_setting('casework.reach', true) = 'whole')"


def upgrade() -> None:
    op.add_column("cases", sa.Column("awaited_on", sa.Date(), nullable=True))
    op.create_table(
        "case_steps",
        sa.Column("council_id", Id(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("case_id", Id(), nullable=False),
        sa.Column("compartment_id", Id(), nullable=False),
        sa.Column("step", sa.String(24), nullable=False),
        sa.Column("taken_by", Id(), nullable=True),
        sa.Column("taken_at", UtcDateTime(), nullable=False),
        sa.Column("asked_member_id", Id(), nullable=True),
        sa.Column("asked_organisation_id", Id(), nullable=True),
        sa.Column("record_sealed", Blob(), nullable=False),
        sa.ForeignKeyConstraint(["council_id", "case_id"], ["cases.council_id", "cases.id"]),
        sa.PrimaryKeyConstraint("council_id", "id"),
    )
    op.create_index("ix_case_steps_case", "case_steps", ["council_id", "case_id", "taken_at"])
    if op.get_context().dialect.name == "postgresql":
        _protect(_admitted(), _stored())


def downgrade() -> None:
    op.drop_table("case_steps")
    op.drop_column("cases", "awaited_on")


def _protect(found: str, stored: str) -> None:
    """Let rows be found when `found`, and stored when `stored`."""
    op.execute("ALTER TABLE case_steps ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE case_steps FORCE ROW LEVEL SECURITY")
    op.execute(
        "CREATE POLICY case_steps_within_reach ON case_steps"
        f" USING ({_within(found)}) WITH CHECK ({_within(stored)})"
    )


def _within(condition: str) -> str:
    return f"council_id = {_COUNCIL} AND ({_WHOLE} OR {condition})"


def _stored() -> str:
    """Return that a row stands under a case that may itself be found."""
    return (
        "EXISTS (SELECT 1 FROM cases held WHERE held.council_id = case_steps.council_id"
        " AND held.id = case_steps.case_id)"
    )


def _admitted() -> str:
    return (
        "EXISTS (SELECT 1 FROM admissions a WHERE a.council_id = case_steps.council_id"
        f" AND a.organisation_id = {_ORGANISATION} AND a.case_id = case_steps.case_id)"
    )
