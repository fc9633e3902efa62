"""Meetings, their agendas and who was there."""

import sqlalchemy as sa
from alembic import op

from casework.db.types import Id, UtcDateTime

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    _create_meetings()
    _index_meetings()
    _create_agenda_items()
    _index_agenda_items()
    _create_attendances()


def downgrade() -> None:
    op.drop_table("attendances")
    op.drop_table("agenda_items")
    op.drop_table("meetings")


def _create_meetings() -> None:
    op.create_table(
        "meetings",
        sa.Column("council_id", Id(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("group_id", Id(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("prepared_by", Id(), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=True),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["council_id", "group_id"], ["groups.council_id", "groups.id"]),
        sa.PrimaryKeyConstraint("council_id", "id"),
    )


def _index_meetings() -> None:
    op.create_index("ix_meetings_group", "meetings", ["council_id", "group_id", "held_on"])


def _create_agenda_items() -> None:
    op.create_table(
        "agenda_items",
        sa.Column("council_id", Id(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("meeting_id", Id(), nullable=False),
        sa.Column("case_id", Id(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(
            ["council_id", "meeting_id"], ["meetings.council_id", "meetings.id"]
        ),
        sa.PrimaryKeyConstraint("council_id", "id"),
        sa.UniqueConstraint("council_id", "meeting_id", "case_id"),
    )


def _index_agenda_items() -> None:
    op.create_index(
        "ix_agenda_items_meeting", "agenda_items", ["council_id", "meeting_id", "position"]
    )


def _create_attendances() -> None:
    op.create_table(
        "attendances",
        sa.Column("council_id", Id(), nullable=False),
        sa.Column("meeting_id", Id(), nullable=False),
        sa.Column("member_id", Id(), nullable=False),
        sa.Column("present", sa.Boolean(), nullable=False),
        sa.Column("noted_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["council_id", "meeting_id"], ["meetings.council_id", "meetings.id"]
        ),
        sa.ForeignKeyConstraint(["council_id", "member_id"], ["members.council_id", "members.id"]),
        sa.PrimaryKeyConstraint("council_id", "meeting_id", "member_id"),
    )
