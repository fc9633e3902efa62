"""Keys: wrapped, signed, pinned and delivered."""

import sqlalchemy as sa
from alembic import op

from casework.db.types import Blob, Id, UtcDateTime

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    _create_compartments()
    _index_compartments()
    _create_instance_secrets()
    _create_grants()
    _create_organisation_keys()
    _create_organisation_seals()
    _create_rings()
    _create_member_seals()


def downgrade() -> None:
    op.drop_table("member_seals")
    op.drop_table("rings")
    op.drop_table("organisation_seals")
    op.drop_table("organisation_keys")
    op.drop_table("grants")
    op.drop_table("instance_secrets")
    op.drop_table("compartments")


def _create_compartments() -> None:
    op.create_table(
        "compartments",
        sa.Column("council_id", Id(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("case_id", Id(), nullable=False),
        sa.Column("compartment_class", sa.String(length=24), nullable=False),
        sa.Column("person_id", Id(), nullable=True),
        sa.Column("organisation_id", Id(), nullable=True),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("commitment", Blob(), nullable=False),
        sa.Column("erasing_since", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("council_id", "id"),
    )


def _index_compartments() -> None:
    op.create_index("ix_compartments_case_id", "compartments", ["council_id", "case_id"])


def _create_instance_secrets() -> None:
    op.create_table(
        "instance_secrets",
        sa.Column("council_id", Id(), nullable=False),
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("wrapped", Blob(), nullable=False),
        sa.PrimaryKeyConstraint("council_id", "name"),
    )


def _create_grants() -> None:
    op.create_table(
        "grants",
        sa.Column("council_id", Id(), nullable=False),
        sa.Column("organisation_id", Id(), nullable=False),
        sa.Column("compartment_id", Id(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("wrapped", Blob(), nullable=False),
        sa.Column("granter_id", Id(), nullable=False),
        sa.Column("granter_version", sa.Integer(), nullable=False),
        sa.Column("signature", Blob(), nullable=False),
        sa.Column("granted_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["council_id", "compartment_id"], ["compartments.council_id", "compartments.id"]
        ),
        sa.PrimaryKeyConstraint("council_id", "organisation_id", "compartment_id", "epoch"),
    )


def _create_organisation_keys() -> None:
    op.create_table(
        "organisation_keys",
        sa.Column("council_id", Id(), nullable=False),
        sa.Column("organisation_id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("agreement_public", Blob(), nullable=False),
        sa.Column("signing_public", Blob(), nullable=False),
        sa.Column("kid", Blob(), nullable=False),
        sa.Column("registrar_signature", Blob(), nullable=False),
        sa.Column("valid_from", UtcDateTime(), nullable=False),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["council_id", "organisation_id"], ["organisations.council_id", "organisations.id"]
        ),
        sa.PrimaryKeyConstraint("council_id", "organisation_id", "version"),
    )


def _create_organisation_seals() -> None:
    op.create_table(
        "organisation_seals",
        sa.Column("council_id", Id(), nullable=False),
        sa.Column("organisation_id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("holder", sa.String(length=40), nullable=False),
        sa.Column("sealed", Blob(), nullable=False),
        sa.ForeignKeyConstraint(
            ["council_id", "organisation_id"], ["organisations.council_id", "organisations.id"]
        ),
        sa.PrimaryKeyConstraint("council_id", "organisation_id", "version", "holder"),
    )


def _create_rings() -> None:
    op.create_table(
        "rings",
        sa.Column("council_id", Id(), nullable=False),
        sa.Column("organisation_id", Id(), nullable=False),
        sa.Column("compartment_id", Id(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("entry", Blob(), nullable=False),
        sa.ForeignKeyConstraint(
            ["council_id", "compartment_id"], ["compartments.council_id", "compartments.id"]
        ),
        sa.PrimaryKeyConstraint("council_id", "organisation_id", "compartment_id", "epoch"),
    )


def _create_member_seals() -> None:
    op.create_table(
        "member_seals",
        sa.Column("council_id", Id(), nullable=False),
        sa.Column("member_id", Id(), nullable=False),
        sa.Column("method", sa.Integer(), nullable=False),
        sa.Column("sealed", Blob(), nullable=False),
        sa.ForeignKeyConstraint(["council_id", "member_id"], ["members.council_id", "members.id"]),
        sa.PrimaryKeyConstraint("council_id", "member_id", "method"),
    )
