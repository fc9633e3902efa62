"""Who works together, and the charters they signed."""

import sqlalchemy as sa
from alembic import op

from casework.db.types import Blob, Id, UtcDateTime

revision = "0001"
down_revision = None


def upgrade() -> None:
    _create_charter_versions()
    _create_communes()
    _create_councils()
    _create_organisations()
    _create_charter_signatures()
    _create_groups()
    _create_members()
    _create_group_communes()
    _create_mandates()
    _index_mandates()
    _create_undertakings()


def downgrade() -> None:
    op.drop_table("undertakings")
    op.drop_table("mandates")
    op.drop_table("group_communes")
    op.drop_table("members")
    op.drop_table("groups")
    op.drop_table("charter_signatures")
    op.drop_table("organisations")
    op.drop_table("councils")
    op.drop_table("communes")
    op.drop_table("charter_versions")


def _create_charter_versions() -> None:
    op.create_table(
        "charter_versions",
        sa.Column("council_id", Id(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("version", sa.String(length=24), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("digest", Blob(), nullable=False),
        sa.Column("adopted_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("council_id", "id"),
    )


def _create_communes() -> None:
    op.create_table(
        "communes",
        sa.Column("council_id", Id(), nullable=False),
        sa.Column("commune", sa.String(length=5), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("council_id", "commune"),
    )


def _create_councils() -> None:
    op.create_table(
        "councils",
        sa.Column("council_id", Id(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("council_id"),
    )


def _create_organisations() -> None:
    op.create_table(
        "organisations",
        sa.Column("council_id", Id(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("category", sa.String(length=24), nullable=False),
        sa.Column("commune", sa.String(length=5), nullable=True),
        sa.PrimaryKeyConstraint("council_id", "id"),
        sa.UniqueConstraint("council_id", "name"),
    )


def _create_charter_signatures() -> None:
    op.create_table(
        "charter_signatures",
        sa.Column("council_id", Id(), nullable=False),
        sa.Column("charter_id", Id(), nullable=False),
        sa.Column("organisation_id", Id(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["council_id", "charter_id"], ["charter_versions.council_id", "charter_versions.id"]
        ),
        sa.ForeignKeyConstraint(
            ["council_id", "organisation_id"], ["organisations.council_id", "organisations.id"]
        ),
        sa.PrimaryKeyConstraint("council_id", "charter_id", "organisation_id"),
    )


def _create_groups() -> None:
    op.create_table(
        "groups",
        sa.Column("council_id", Id(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("prefix", sa.String(length=6), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("coordinating_id", Id(), nullable=False),
        sa.Column("charter_id", Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["council_id", "charter_id"], ["charter_versions.council_id", "charter_versions.id"]
        ),
        sa.ForeignKeyConstraint(
            ["council_id", "coordinating_id"], ["organisations.council_id", "organisations.id"]
        ),
        sa.PrimaryKeyConstraint("council_id", "id"),
        sa.UniqueConstraint("council_id", "prefix"),
    )


def _create_members() -> None:
    op.create_table(
        "members",
        sa.Column("council_id", Id(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("organisation_id", Id(), nullable=False),
        sa.Column("civility", sa.String(length=8), nullable=False),
        sa.Column("given_name", sa.String(length=60), nullable=False),
        sa.Column("family_name", sa.String(length=60), nullable=False),
        sa.Column("locked", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["council_id", "organisation_id"], ["organisations.council_id", "organisations.id"]
        ),
        sa.PrimaryKeyConstraint("council_id", "id"),
    )


def _create_group_communes() -> None:
    op.create_table(
        "group_communes",
        sa.Column("council_id", Id(), nullable=False),
        sa.Column("group_id", Id(), nullable=False),
        sa.Column("commune", sa.String(length=5), nullable=False),
        sa.ForeignKeyConstraint(["council_id", "group_id"], ["groups.council_id", "groups.id"]),
        sa.PrimaryKeyConstraint("council_id", "group_id", "commune"),
    )


def _create_mandates() -> None:
    op.create_table(
        "mandates",
        sa.Column("council_id", Id(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("member_id", Id(), nullable=False),
        sa.Column("group_id", Id(), nullable=True),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["council_id", "group_id"], ["groups.council_id", "groups.id"]),
        sa.ForeignKeyConstraint(["council_id", "member_id"], ["members.council_id", "members.id"]),
        sa.PrimaryKeyConstraint("council_id", "id"),
    )


def _index_mandates() -> None:
    op.create_index("ix_mandates_member", "mandates", ["council_id", "member_id"])


def _create_undertakings() -> None:
    op.create_table(
        "undertakings",
        sa.Column("council_id", Id(), nullable=False),
        sa.Column("charter_id", Id(), nullable=False),
        sa.Column("member_id", Id(), nullable=False),
        sa.Column("signed_at", UtcDateTime(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["council_id", "charter_id"], ["charter_versions.council_id", "charter_versions.id"]
        ),
        sa.ForeignKeyConstraint(["council_id", "member_id"], ["members.council_id", "members.id"]),
        sa.PrimaryKeyConstraint("council_id", "charter_id", "member_id"),
    )
