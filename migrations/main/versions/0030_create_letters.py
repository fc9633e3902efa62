"""Letters of cases, sealed; how each group heads its letters, and the templates it brought.

On PostgreSQL a letter is found with its case, lent ones too, and stored by who is admitted to it.
"""

from typing import Final

import sqlalchemy as sa
from alembic import op

from casework.db.types import Blob, Id

revision = "0030"
down_revision = "0028"

_COUNCIL: Final = "(SELECT nullif(current_setting('casework.council', true), '')::uuid)"
_ORGANISATION: Final = "(SELECT nullif(current_setting('casework.organisation', true), '')::uuid)"
_WHOLE: Final = "(SELECT current_setting('casework.reach', true) = 'whole')"


def upgrade() -> None:
    _create_letters()
    _create_letterheads()
    _create_templates()
    if op.get_context().dialect.name == "postgresql":
        op.execute("ALTER TABLE letters ENABLE ROW LEVEL SECURITY")
        op.execute("ALTER TABLE letters FORCE ROW LEVEL SECURITY")
        found = f"{_ADMITTED} OR {_LENT}"
        op.execute(
            "CREATE POLICY letters_within_reach ON letters"
            f" USING ({_within(found)}) WITH CHECK ({_within(_ADMITTED)})"
        )


def downgrade() -> None:
    for table in ("letter_templates", "letterheads", "letters"):
        op.drop_table(table)


def _create_letters() -> None:
    op.create_table(
        "letters",
        sa.Column("council_id", Id(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("case_id", Id(), nullable=False),
        sa.Column("group_id", Id(), nullable=False),
        sa.Column("compartment_id", Id(), nullable=False),
        sa.Column("once", Id(), nullable=False),
        sa.Column("reference", sa.String(24), nullable=False),
        sa.Column("format", sa.String(8), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("issued_by", Id(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("state_on", sa.Date(), nullable=False),
        sa.Column("kind_sealed", Blob(), nullable=False),
        sa.Column("fields_sealed", Blob(), nullable=False),
        sa.Column("file_sealed", Blob(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        _reference("case_id", "cases"),
        _reference("group_id", "groups"),
        sa.PrimaryKeyConstraint("council_id", "id"),
        sa.UniqueConstraint("council_id", "reference"),
        sa.UniqueConstraint("council_id", "case_id", "once"),
    )
    op.create_index("ix_letters_case", "letters", ["council_id", "case_id"])
    places = ["council_id", "group_id", "state", "id"]
    op.create_index("ix_letters_group_state", "letters", places)


def _create_letterheads() -> None:
    op.create_table(
        "letterheads",
        sa.Column("council_id", Id(), nullable=False),
        sa.Column("group_id", Id(), nullable=False),
        sa.Column("sender", sa.String(400), nullable=False),
        sa.Column("place", sa.String(160), nullable=False),
        sa.Column("signatory", sa.String(160), nullable=False),
        sa.Column("contact", sa.String(240), nullable=False),
        sa.Column("officer", sa.String(240), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        _reference("group_id", "groups"),
        sa.PrimaryKeyConstraint("council_id", "group_id"),
    )


def _create_templates() -> None:
    op.create_table(
        "letter_templates",
        sa.Column("council_id", Id(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("group_id", Id(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("format", sa.String(8), nullable=False),
        sa.Column("used", sa.String(400), nullable=False),
        sa.Column("content", Blob(), nullable=False),
        sa.Column("kept_by", Id(), nullable=False),
        sa.Column("kept_on", sa.Date(), nullable=False),
        _reference("group_id", "groups"),
        _reference("kept_by", "members"),
        sa.PrimaryKeyConstraint("council_id", "id"),
        sa.UniqueConstraint("council_id", "group_id", "kind", "format"),
    )


def _reference(column: str, table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["council_id", column], [f"{table}.council_id", f"{table}.id"])


def _within(condition: str) -> str:
    return f"council_id = {_COUNCIL} AND ({_WHOLE} OR {condition})"


_ADMITTED: Final = (
    "EXISTS (SELECT 1 FROM admissions a WHERE a.council_id = letters.council_id"
    f" AND a.organisation_id = {_ORGANISATION} AND a.case_id = letters.case_id"
    " AND a.until_on IS NULL)"
)
_LENT: Final = (
    "EXISTS (SELECT 1 FROM exceptional_accesses e WHERE e.council_id = letters.council_id"
    f" AND e.organisation_id = {_ORGANISATION} AND e.case_id = letters.case_id"
    " AND e.granter_id IS NOT NULL AND e.ended_at IS NULL)"
)
