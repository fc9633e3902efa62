"""The sealed parts of lines in a table of their own; marks by which checkpoints are known again.

To verify the tree nobody needs the parts: in the rows of the leaves their pages were read, and
deciphered, all the same. Both tables are written anew, so that what is read is also smaller.
"""

from collections.abc import Mapping
from typing import Final

import sqlalchemy as sa
from alembic import op

from casework.db.types import Blob, Id

revision = "0027"
down_revision = "0026"

_LEAF: Final = ("council_id", "seq", "at", "kind", "outcome", "leaf", "nodes")
_BOUND: Final = ("who_c", "what_c", "det_c", "rows_c")
_PARTS: Final = ("who_salt", "who", "what_salt", "what", "det_salt", "det")
_KEY: Final = ("council_id", "seq")
_INDEXES: Final = {
    "kind": "kind NOT IN ('case:read', 'case:listed', 'case:searched')",
    "outcome": "outcome <> 'allowed'",
}
# A line dated after now has no date of its own: a clock was wrong. It goes with its neighbours.
_OLD: Final = (
    "at < extract(epoch FROM now() - interval '6 months') * 1000000"
    " OR at > extract(epoch FROM now() + interval '1 day') * 1000000"
)
_ERASED: Final = "what IS NULL AND what_salt IS NULL AND det IS NULL AND det_salt IS NULL"


def upgrade() -> None:
    op.add_column("audit_checkpoints", sa.Column("mark", Blob(), nullable=True))
    _set_aside()
    _create_leaves({"bound": False})
    _create_parts()
    joined = " || ".join(_BOUND)
    joined = joined if _on_postgresql() else f"CAST({joined} AS BLOB)"
    _copy("audit_leaves", dict(zip(_LEAF, _LEAF, strict=True)) | {"bound": joined})
    _copy("audit_parts", {name: name for name in (*_KEY, *_PARTS)})
    op.drop_table("audit_leaves_before")
    _index()
    if _on_postgresql():
        _lay_floor(
            "audit_parts", f"EXISTS (SELECT 1 FROM audit_leaves l WHERE {_same('audit_parts')}"
            f" AND ({_OLD}))"
        )  # fmt: skip


def downgrade() -> None:
    _set_aside()
    _create_leaves(dict.fromkeys(_BOUND, False) | dict.fromkeys(_PARTS, True))
    cut = {name: f"substr(bound, {32 * at + 1}, 32)" for at, name in enumerate(_BOUND)}
    kept = {name: name for name in (*_LEAF, *_PARTS)}
    _copy("audit_leaves", kept | cut, " LEFT JOIN audit_parts USING (council_id, seq)")
    op.drop_table("audit_parts")
    op.drop_table("audit_leaves_before")
    _index()
    if _on_postgresql():
        _lay_floor("audit_leaves", _OLD)
    op.drop_column("audit_checkpoints", "mark")


def _set_aside() -> None:
    if _on_postgresql():
        for table in ("audit_subjects", "row_digests"):
            op.execute(f"DROP POLICY {table}_prune ON {table}")
    for name in _INDEXES:
        op.drop_index(f"ix_audit_leaves_{name}", "audit_leaves")
    op.rename_table("audit_leaves", "audit_leaves_before")
    if _on_postgresql():
        op.execute("ALTER TABLE audit_leaves_before DROP CONSTRAINT pk_audit_leaves")


def _create_leaves(more: Mapping[str, bool]) -> None:
    """Create the table with more columns of bytes, each of which may be without a value or not."""
    op.create_table(
        "audit_leaves",
        sa.Column("council_id", Id(), nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        *(sa.Column(name, Blob(), nullable=False) for name in _LEAF[5:]),
        *(sa.Column(name, Blob(), nullable=absent) for name, absent in more.items()),
        sa.PrimaryKeyConstraint("council_id", "seq"),
    )


def _create_parts() -> None:
    op.create_table(
        "audit_parts",
        sa.Column("council_id", Id(), nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        *(sa.Column(name, Blob(), nullable=True) for name in _PARTS),
        sa.PrimaryKeyConstraint("council_id", "seq"),
        sqlite_with_rowid=False,
    )


def _copy(table: str, columns: Mapping[str, str], joined: str = "") -> None:
    """Fill a table: of each column, what it is in the lines as they were."""
    names, values = ", ".join(columns), ", ".join(columns.values())
    op.execute(
        f"INSERT INTO {table} ({names}) SELECT {values}"
        f" FROM audit_leaves_before{joined} ORDER BY council_id, seq"
    )


def _index() -> None:
    for name, condition in _INDEXES.items():
        where = sa.text(condition)
        columns = ["council_id", name, "seq"]
        op.create_index(f"ix_audit_leaves_{name}", "audit_leaves", columns,
                        sqlite_where=where, postgresql_where=where)  # fmt: skip


def _lay_floor(redacted: str, old: str) -> None:
    """Let the service take away what is old, and what hangs on lines that are gone."""
    for table in {"audit_leaves", redacted}:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY {table}_read ON {table} FOR SELECT USING (true)")
        op.execute(f"CREATE POLICY {table}_append ON {table} FOR INSERT WITH CHECK (true)")
    op.execute(
        f"CREATE POLICY {redacted}_redact ON {redacted} FOR UPDATE"
        f" USING ({old}) WITH CHECK ({_ERASED})"
    )
    op.execute(f"CREATE POLICY audit_leaves_prune ON audit_leaves FOR DELETE USING ({_OLD})")
    _prunable("row_digests", "audit_leaves", "")
    _prunable("audit_subjects", redacted, " AND l.what IS NOT NULL")
    if redacted != "audit_leaves":
        _prunable(redacted, "audit_leaves", "")


def _prunable(table: str, held_by: str, still: str) -> None:
    gone = f"NOT EXISTS (SELECT 1 FROM {held_by} l WHERE {_same(table)}{still})"
    op.execute(f"CREATE POLICY {table}_prune ON {table} FOR DELETE USING ({gone})")


def _same(table: str) -> str:
    return f"l.council_id = {table}.council_id AND l.seq = {table}.seq"


def _on_postgresql() -> bool:
    return op.get_context().dialect.name == "postgresql"
