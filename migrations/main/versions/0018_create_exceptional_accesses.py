"""Cases read for a while by somebody who is not named on them, and what was said of it after.

On PostgreSQL the wall of 0017 lets a body that was lent keys find the rows of that case, for as
long as the access is not written down as ended.
"""

from typing import Final

import sqlalchemy as sa
from alembic import op

from casework.db.types import Blob, Id, UtcDateTime

revision = "0018"
down_revision = "0017"

_COUNCIL: Final = "(SELECT nullif(current_setting('casework.council', true), '')::uuid)"
_ORGANISATION: Final = "(SELECT nullif(current_setting('casework.organisation', true), '')::uuid)"
_WHOLE: Final = "(SELECT current_setting('casework.reach', true) = 'whole')"
_OF_CASES: Final = ("actions", "compartments", "contributions", "decisions", "namings", "persons",
                    "referrals")  # fmt: skip


def upgrade() -> None:
    _create_accesses()
    op.create_table(
        "access_reviews",
        sa.Column("council_id", Id(), nullable=False),
        sa.Column("access_id", Id(), nullable=False),
        sa.Column("reviewed_by", Id(), nullable=False),
        sa.Column("reviewed_at", UtcDateTime(), nullable=False),
        sa.Column("verdict", sa.String(12), nullable=False),
        sa.ForeignKeyConstraint(
            ["council_id", "reviewed_by"], ["members.council_id", "members.id"]
        ),
        sa.PrimaryKeyConstraint("council_id", "access_id"),
    )
    if _on_postgresql():
        _protect_accesses()
        _let_found(lent=True)


def downgrade() -> None:
    if _on_postgresql():
        _let_found(lent=False)
    op.drop_table("access_reviews")
    op.drop_table("exceptional_accesses")


def _create_accesses() -> None:
    op.create_table(
        "exceptional_accesses",
        sa.Column("council_id", Id(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("case_id", Id(), nullable=False),
        sa.Column("organisation_id", Id(), nullable=False),
        sa.Column("member_id", Id(), nullable=False),
        sa.Column("why", sa.String(12), nullable=False),
        sa.Column("lead_id", Id(), nullable=True),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("granter_id", Id(), nullable=True),
        sa.Column("from_at", UtcDateTime(), nullable=True),
        sa.Column("until", UtcDateTime(), nullable=True),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("seal", Blob(), nullable=False),
        sa.ForeignKeyConstraint(["council_id", "member_id"], ["members.council_id", "members.id"]),
        sa.PrimaryKeyConstraint("council_id", "id"),
    )
    for column in ("case_id", "asked_at"):
        name = f"ix_exceptional_accesses_{column}"
        op.create_index(name, "exceptional_accesses", ["council_id", column])


def _protect_accesses() -> None:
    """Let the reader's own body find them, and jobs. Only jobs open one with keys of others."""
    own = f"organisation_id = {_ORGANISATION}"
    op.execute("ALTER TABLE exceptional_accesses ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE exceptional_accesses FORCE ROW LEVEL SECURITY")
    op.execute(
        "CREATE POLICY exceptional_accesses_within_reach ON exceptional_accesses"
        f" USING ({_within(own)}) WITH CHECK ({_within(f'{own} AND granter_id IS NULL')})"
    )


def _let_found(*, lent: bool) -> None:
    """Let the wall of 0017 count what was lent as well, or no more."""
    own = f"referrer_organisation_id = {_ORGANISATION} OR {_admitted('cases', 'id')}"
    found = f"{own} OR {_lent('cases', 'id')}" if lent else own
    # The policy of cases was its own check for what is written: it stays so, without loans.
    _alter("cases", f"USING ({_within(found)}) WITH CHECK ({_within(own)})")
    for table in _OF_CASES:
        own = _admitted(table, "case_id")
        found = f"{own} OR {_lent(table, 'case_id')}" if lent else own
        _alter(table, f"USING ({_within(found)})")
    # Whoever sees a case only because it was lent must not admit themself.
    reached = "casework_reaches(council_id, case_id)"
    written = f"{reached} AND NOT {_lent('admissions', 'case_id')}" if lent else reached
    _alter("admissions", f"WITH CHECK ({_within(written)})")


def _alter(table: str, clauses: str) -> None:
    op.execute(f"ALTER POLICY {table}_within_reach ON {table} {clauses}")


def _within(condition: str) -> str:
    return f"council_id = {_COUNCIL} AND ({_WHOLE} OR {condition})"


def _admitted(table: str, case: str) -> str:
    return (
        f"EXISTS (SELECT 1 FROM admissions a WHERE a.council_id = {table}.council_id"
        f" AND a.organisation_id = {_ORGANISATION} AND a.case_id = {table}.{case}"
        " AND a.until_on IS NULL)"
    )


def _lent(table: str, case: str) -> str:
    return (
        f"EXISTS (SELECT 1 FROM exceptional_accesses e WHERE e.council_id = {table}.council_id"
        f" AND e.organisation_id = {_ORGANISATION} AND e.case_id = {table}.{case}"
        " AND e.granter_id IS NOT NULL AND e.ended_at IS NULL)"
    )


def _on_postgresql() -> bool:
    return op.get_context().dialect.name == "postgresql"
