"""Which version of the server's part stretched each password, so that it can be rotated."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    first = sa.Column("password_key_version", sa.Integer(), nullable=False, server_default="1")
    op.add_column("accounts", first)


def downgrade() -> None:
    op.drop_column("accounts", "password_key_version")
