"""In which of two homes somebody of a household lives, sealed like their address.

Nothing is filled in: persons of earlier cases have one home, and no need of a name for it.
"""

import sqlalchemy as sa
from alembic import op

from casework.db.types import Blob

revision = "0034"
down_revision = "0032"


def upgrade() -> None:
    op.add_column("persons", sa.Column("home_sealed", Blob(), nullable=True))


def downgrade() -> None:
    op.drop_column("persons", "home_sealed")
