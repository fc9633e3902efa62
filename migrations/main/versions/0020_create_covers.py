"""Nodes that stand for pruned lines; on PostgreSQL, a floor under what the service may take away.

Whoever steals the service's password can append. They can redact and prune what is older than six
months by the server's own clock, which no charter goes below, and nothing younger.
"""

from typing import Final

import sqlalchemy as sa
from alembic import op

from casework.db.types import Blob, Id

revision = "0020"
down_revision = "0019"

# A line dated after now has no date of its own: a clock was wrong. It goes with its neighbours.
_OLD: Final = (
    "at < extract(epoch FROM now() - interval '6 months') * 1000000"
    " OR at > extract(epoch FROM now() + interval '1 day') * 1000000"
)
_ERASED: Final = "what IS NULL AND what_salt IS NULL AND det IS NULL AND det_salt IS NULL"
_TABLES: Final = ("audit_leaves", "audit_subjects", "row_digests")


def upgrade() -> None:
    op.create_table(
        "audit_covers",
        sa.Column("council_id", Id(), nullable=False),
        sa.Column("level", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("idx", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("hash", Blob(), nullable=False),
        sa.PrimaryKeyConstraint("council_id", "level", "idx"),
        sqlite_with_rowid=False,
    )
    if _on_postgresql():
        _lay_floor()


def downgrade() -> None:
    if _on_postgresql():
        for table in _TABLES:
            for verb in ("read", "append", "redact", "prune"):
                op.execute(f"DROP POLICY IF EXISTS {table}_{verb} ON {table}")
            op.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
    op.drop_table("audit_covers")


def _lay_floor() -> None:
    for table in _TABLES:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY {table}_read ON {table} FOR SELECT USING (true)")
        op.execute(f"CREATE POLICY {table}_append ON {table} FOR INSERT WITH CHECK (true)")
    op.execute(
        "CREATE POLICY audit_leaves_redact ON audit_leaves FOR UPDATE"
        f" USING ({_OLD}) WITH CHECK ({_ERASED})"
    )
    op.execute(f"CREATE POLICY audit_leaves_prune ON audit_leaves FOR DELETE USING ({_OLD})")
    # What finds a line goes after its part, its digests after the line itself.
    for table, still in (("audit_subjects", " AND l.what IS NOT NULL"), ("row_digests", "")):
        held = f"l.council_id = {table}.council_id AND l.seq = {table}.seq{still}"
        gone = f"NOT EXISTS (SELECT 1 FROM audit_leaves l WHERE {held})"
        op.execute(f"CREATE POLICY {table}_prune ON {table} FOR DELETE USING ({gone})")


def _on_postgresql() -> bool:
    return op.get_context().dialect.name == "postgresql"
