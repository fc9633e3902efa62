"""What is written on a case."""

import sqlalchemy as sa
from alembic import op

from casework.db.types import Blob, Id, UtcDateTime

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    _create_actions()
    _index_actions()
    _create_contributions()
    _index_contributions()
    _create_decisions()
    _index_decisions()
    _create_persons()
    _index_persons()
    _create_referrals()


def downgrade() -> None:
    op.drop_table("referrals")
    op.drop_table("persons")
    op.drop_table("decisions")
    op.drop_table("contributions")
    op.drop_table("actions")


def _create_actions() -> None:
    op.create_table(
        "actions",
        sa.Column("council_id", Id(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("case_id", Id(), nullable=False),
        sa.Column("compartment_id", Id(), nullable=False),
        sa.Column("kind_sealed", Blob(), nullable=False),
        sa.Column("detail_sealed", Blob(), nullable=True),
        sa.Column("outcome_sealed", Blob(), nullable=True),
        sa.Column("lead_id", Id(), nullable=False),
        sa.Column("organisation_id", Id(), nullable=False),
        sa.Column("opened_by", Id(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("reported_at", UtcDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["council_id", "case_id"], ["cases.council_id", "cases.id"]),
        sa.ForeignKeyConstraint(["council_id", "lead_id"], ["members.council_id", "members.id"]),
        sa.PrimaryKeyConstraint("council_id", "id"),
    )


def _index_actions() -> None:
    op.create_index("ix_actions_case", "actions", ["council_id", "case_id"])
    op.create_index("ix_actions_lead", "actions", ["council_id", "lead_id", "state", "due_on"])


def _create_contributions() -> None:
    op.create_table(
        "contributions",
        sa.Column("council_id", Id(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("case_id", Id(), nullable=False),
        sa.Column("compartment_id", Id(), nullable=False),
        sa.Column("author_id", Id(), nullable=False),
        sa.Column("organisation_id", Id(), nullable=False),
        sa.Column("written_at", UtcDateTime(), nullable=False),
        sa.Column("text_sealed", Blob(), nullable=False),
        sa.ForeignKeyConstraint(["council_id", "author_id"], ["members.council_id", "members.id"]),
        sa.ForeignKeyConstraint(["council_id", "case_id"], ["cases.council_id", "cases.id"]),
        sa.PrimaryKeyConstraint("council_id", "id"),
    )


def _index_contributions() -> None:
    op.create_index(
        "ix_contributions_case", "contributions", ["council_id", "case_id", "written_at"]
    )


def _create_decisions() -> None:
    op.create_table(
        "decisions",
        sa.Column("council_id", Id(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("case_id", Id(), nullable=False),
        sa.Column("group_id", Id(), nullable=False),
        sa.Column("meeting_id", Id(), nullable=False),
        sa.Column("compartment_id", Id(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("code_sealed", Blob(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["council_id", "case_id"], ["cases.council_id", "cases.id"]),
        sa.ForeignKeyConstraint(
            ["council_id", "meeting_id"], ["meetings.council_id", "meetings.id"]
        ),
        sa.PrimaryKeyConstraint("council_id", "id"),
        sa.UniqueConstraint("council_id", "group_id", "number"),
        sa.UniqueConstraint("council_id", "meeting_id", "case_id"),
    )


def _index_decisions() -> None:
    op.create_index("ix_decisions_case", "decisions", ["council_id", "case_id", "made_at"])


def _create_persons() -> None:
    op.create_table(
        "persons",
        sa.Column("council_id", Id(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("case_id", Id(), nullable=False),
        sa.Column("compartment_id", Id(), nullable=False),
        sa.Column("relation", sa.String(length=24), nullable=False),
        sa.Column("family_name_sealed", Blob(), nullable=True),
        sa.Column("given_name_sealed", Blob(), nullable=True),
        sa.Column("birth_date_sealed", Blob(), nullable=True),
        sa.Column("address_sealed", Blob(), nullable=True),
        sa.Column("phone_sealed", Blob(), nullable=True),
        sa.Column("school_sealed", Blob(), nullable=True),
        sa.ForeignKeyConstraint(["council_id", "case_id"], ["cases.council_id", "cases.id"]),
        sa.PrimaryKeyConstraint("council_id", "id"),
    )


def _index_persons() -> None:
    op.create_index("ix_persons_case", "persons", ["council_id", "case_id"])


def _create_referrals() -> None:
    op.create_table(
        "referrals",
        sa.Column("council_id", Id(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("case_id", Id(), nullable=False),
        sa.Column("sheet_id", Id(), nullable=False),
        sa.Column("origin_id", Id(), nullable=False),
        sa.Column("sent_at", UtcDateTime(), nullable=False),
        sa.Column("reason_sealed", Blob(), nullable=False),
        sa.Column("fact_sealed", Blob(), nullable=False),
        sa.Column("fact_on_sealed", Blob(), nullable=True),
        sa.Column("origin_sealed", Blob(), nullable=False),
        sa.Column("reporter_sealed", Blob(), nullable=True),
        sa.Column("words_sealed", Blob(), nullable=True),
        sa.Column("question_sealed", Blob(), nullable=True),
        sa.Column("answer_sealed", Blob(), nullable=True),
        sa.ForeignKeyConstraint(["council_id", "case_id"], ["cases.council_id", "cases.id"]),
        sa.PrimaryKeyConstraint("council_id", "id"),
        sa.UniqueConstraint("council_id", "case_id"),
    )
