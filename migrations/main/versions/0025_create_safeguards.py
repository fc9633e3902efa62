"""Personal links, cases that open with two people, the reason typed for a closed case.

On PostgreSQL an exclusion is found by everybody of the council: one that a policy hid would keep
nobody away. It holds ids alone.
"""

from typing import Final

import sqlalchemy as sa
from alembic import op

from casework.db.types import Id, UtcDateTime

revision = "0025"
down_revision = "0022"

_COUNCIL: Final = "(SELECT nullif(current_setting('casework.council', true), '')::uuid)"
_ORGANISATION: Final = "(SELECT nullif(current_setting('casework.organisation', true), '')::uuid)"
_WHOLE: Final = "(SELECT current_setting('casework.reach', true) = 'whole')"
_OWN: Final = f"organisation_id = {_ORGANISATION}"
_TABLES: Final = ("exclusions", "openings", "case_reasons")


def upgrade() -> None:
    op.add_column(
        "cases", sa.Column("protected", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    _create("exclusions", ("holder_id", "case_id"), *_exclusion())
    _create("openings", ("member_id", "case_id"), *_opening())
    _create("case_reasons", ("member_id", "session"), *_reason())
    for table in ("exclusions", "openings"):
        op.create_index(f"ix_{table}_case", table, ["council_id", "case_id"])
    if op.get_context().dialect.name == "postgresql":
        # Lifted with the officer, who is admitted to no case.
        _protect("exclusions", "true", "true")
        _protect("openings", f"{_OWN} OR {_admitted('openings')}", _stored("openings"))
        _protect("case_reasons", _OWN, _stored("case_reasons"))


def downgrade() -> None:
    for table in _TABLES:
        op.drop_table(table)
    op.drop_column("cases", "protected")


def _exclusion() -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("holder_id", Id(), nullable=False),
        sa.Column("case_id", Id(), nullable=False),
        sa.Column("organisation_id", Id(), nullable=False),
        sa.Column("declared", sa.Boolean(), nullable=False),
        sa.Column("set_by", Id(), nullable=False),
        sa.Column("set_at", UtcDateTime(), nullable=False),
        sa.Column("lift_asked_by", Id(), nullable=True),
        sa.Column("lift_asked_at", UtcDateTime(), nullable=True),
        _reference("organisation_id", "organisations"),
    ]


def _opening() -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("member_id", Id(), nullable=False),
        sa.Column("case_id", Id(), nullable=False),
        sa.Column("organisation_id", Id(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("second_id", Id(), nullable=True),
        sa.Column("meeting_id", Id(), nullable=True),
        sa.Column("until", UtcDateTime(), nullable=True),
        _reference("member_id", "members"),
    ]


def _reason() -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("member_id", Id(), nullable=False),
        sa.Column("session", sa.String(64), nullable=False),
        sa.Column("organisation_id", Id(), nullable=False),
        sa.Column("case_id", Id(), nullable=False),
        sa.Column("words_id", Id(), nullable=False),
        sa.Column("stated_at", UtcDateTime(), nullable=False),
        _reference("member_id", "members"),
    ]


def _create(table: str, key: tuple[str, str], *items: sa.schema.SchemaItem) -> None:
    op.create_table(
        table,
        sa.Column("council_id", Id(), nullable=False),
        *items,
        _reference("case_id", "cases"),
        sa.PrimaryKeyConstraint("council_id", *key),
    )


def _reference(column: str, table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["council_id", column], [f"{table}.council_id", f"{table}.id"])


def _protect(table: str, found: str, stored: str) -> None:
    """Let rows be found when `found`, and stored when `stored`."""
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.execute(
        f"CREATE POLICY {table}_within_reach ON {table}"
        f" USING ({_within(found)}) WITH CHECK ({_within(stored)})"
    )


def _within(condition: str) -> str:
    return f"council_id = {_COUNCIL} AND ({_WHOLE} OR {condition})"


def _stored(table: str) -> str:
    """Return that a row stands under a case that may itself be found."""
    return (
        f"EXISTS (SELECT 1 FROM cases held WHERE held.council_id = {table}.council_id"
        f" AND held.id = {table}.case_id)"
    )


def _admitted(table: str) -> str:
    return (
        f"EXISTS (SELECT 1 FROM admissions a WHERE a.council_id = {table}.council_id"
        f" AND a.organisation_id = {_ORGANISATION} AND a.case_id = {table}.case_id"
        " AND a.until_on IS NULL)"
    )
