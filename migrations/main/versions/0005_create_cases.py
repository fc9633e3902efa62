"""Cases, who comes near them, and drafts."""

import sqlalchemy as sa
from alembic import op

from casework.db.types import Blob, Id, UtcDateTime

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    _create_cases()
    _index_cases()
    _create_counters()
    _create_drafts()
    _index_drafts()
    _create_tallies()
    _create_admissions()
    _index_admissions()
    _create_namings()
    _index_namings()


def downgrade() -> None:
    op.drop_table("namings")
    op.drop_table("admissions")
    op.drop_table("tallies")
    op.drop_table("drafts")
    op.drop_table("counters")
    op.drop_table("cases")


def _create_cases() -> None:
    op.create_table(
        "cases",
        sa.Column("council_id", Id(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("group_id", Id(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=True),
        sa.Column("commune", sa.String(length=5), nullable=False),
        sa.Column("referrer_id", Id(), nullable=False),
        sa.Column("referrer_organisation_id", Id(), nullable=False),
        sa.Column("lead_id", Id(), nullable=True),
        sa.Column("referred_on", sa.Date(), nullable=False),
        sa.Column("followed_on", sa.Date(), nullable=True),
        sa.Column("review_by", sa.Date(), nullable=True),
        sa.Column("informed_on", sa.Date(), nullable=True),
        sa.Column("delay_reason", sa.String(length=32), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closure_reason", sa.String(length=32), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("ceiling_on", sa.Date(), nullable=False),
        sa.Column("meetings_without_decision", sa.Integer(), nullable=False),
        sa.Column("agenda_of", Id(), nullable=True),
        sa.Column("in_meeting", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["council_id", "group_id"], ["groups.council_id", "groups.id"]),
        sa.ForeignKeyConstraint(
            ["council_id", "referrer_id"], ["members.council_id", "members.id"]
        ),
        sa.PrimaryKeyConstraint("council_id", "id"),
        sa.UniqueConstraint("council_id", "reference"),
    )


def _index_cases() -> None:
    op.create_index("ix_cases_due", "cases", ["council_id", "state", "due_on"])
    op.create_index("ix_cases_group_state", "cases", ["council_id", "group_id", "state", "id"])


def _create_counters() -> None:
    op.create_table(
        "counters",
        sa.Column("council_id", Id(), nullable=False),
        sa.Column("group_id", Id(), nullable=False),
        sa.Column("series", sa.String(length=16), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["council_id", "group_id"], ["groups.council_id", "groups.id"]),
        sa.PrimaryKeyConstraint("council_id", "group_id", "series"),
    )


def _create_drafts() -> None:
    op.create_table(
        "drafts",
        sa.Column("council_id", Id(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("member_id", Id(), nullable=False),
        sa.Column("group_id", Id(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("body_sealed", Blob(), nullable=False),
        sa.Column("saved_at", UtcDateTime(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["council_id", "member_id"], ["members.council_id", "members.id"]),
        sa.PrimaryKeyConstraint("council_id", "id"),
    )


def _index_drafts() -> None:
    op.create_index("ix_drafts_member", "drafts", ["council_id", "member_id"])


def _create_tallies() -> None:
    op.create_table(
        "tallies",
        sa.Column("council_id", Id(), nullable=False),
        sa.Column("group_id", Id(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["council_id", "group_id"], ["groups.council_id", "groups.id"]),
        sa.PrimaryKeyConstraint("council_id", "group_id", "year", "outcome"),
    )


def _create_admissions() -> None:
    op.create_table(
        "admissions",
        sa.Column("council_id", Id(), nullable=False),
        sa.Column("organisation_id", Id(), nullable=False),
        sa.Column("case_id", Id(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["council_id", "case_id"], ["cases.council_id", "cases.id"]),
        sa.ForeignKeyConstraint(
            ["council_id", "organisation_id"], ["organisations.council_id", "organisations.id"]
        ),
        sa.PrimaryKeyConstraint("council_id", "organisation_id", "case_id"),
    )


def _index_admissions() -> None:
    op.create_index("ix_admissions_case", "admissions", ["council_id", "case_id"])


def _create_namings() -> None:
    op.create_table(
        "namings",
        sa.Column("council_id", Id(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("case_id", Id(), nullable=False),
        sa.Column("member_id", Id(), nullable=False),
        sa.Column("organisation_id", Id(), nullable=False),
        sa.Column("named_by", Id(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["council_id", "case_id"], ["cases.council_id", "cases.id"]),
        sa.ForeignKeyConstraint(["council_id", "member_id"], ["members.council_id", "members.id"]),
        sa.PrimaryKeyConstraint("council_id", "id"),
        sa.UniqueConstraint("council_id", "case_id", "member_id"),
    )


def _index_namings() -> None:
    op.create_index("ix_namings_member", "namings", ["council_id", "member_id", "case_id"])
