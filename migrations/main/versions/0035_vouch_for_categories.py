"""Of what sort each body is, in a word of the instance: parts go to some sorts alone.

Nothing is filled in here: the upgrade vouches once for the bodies it finds, with a leaf.
"""

import sqlalchemy as sa
from alembic import op

from casework.db.types import Blob

revision = "0035"
down_revision = "0034"


def upgrade() -> None:
    op.add_column("organisations", sa.Column("category_seal", Blob(), nullable=True))


def downgrade() -> None:
    op.drop_column("organisations", "category_seal")
