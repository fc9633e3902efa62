"""A further wall on PostgreSQL: an organisation finds the cases it is admitted to, and no others.

`casework.council`, `casework.organisation` and `casework.reach` are set for each transaction by
`casework.db.engine`; unset, they open nothing. The charter decides finer, and before.
"""

from typing import Final

from alembic import op

revision = "0010"
down_revision = "0009"

# In a scalar subselect a setting is read once for a statement, not once for a row.
_COUNCIL: Final = "(SELECT nullif(current_setting('casework.council', true), '')::uuid)"
_ORGANISATION: Final = "(SELECT nullif(current_setting('casework.organisation', true), '')::uuid)"
_WHOLE: Final = "(SELECT current_setting('casework.reach', true) = 'whole')"

_OF_CASES: Final = ("actions", "compartments", "contributions", "decisions", "namings", "persons",
                    "referrals")  # fmt: skip
_OF_COMPARTMENTS: Final = ("grants", "rings")

# A policy may not lead back to its own table; a function may, and rests on the policy of cases.
_FUNCTION: Final = """
CREATE FUNCTION casework_reaches(council uuid, own_case uuid) RETURNS boolean
LANGUAGE sql STABLE
RETURN EXISTS (SELECT 1 FROM cases c WHERE c.council_id = council AND c.id = own_case)
"""
_REACHED: Final = "casework_reaches(council_id, case_id)"


def upgrade() -> None:
    if not _on_postgresql():
        return
    op.execute(_FUNCTION)
    # Its own admissions come first: the policy of cases looks for those alone.
    own = f"organisation_id = {_ORGANISATION}"
    _protect("admissions", f"{own} OR {_REACHED}", _REACHED)
    # The referrer's own, too: the case must be seen for its first admissions to be written.
    own = f"referrer_organisation_id = {_ORGANISATION}"
    _protect("cases", f"{own} OR {_admitted('cases', 'id')}")
    for table in _OF_CASES:
        # Written under a case one sees: the first rows come before, or with, its admissions.
        written = _visible("cases", "id", f"{table}.case_id")
        _protect(table, _admitted(table, "case_id"), written)
    _protect("agenda_items", _visible("cases", "id", "agenda_items.case_id"))
    for table in _OF_COMPARTMENTS:
        _protect(table, _visible("compartments", "id", f"{table}.compartment_id"))


def downgrade() -> None:
    if not _on_postgresql():
        return
    for table in ("admissions", "agenda_items", "cases", *_OF_CASES, *_OF_COMPARTMENTS):
        op.execute(f"DROP POLICY {table}_within_reach ON {table}")
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
    op.execute("DROP FUNCTION casework_reaches(uuid, uuid)")


def _on_postgresql() -> bool:
    return op.get_context().dialect.name == "postgresql"


def _protect(table: str, found: str, written: str | None = None) -> None:
    """Let rows be found when `found`, and stored when `written` (or the same)."""
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.execute(
        f"CREATE POLICY {table}_within_reach ON {table}"
        f" USING ({_within(found)}) WITH CHECK ({_within(written or found)})"
    )


def _within(condition: str) -> str:
    return f"council_id = {_COUNCIL} AND ({_WHOLE} OR {condition})"


def _admitted(table: str, case: str) -> str:
    return (
        f"EXISTS (SELECT 1 FROM admissions a WHERE a.council_id = {table}.council_id"
        f" AND a.organisation_id = {_ORGANISATION} AND a.case_id = {table}.{case})"
    )


def _visible(table: str, key: str, column: str) -> str:
    """Return that a row stands under one that may itself be found."""
    own = column.partition(".")[0]
    return (
        f"EXISTS (SELECT 1 FROM {table} held WHERE held.council_id = {own}.council_id"
        f" AND held.{key} = {column})"
    )
