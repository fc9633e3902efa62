"""Who asked whether a person is already followed, and when; what was found is sealed.

On PostgreSQL a body finds its own questions; what concerns its cases is read for it by the service.
"""

from typing import Final

import sqlalchemy as sa
from alembic import op

from casework.db.types import Blob, Id, UtcDateTime

revision = "0026"
down_revision = "0025"

_COUNCIL: Final = "(SELECT nullif(current_setting('casework.council', true), '')::uuid)"
_ORGANISATION: Final = "(SELECT nullif(current_setting('casework.organisation', true), '')::uuid)"
_WHOLE: Final = "(SELECT current_setting('casework.reach', true) = 'whole')"
_WITHIN: Final = f"council_id = {_COUNCIL} AND ({_WHOLE} OR organisation_id = {_ORGANISATION})"


def upgrade() -> None:
    op.create_table(
        "presence_questions",
        sa.Column("council_id", Id(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("member_id", Id(), nullable=False),
        sa.Column("organisation_id", Id(), nullable=False),
        sa.Column("group_id", Id(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("answer_sealed", Blob(), nullable=False),
        *(_reference(column, table) for column, table in _REFERENCES.items()),
        sa.PrimaryKeyConstraint("council_id", "id"),
    )
    for name, columns in (("member", ["member_id", "asked_at"]), ("asked_at", ["asked_at"])):
        op.create_index(
            f"ix_presence_questions_{name}", "presence_questions", ["council_id", *columns]
        )
    if op.get_context().dialect.name == "postgresql":
        _protect()


def downgrade() -> None:
    op.drop_table("presence_questions")


_REFERENCES: Final = {
    "member_id": "members",
    "organisation_id": "organisations",
    "group_id": "groups",
}


def _reference(column: str, table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["council_id", column], [f"{table}.council_id", f"{table}.id"])


def _protect() -> None:
    op.execute("ALTER TABLE presence_questions ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE presence_questions FORCE ROW LEVEL SECURITY")
    op.execute(
        "CREATE POLICY presence_questions_within_reach ON presence_questions"
        f" USING ({_WITHIN}) WITH CHECK ({_WITHIN})"
    )
