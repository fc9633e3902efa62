"""Runs the migrations of the key store, on the connection that `casework db upgrade` lends.

Constraints take their names from the convention of `casework.db.model`.
"""

from alembic import context

from casework.tables import KEYSTORE

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=KEYSTORE,
)
with context.begin_transaction():
    context.run_migrations()
