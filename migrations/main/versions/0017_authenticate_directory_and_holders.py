"""The instance's word for each holder of a key, and signatures of a registrar kept elsewhere.

On PostgreSQL, an admission that ended lets its organisation find nothing any more.
"""

from typing import Final

import sqlalchemy as sa
from alembic import op

from casework.db.types import Blob, Id, UtcDateTime

revision = "0017"
down_revision = "0016"

# As in 0010.
_COUNCIL: Final = "(SELECT nullif(current_setting('casework.council', true), '')::uuid)"
_ORGANISATION: Final = "(SELECT nullif(current_setting('casework.organisation', true), '')::uuid)"
_WHOLE: Final = "(SELECT current_setting('casework.reach', true) = 'whole')"
_OF_CASES: Final = ("actions", "compartments", "contributions", "decisions", "namings", "persons",
                    "referrals")  # fmt: skip


def upgrade() -> None:
    for table in ("grants", "rings"):
        op.add_column(table, sa.Column("admission", Blob(), nullable=True))
    _create_signatures()
    # Only the end of an admission writes its day, and the day is past: no clock is needed.
    _reach(" AND a.until_on IS NULL")


def downgrade() -> None:
    _reach("")
    op.drop_table("registrar_signatures")
    for table in ("rings", "grants"):
        op.drop_column(table, "admission")


def _create_signatures() -> None:
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


def _reach(running: str) -> None:
    """Let an organisation find the cases of its admissions, or of those that run alone."""
    if op.get_context().dialect.name != "postgresql":
        return
    own = f"referrer_organisation_id = {_ORGANISATION}"
    within = _within(f"{own} OR {_admitted('cases', 'id', running)}")
    op.execute(f"ALTER POLICY cases_within_reach ON cases USING ({within}) WITH CHECK ({within})")
    for table in _OF_CASES:
        found = _within(_admitted(table, "case_id", running))
        op.execute(f"ALTER POLICY {table}_within_reach ON {table} USING ({found})")


def _within(condition: str) -> str:
    return f"council_id = {_COUNCIL} AND ({_WHOLE} OR {condition})"


def _admitted(table: str, case: str, running: str) -> str:
    return (
        f"EXISTS (SELECT 1 FROM admissions a WHERE a.council_id = {table}.council_id"
        f" AND a.organisation_id = {_ORGANISATION} AND a.case_id = {table}.{case}{running})"
    )
