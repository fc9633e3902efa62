"""How members prove who they are."""

import sqlalchemy as sa
from alembic import op

from casework.db.types import Blob, Id, UtcDateTime

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    _create_throttles()
    _create_accounts()
    _create_api_tokens()
    _create_web_sessions()
    _index_web_sessions()


def downgrade() -> None:
    op.drop_table("web_sessions")
    op.drop_table("api_tokens")
    op.drop_table("accounts")
    op.drop_table("throttles")


def _create_throttles() -> None:
    op.create_table(
        "throttles",
        sa.Column("council_id", Id(), nullable=False),
        sa.Column("bucket", Blob(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_at", UtcDateTime(), nullable=False),
        sa.Column("told", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("council_id", "bucket"),
    )


def _create_accounts() -> None:
    op.create_table(
        "accounts",
        sa.Column("council_id", Id(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("member_id", Id(), nullable=False),
        sa.Column("login", sa.String(length=60), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("salt", Blob(), nullable=True),
        sa.Column("verifier", Blob(), nullable=True),
        sa.Column("memory_kib", sa.Integer(), nullable=True),
        sa.Column("passes", sa.Integer(), nullable=True),
        sa.Column("lanes", sa.Integer(), nullable=True),
        sa.Column("totp_sealed", Blob(), nullable=True),
        sa.Column("totp_step", sa.BigInteger(), nullable=False),
        sa.Column("activation_digest", Blob(), nullable=True),
        sa.Column("activation_until", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["council_id", "member_id"], ["members.council_id", "members.id"]),
        sa.PrimaryKeyConstraint("council_id", "id"),
        sa.UniqueConstraint("council_id", "login"),
        sa.UniqueConstraint("council_id", "member_id"),
    )


def _create_api_tokens() -> None:
    op.create_table(
        "api_tokens",
        sa.Column("council_id", Id(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("member_id", Id(), nullable=False),
        sa.Column("digest", Blob(), nullable=False),
        sa.Column("seal", Blob(), nullable=False),
        sa.Column("label", sa.String(length=60), nullable=False),
        sa.Column("scopes", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("used_at", UtcDateTime(), nullable=True),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["council_id", "member_id"], ["members.council_id", "members.id"]),
        sa.PrimaryKeyConstraint("council_id", "id"),
        sa.UniqueConstraint("council_id", "digest"),
    )


def _create_web_sessions() -> None:
    op.create_table(
        "web_sessions",
        sa.Column("council_id", Id(), nullable=False),
        sa.Column("key", Blob(), nullable=False),
        sa.Column("account_id", Id(), nullable=False),
        sa.Column("member_id", Id(), nullable=False),
        sa.Column("stage", sa.String(length=8), nullable=False),
        sa.Column("reason", sa.String(length=16), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
        sa.Column("verified_at", UtcDateTime(), nullable=True),
        sa.Column("seed_sealed", Blob(), nullable=True),
        sa.Column("seal", Blob(), nullable=False),
        sa.ForeignKeyConstraint(
            ["council_id", "account_id"], ["accounts.council_id", "accounts.id"]
        ),
        sa.PrimaryKeyConstraint("council_id", "key"),
    )


def _index_web_sessions() -> None:
    op.create_index("ix_web_sessions_member", "web_sessions", ["council_id", "member_id"])
